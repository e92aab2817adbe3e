"""The health of the knowledge base, for editors: what is due, expired, unowned, never read, asked for."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.draft_shapes import KIND_CHOICES
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.filters import OfLessonSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.api.trust import WaitingPieceSerializer, may_own
from enablement.models import Team
from enablement.trust.health import health_of, questions_asked
from enablement.trust.pieces import UnknownPiece
from enablement.trust.states import TrustState
from enablement.trust.verifying import assign_many

MOST_AT_ONCE: Final = 500


class HealthFilterSerializer(OfLessonSerializer):
    """Narrows the pieces. With `never_read`, to those that nobody used in 90 days."""

    trust = serializers.ChoiceField(choices=[state.value for state in TrustState], required=False)
    never_read = serializers.ChoiceField(choices=[("true", "true")], required=False)


class HealthRowSerializer(WaitingPieceSerializer):
    """A piece, who vouches for it, and how often it was used in the last 90 days."""

    use = serializers.IntegerField()


class AskedForSerializer(serializers.Serializer[Any]):
    """A question that could not be answered."""

    question = serializers.CharField()
    times = serializers.IntegerField()
    last = serializers.DateTimeField()


class HealthSerializer(serializers.Serializer[Any]):
    """In per cent, or null where there is nothing to count.

    `trusted` is how much of what is used somebody vouches for, `verified_share` how many of the pieces.
    """

    trusted = serializers.IntegerField(allow_null=True)
    verified_share = serializers.IntegerField(allow_null=True)
    pieces = serializers.DictField(child=serializers.IntegerField(), help_text="How many, by their trust.")
    never_read = serializers.IntegerField()
    asked_for = AskedForSerializer(many=True)


class NamedPieceSerializer(InputSerializer):
    """A piece."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    slug = SentSlugField(max_length=80)


class AssignPiecesSerializer(InputSerializer):
    """Who answers for which pieces: a `person` by user name, or a `team`."""

    pieces = serializers.ListField(child=NamedPieceSerializer(), min_length=1, max_length=MOST_AT_ONCE)
    person = StringField(max_length=150, required=False)
    team = SentSlugField(max_length=80, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("person" in attrs) == ("team" in attrs):
            raise ValidationError({"team": ["Name a person or a team: one of the two."]})
        return attrs


class AssignedSerializer(serializers.Serializer[Any]):
    """How many pieces were assigned."""

    assigned = serializers.IntegerField()


@extend_schema(operation_id="health", parameters=[OfLessonSerializer], responses=HealthSerializer)
@api_view(["GET"])
def health(request: Request) -> Response:
    """How well the knowledge base stands, as a whole or in one lesson."""
    editor, wanted = editor_of(request), read_filters(request, OfLessonSerializer)
    found = health_of(editor, wanted.get("lesson", ""))
    told = {
        "trusted": found.trusted,
        "verified_share": found.verified_share,
        "pieces": {state.value: len(found.in_state(state)) for state in TrustState},
        "never_read": len(found.never_read),
        "asked_for": questions_asked(),
    }
    return Response(HealthSerializer(told).data)


@extend_schema(
    operation_id="health_pieces",
    parameters=[HealthFilterSerializer, *PARAMETERS],
    responses=page_of("HealthPage", HealthRowSerializer(many=True)),
)
@api_view(["GET"])
def health_pieces(request: Request) -> Response:
    """Every released piece that somebody must answer for, the most used first."""
    editor, wanted = editor_of(request), read_filters(request, HealthFilterSerializer)
    found = health_of(editor, wanted.get("lesson", ""))
    rows = [
        row
        for row in found.rows
        if wanted.get("trust", row.trust.state) == row.trust.state
        and ("never_read" not in wanted or row.use == 0)
    ]
    return paged(request, rows, HealthRowSerializer)


@extend_schema(
    operation_id="health_assign",
    parameters=[PARAMETER],
    request=AssignPiecesSerializer,
    responses=AssignedSerializer,
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def health_assign(request: Request) -> Response:
    """Make somebody answer for many pieces, with one message to them. All of them or none."""
    editor, sent = editor_of(request), read_sent(AssignPiecesSerializer, request.data)
    pairs = [(piece["kind"], piece["slug"]) for piece in sent["pieces"]]
    person = may_own(editor, sent["person"]) if "person" in sent else None
    team = Team.objects.filter(slug=sent["team"]).first() if "team" in sent else None
    if person is None and team is None:
        raise ValidationError({"team": ["There is no such team."]})
    try:
        with transaction.atomic():
            count = assign_many(pairs, editor, person=person, team=team)
    except UnknownPiece as problem:
        raise ValidationError({"pieces": [str(problem)]}) from None
    return Response({"assigned": count})
