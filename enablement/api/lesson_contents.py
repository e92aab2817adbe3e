"""A lesson as its editors see it: every piece with its draft, its order, its release, its reviews."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.draft_shapes import KIND_CHOICES, VersionNameSerializer
from enablement.api.exchange import InputSerializer, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.lessons.contents import group_of, open_drafts
from enablement.lessons.live import LESSON
from enablement.lessons.making import move_piece, release_lesson, set_review
from enablement.lessons.pieces import KINDS
from enablement.models import Lesson, Person, Revision, State
from enablement.views.pieces import visible_piece

WAYS: Final = [("top", "To the top"), ("up", "Up"), ("down", "Down")]
PIECE_KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(KINDS))
ANY_KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=[kind for kind, _ in KIND_CHOICES])


class ReviewSwitchSerializer(InputSerializer):
    """Whether a second person has to approve each change."""

    needs_review = serializers.BooleanField()


class MovePieceSerializer(InputSerializer):
    """To the top, or one place up or down among its fellows."""

    way = serializers.ChoiceField(choices=WAYS)


class PlaceSerializer(serializers.Serializer[Any]):
    """Where a piece stands: `place` from 1, `of` so many."""

    place = serializers.IntegerField()
    of = serializers.IntegerField()


class ContentsLineSerializer(serializers.Serializer[Any]):
    """A piece. `state` is null while it is a draft only; `draft` is the one to go on with."""

    kind = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    state = serializers.CharField(
        source="live.state", default=None, allow_null=True, help_text=", ".join(State.values)
    )
    draft = serializers.IntegerField(source="draft.pk", default=None, allow_null=True)


class ContentsSerializer(serializers.Serializer[Any]):
    """A lesson and its pieces, kind by kind in the order that readers see.

    `words` is the draft of its own title and summary, if there is one.
    """

    slug = serializers.CharField(source="lesson.slug")
    title = serializers.CharField(source="lesson.title")
    state = serializers.CharField(source="lesson.state", help_text=", ".join(State.values))
    needs_review = serializers.BooleanField(source="lesson.needs_review")
    words = serializers.IntegerField(allow_null=True)
    pieces = ContentsLineSerializer(many=True)


class LeftSerializer(serializers.Serializer[Any]):
    """A draft that was not released, and why."""

    draft = VersionNameSerializer()
    why = serializers.CharField()


class ReleasedSerializer(serializers.Serializer[Any]):
    """What the release of a whole lesson came to."""

    released = VersionNameSerializer(many=True)
    left = LeftSerializer(many=True)


@extend_schema(operation_id="lesson_contents", responses=ContentsSerializer)
@api_view(["GET"])
def lesson_contents(request: Request, slug: str) -> Response:
    """For editors: everything in a lesson, drafts and retired pieces too."""
    return _shown(_lesson(editor_of(request), slug))


@extend_schema(
    operation_id="lesson_release", parameters=[PARAMETER], request=None, responses=ReleasedSerializer
)
@api_view(["POST"])
@idempotent
def lesson_release(request: Request, slug: str) -> Response:
    """Release every draft of a lesson that is ready. What is not stays a draft, and you read why."""
    editor = editor_of(request)
    result = release_lesson(_lesson(editor, slug), editor)
    left = [{"draft": draft, "why": why} for draft, why in result.left]
    return Response(ReleasedSerializer({"released": result.released, "left": left}).data)


@extend_schema(
    operation_id="lesson_review",
    parameters=[PARAMETER],
    request=ReviewSwitchSerializer,
    responses=ContentsSerializer,
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def lesson_review(request: Request, slug: str) -> Response:
    """Switch review by a second person on or off."""
    editor = editor_of(request)
    needed: bool = read_sent(ReviewSwitchSerializer, request.data)["needs_review"]
    set_review(_lesson(editor, slug), needed, editor)
    return _shown(_lesson(editor, slug))


@extend_schema(
    operation_id="piece_move",
    parameters=[PARAMETER, PIECE_KIND],
    request=MovePieceSerializer,
    responses=PlaceSerializer,
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def piece_move(request: Request, kind: str, slug: str) -> Response:
    """Move a piece among its fellows. The order is no text, so readers see it at once."""
    editor = editor_of(request)
    if kind not in KINDS:
        raise Http404
    piece = visible_piece(editor, kind, slug)
    place, of = move_piece(piece, read_sent(MovePieceSerializer, request.data)["way"], editor)
    return Response(PlaceSerializer({"place": place, "of": of}).data)


@extend_schema(
    operation_id="piece_versions",
    parameters=[ANY_KIND, *PARAMETERS],
    responses=page_of("PieceVersionPage", VersionNameSerializer(many=True)),
)
@api_view(["GET"])
def piece_versions(request: Request, kind: str, slug: str) -> Response:
    """Every version of a piece, the newest first. The text of one is at `drafts/{id}`."""
    editor = editor_of(request)
    if kind not in dict(KIND_CHOICES):
        raise Http404
    found = Revision.objects.visible_to(editor).filter(kind=kind, slug=slug).order_by("-number", "-pk")
    if not found.exists():
        visible_piece(editor, kind, slug)
    return paged(request, found.select_related("lesson", "author", "reviewer"), VersionNameSerializer)


def _lesson(editor: Person, slug: str) -> Lesson:
    return get_object_or_404(Lesson.objects.visible_to(editor), slug=slug)


def _shown(lesson: Lesson) -> Response:
    drafts = open_drafts(lesson)
    words = drafts.get((LESSON, lesson.slug))
    pieces = [line for kind in KINDS for line in group_of(lesson, kind, drafts).lines]
    told = {"lesson": lesson, "words": words.pk if words else None, "pieces": pieces}
    return Response(ContentsSerializer(told).data)
