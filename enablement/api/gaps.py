"""What the knowledge base could not answer, for editors: who has it, a draft for it, asking again."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.chat.closing import recheck
from enablement.chat.gaps import assign_gap, cluster_of, draft_card, gap_heads, open_gaps
from enablement.lessons.checking import BadItem
from enablement.lessons.revising import RevisingError
from enablement.models import Gap, GapReason, GapState, Lesson
from enablement.trust.owners import editors

TAKEN = OpenApiResponse(description="There is a piece by that short name already.")


class AssignGapSerializer(InputSerializer):
    """Which editor has it, by user name; null: nobody."""

    person = StringField(max_length=150, allow_null=True)


class DraftForGapSerializer(InputSerializer):
    """The lesson in which a card is begun, and the card's short name."""

    lesson = SentSlugField(max_length=80)
    slug = SentSlugField(max_length=80)


class GapSerializer(serializers.Serializer[Any]):
    """Questions that ask about the same and have no good answer. Whose they are is not said.

    `id` is that of the first of them; `draft` of the draft that was begun for them.
    """

    id = serializers.IntegerField(source="head.pk")
    question = serializers.CharField(source="head.question")
    reason = serializers.CharField(source="head.reason", help_text=", ".join(GapReason.values))
    state = serializers.CharField(source="head.state", help_text=", ".join(GapState.values))
    times = serializers.IntegerField()
    questions = serializers.SerializerMethodField()
    assignee = serializers.CharField(source="head.assignee.username", default=None, allow_null=True)
    draft = serializers.IntegerField(source="head.draft_id", allow_null=True)
    found_at = serializers.DateTimeField(source="head.found_at")

    def get_questions(self, cluster: Any) -> list[str]:
        return [gap.question for gap in cluster.gaps]


class RecheckSerializer(serializers.Serializer[Any]):
    """The questions that are answered now, and so closed, and those that are not."""

    closed = serializers.ListField(child=serializers.CharField())
    left = serializers.ListField(child=serializers.CharField())


@extend_schema(
    operation_id="gaps_list", parameters=PARAMETERS, responses=page_of("GapPage", GapSerializer(many=True))
)
@api_view(["GET"])
def gaps(request: Request) -> Response:
    """Open gaps by what they ask about, the most asked first."""
    editor_of(request)
    return paged(request, gap_heads(), GapSerializer, cluster_of)


@extend_schema(operation_id="gap_retrieve", responses=GapSerializer)
@api_view(["GET"])
def gap(request: Request, pk: int) -> Response:
    """One gap with those like it."""
    return _shown(_head(request, pk))


@extend_schema(parameters=[PARAMETER], request=AssignGapSerializer, responses=GapSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def gap_assign(request: Request, pk: int) -> Response:
    """Give a gap, and those like it, to an editor, or take it back."""
    head, named = _head(request, pk), read_sent(AssignGapSerializer, request.data)["person"]
    to = next((editor for editor in editors() if editor.username == named), None)
    if named is not None and to is None:
        raise ValidationError({"person": ["There is no editor by that user name."]})
    assign_gap(head, to, editor_of(request))
    return _shown(_head(request, pk))


@extend_schema(
    parameters=[PARAMETER], request=DraftForGapSerializer, responses={200: GapSerializer, 409: TAKEN}
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def gap_draft(request: Request, pk: int) -> Response:
    """Begin a card for a gap, with its question as the title."""
    head, editor = _head(request, pk), editor_of(request)
    sent = read_sent(DraftForGapSerializer, request.data)
    lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=sent["lesson"])
    try:
        draft_card(head, lesson, sent["slug"], editor)
    except RevisingError as error:
        raise Conflict(str(error)) from None
    except BadItem as bad:
        raise ValidationError({"slug": [problem.message for problem in bad.problems]}) from None
    return _shown(_head(request, pk))


@extend_schema(parameters=[PARAMETER], request=None, responses=RecheckSerializer)
@api_view(["POST"])
@idempotent
def gap_recheck(request: Request, pk: int) -> Response:
    """Ask the questions again; those that are answered now are closed."""
    found = recheck(cluster_of(_head(request, pk)), editor_of(request))
    words = {name: [gap.question for gap in getattr(found, name)] for name in ("closed", "left")}
    return Response(RecheckSerializer(words).data)


def _head(request: Request, pk: int) -> Gap:
    editor_of(request)
    head: Gap = get_object_or_404(open_gaps().select_related("assignee", "turn"), pk=pk)
    return head


def _shown(head: Gap) -> Response:
    return Response(GapSerializer(cluster_of(head)).data)
