"""Who vouches for a piece and until when, what waits for one's own word, and messages to oneself."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of, person_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.models import Notice, Person, Team
from enablement.trust.facts import Trust, trust_of
from enablement.trust.notices import read_all, read_notice
from enablement.trust.owners import editors
from enablement.trust.pieces import title_of
from enablement.trust.queue import queue_of
from enablement.trust.states import TrustState
from enablement.trust.verifying import MayNotVerify, assign_owner, verify
from enablement.views.pieces import visible_piece

NOT_YOURS = OpenApiResponse(description="Somebody else answers for the piece.")


class OwnSerializer(InputSerializer):
    """Who answers for a piece: a `person` by user name or a `team`, or neither; asked again after so long."""

    person = StringField(max_length=150, required=False)
    team = SentSlugField(max_length=80, required=False)
    interval_days = serializers.IntegerField(min_value=1, max_value=3650)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "person" in attrs and "team" in attrs:
            raise ValidationError({"team": ["A person or a team answers for it, and not both."]})
        return attrs


class TrustSerializer(serializers.Serializer[Any]):
    """How far a piece can be trusted. `owner` and `verified_by` are names for people; mostly there."""

    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in TrustState])
    owner = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True)
    verified_by = serializers.CharField()
    verified_at = serializers.DateTimeField(allow_null=True)
    interval_days = serializers.IntegerField()


class WaitingPieceSerializer(serializers.Serializer[Any]):
    """A piece that waits for your word."""

    kind = serializers.CharField(source="piece.kind")
    slug = serializers.CharField(source="piece.slug")
    title = serializers.SerializerMethodField()
    url = serializers.CharField(source="piece.get_absolute_url")
    trust = TrustSerializer()

    def get_title(self, row: Any) -> str:
        return title_of(row.piece)


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """A message to you; `url` is the path of what it is about."""

    class Meta:
        model = Notice
        fields = ["id", "kind", "title", "text", "url", "made_at", "read_at"]


class ReadSerializer(serializers.Serializer[Any]):
    """How many messages were new."""

    read = serializers.IntegerField()


@extend_schema(operation_id="piece_trust", responses=TrustSerializer)
@api_view(["GET"])
def piece_trust(request: Request, kind: str, slug: str) -> Response:
    """Who vouches for a piece, and until when."""
    visible_piece(person_of(request), kind, slug)
    return _trust(kind, slug)


@extend_schema(
    operation_id="piece_verify",
    parameters=[PARAMETER],
    request=None,
    responses={200: TrustSerializer, 409: NOT_YOURS},
)
@api_view(["POST"])
@idempotent
def piece_verify(request: Request, kind: str, slug: str) -> Response:
    """As its owner, say that a piece is true for another interval."""
    person = person_of(request)
    visible_piece(person, kind, slug)
    try:
        verify(kind, slug, person)
    except MayNotVerify as problem:
        raise Conflict(str(problem)) from None
    return _trust(kind, slug)


@extend_schema(
    operation_id="piece_own", parameters=[PARAMETER], request=OwnSerializer, responses=TrustSerializer
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def piece_own(request: Request, kind: str, slug: str) -> Response:
    """For editors: make a person or a team answer for a piece, or nobody."""
    editor = editor_of(request)
    visible_piece(editor, kind, slug)
    sent = read_sent(OwnSerializer, request.data)
    team = get_object_or_404(Team, slug=sent["team"]) if "team" in sent else None
    person = may_own(editor, sent["person"]) if "person" in sent else None
    assign_owner(kind, slug, editor, person=person, team=team, interval_days=sent["interval_days"])
    return _trust(kind, slug)


@extend_schema(
    operation_id="verify_queue",
    parameters=PARAMETERS,
    responses=page_of("WaitingPiecePage", WaitingPieceSerializer(many=True)),
)
@api_view(["GET"])
def verify_queue(request: Request) -> Response:
    """What waits for your own word, the most used first."""
    return paged(request, queue_of(person_of(request)), WaitingPieceSerializer)


@extend_schema(
    operation_id="notices_list",
    parameters=PARAMETERS,
    responses=page_of("NoticePage", NoticeSerializer(many=True)),
)
@api_view(["GET"])
def notices(request: Request) -> Response:
    """Messages to you, newest first."""
    found = Notice.objects.visible_to(person_of(request)).order_by("-made_at", "-pk")
    return paged(request, found, NoticeSerializer)


@extend_schema(operation_id="notices_read", parameters=[PARAMETER], request=None, responses=ReadSerializer)
@api_view(["POST"])
@idempotent
def notices_read(request: Request) -> Response:
    """Mark all messages to you as read."""
    return Response({"read": read_all(person_of(request))})


@extend_schema(operation_id="notice_read", parameters=[PARAMETER], request=None, responses=NoticeSerializer)
@api_view(["POST"])
@idempotent
def notice_read(request: Request, pk: int) -> Response:
    """Mark one message as read; the first time counts."""
    own = Notice.objects.visible_to(person_of(request))
    read_notice(get_object_or_404(own, pk=pk))
    return Response(NoticeSerializer(own.get(pk=pk)).data)


def may_own(editor: Person, username: str) -> Person:
    """Whoever the page offers as well: an editor, or somebody whom the caller may see.

    Raises ValidationError.
    """
    known = {one.username: one for one in editors()}
    known |= {one.username: one for one in Person.objects.visible_to(editor).filter(is_active=True)}
    if username not in known:
        raise ValidationError({"person": ["There is nobody by that user name whom you may choose."]})
    return known[username]


def _trust(kind: str, slug: str) -> Response:
    found: Trust = trust_of([(kind, slug)])[kind, slug]
    return Response(TrustSerializer(found).data)
