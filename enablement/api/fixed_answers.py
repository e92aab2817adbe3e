"""Fixed answers: pinned to a question by editors, vouched for, changed, taken out."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of, person_of
from enablement.api.exchange import InputSerializer, SentSlugField, TextField, read_sent
from enablement.api.filters import OfLessonSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.chat.fixed import MAX_ANSWER, pin_answer, unpin_answer, verify_fixed
from enablement.models import FixedAnswer, Lesson, Person
from enablement.texts import MAX_QUESTION


class PinAnswerSerializer(InputSerializer):
    """An answer to give word for word to a question and to those near-identical to it."""

    lesson = SentSlugField(max_length=80)
    question = TextField(longest=MAX_QUESTION)
    answer = TextField(longest=MAX_ANSWER)


class FixedAnswerSerializer(serializers.ModelSerializer[FixedAnswer]):
    """A fixed answer. It is given until `verified_until`, while its `owner` vouches for it."""

    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True)
    owner = serializers.SlugRelatedField[Person](slug_field="username", read_only=True, allow_null=True)
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = FixedAnswer
        fields = [
            *("id", "url", "lesson", "question", "answer"),
            *("owner", "verified_at", "verified_until", "changed_at"),
        ]


@extend_schema(
    methods=["GET"],
    operation_id="fixed_answers_list",
    parameters=[OfLessonSerializer, *PARAMETERS],
    responses=page_of("FixedAnswerPage", FixedAnswerSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=PinAnswerSerializer,
    responses={201: FixedAnswerSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def fixed_answers(request: Request) -> Response:
    """For editors: all fixed answers by question, or a new one. Who pins it vouches for it."""
    editor = editor_of(request)
    if request.method == "POST":
        return Response(FixedAnswerSerializer(_pinned(request, editor)).data, status=201)
    wanted = read_filters(request, OfLessonSerializer)
    found = FixedAnswer.objects.visible_to(editor).select_related("owner", "lesson")
    found = found.filter(lesson__slug=wanted["lesson"]) if wanted else found
    return paged(request, found.order_by("question", "pk"), FixedAnswerSerializer)


@extend_schema(methods=["GET"], operation_id="fixed_answer_retrieve", responses=FixedAnswerSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="fixed_answer_change",
    parameters=[PARAMETER],
    request=PinAnswerSerializer,
    responses=FixedAnswerSerializer,
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def fixed_answer(request: Request, pk: int) -> Response:
    """One fixed answer. By POST an editor changes it, and vouches for it from now."""
    if request.method == "POST":
        editor = editor_of(request)
        return _shown(_pinned(request, editor, _visible(editor, pk)))
    return _shown(_visible(person_of(request), pk))


@extend_schema(parameters=[PARAMETER], request=None, responses=FixedAnswerSerializer)
@api_view(["POST"])
@idempotent
def fixed_answer_verify(request: Request, pk: int) -> Response:
    """Vouch for a fixed answer anew."""
    editor = editor_of(request)
    fixed = _visible(editor, pk)
    verify_fixed(fixed, editor)
    return _shown(fixed)


@extend_schema(parameters=[PARAMETER], request=None, responses=FixedAnswerSerializer)
@api_view(["POST"])
@idempotent
def fixed_answer_delete(request: Request, pk: int) -> Response:
    """Take a fixed answer out, and read it a last time."""
    editor = editor_of(request)
    fixed = _visible(editor, pk)
    last = _shown(fixed)
    unpin_answer(fixed, editor)
    return last


def _visible(person: Person, pk: int) -> FixedAnswer:
    rows = FixedAnswer.objects.visible_to(person).select_related("owner", "lesson")
    return get_object_or_404(rows, pk=pk)


def _pinned(request: Request, editor: Person, fixed: FixedAnswer | None = None) -> FixedAnswer:
    sent = read_sent(PinAnswerSerializer, request.data)
    lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=sent["lesson"])
    return pin_answer(lesson, sent["question"], sent["answer"], editor, fixed)


def _shown(fixed: FixedAnswer) -> Response:
    return Response(FixedAnswerSerializer(fixed).data)
