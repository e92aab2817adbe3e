"""The bank of questions for editors: read with its keys, written, taken in, put away, brought back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.draft_shapes import said_of
from enablement.api.errors import Conflict
from enablement.api.exchange import read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.models import Lesson, Person, State
from quizzes.api.question_shapes import (
    ChangeQuestionSerializer,
    QuestionFilterSerializer,
    QuestionNameSerializer,
    QuestionVersionSerializer,
    WriteQuestionSerializer,
    WrittenQuestionSerializer,
)
from quizzes.authoring.history import versions_of
from quizzes.authoring.parsing import finished
from quizzes.authoring.saving import NotWhole, SavedMeanwhile, restore_question, save_question
from quizzes.bank import newest_of
from quizzes.kinds import QuestionKind
from quizzes.models import Question
from quizzes.upkeep import review_queue, with_content
from quizzes.writing import CannotBeAsked, vouch_for

OTHERWISE = OpenApiResponse(description="Somebody saved another version after the one that you read.")
# What an editor says of a question as it is now: it is asked, or nobody is asked it any more.
VERBS: Final = {"release": State.RELEASED, "retire": State.ARCHIVED}


@extend_schema(
    methods=["GET"],
    operation_id="questions_list",
    parameters=[QuestionFilterSerializer, *PARAMETERS],
    responses=page_of("QuestionPage", QuestionNameSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=WriteQuestionSerializer,
    responses={201: QuestionNameSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def questions(request: Request) -> Response:
    """For editors: the questions as they are asked now, by topic, without keys; or a new one."""
    editor = editor_of(request)
    if request.method != "POST":
        wanted = read_filters(request, QuestionFilterSerializer)
        return paged(request, _narrowed(_newest(editor), wanted), QuestionNameSerializer)
    sent = read_sent(WriteQuestionSerializer, request.data)
    lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=sent["lesson"])
    item = finished(QuestionKind(sent["item"]["kind"]), sent["item"])
    return _saved(lambda: save_question(lesson, item, editor), editor, status=201)


@extend_schema(methods=["GET"], operation_id="question_retrieve", responses=WrittenQuestionSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="question_change",
    parameters=[PARAMETER],
    request=ChangeQuestionSerializer,
    responses={200: QuestionNameSerializer, 409: OTHERWISE},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def question(request: Request, slug: str) -> Response:
    """One question with its key, as reps see it, and its bench. What is posted is asked as a new version.

    Attempts that were begun keep what they showed.
    """
    editor = editor_of(request)
    found = _one(editor, slug)
    if request.method != "POST":
        return Response(WrittenQuestionSerializer(found).data)
    sent = read_sent(ChangeQuestionSerializer, request.data)
    item = finished(QuestionKind(sent["item"]["kind"]), {"slug": slug, **sent["item"]})
    began: int = sent["version"]
    return _saved(lambda: save_question(found.lesson, item, editor, of=found, began=began), editor)


@extend_schema(
    operation_id="question_act",
    parameters=[PARAMETER, OpenApiParameter("verb", str, OpenApiParameter.PATH, enum=list(VERBS))],
    request=None,
    responses=QuestionNameSerializer,
)
@api_view(["POST"])
@idempotent
def question_act(request: Request, slug: str, verb: str) -> Response:
    """Take a question in as it is now, against what it rests on as that is now; or put it away."""
    editor = editor_of(request)
    found = _one(editor, slug)
    vouch_for(found, editor, VERBS[verb])
    return _named(found)


@extend_schema(operation_id="question_versions", responses=QuestionVersionSerializer(many=True))
@api_view(["GET"])
def question_versions(request: Request, slug: str) -> Response:
    """Every version of a question, the newest first, keys included."""
    found = _one(editor_of(request), slug)
    return Response(QuestionVersionSerializer(versions_of(found), many=True).data)


@extend_schema(parameters=[PARAMETER], request=None, responses=QuestionNameSerializer)
@api_view(["POST"])
@idempotent
def question_restore(request: Request, slug: str, version: int) -> Response:
    """Bring an earlier version back, as a new one."""
    editor = editor_of(request)
    newest = _one(editor, slug)
    rows = Question.objects.visible_to(editor).filter(key__isnull=False, kind=newest.kind)
    old = get_object_or_404(rows, slug=slug, version=version)
    return _saved(lambda: restore_question(newest, old, editor), editor)


def _narrowed(rows: QuerySet[Question], wanted: dict[str, Any]) -> QuerySet[Question]:
    names = {"lesson": "lesson__slug", "topic": "topic", "kind": "kind", "state": "state"}
    rows = rows.filter(**{field: wanted[name] for name, field in names.items() if name in wanted})
    if "waiting" not in wanted:
        return rows
    waiting = [row.question.pk for row in review_queue(rows)]
    return rows.filter(pk__in=waiting) if wanted["waiting"] == "true" else rows.exclude(pk__in=waiting)


def _newest(editor: Person) -> QuerySet[Question]:
    """Those that can be asked, so those with a key; which is not read."""
    return with_content(newest_of(Question.objects.visible_to(editor))).filter(key__isnull=False)


def _one(editor: Person, slug: str) -> Question:
    return get_object_or_404(_newest(editor).select_related("key", "bench"), slug=slug)


def _saved(save: Callable[[], Question], editor: Person, status: int = 200) -> Response:
    """Return the question that `save` makes, or say why it does not."""
    try:
        made = save()
    except NotWhole as error:
        raise ValidationError(said_of(error.problems, "item.")) from None
    except CannotBeAsked as error:
        raise ValidationError({"item": error.problems}) from None
    except SavedMeanwhile as error:
        raise Conflict(str(error)) from None
    return _named(_one(editor, made.slug), status)


def _named(found: Question, status: int = 200) -> Response:
    """What a write answers is kept for a day, to be given again: it holds no key."""
    return Response(QuestionNameSerializer(found).data, status=status)
