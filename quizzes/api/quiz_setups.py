"""Quizzes as their editors set them up: what they draw, by which rules, who sees them."""

from __future__ import annotations

from random import SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.errors import Conflict
from enablement.api.exchange import read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.models import Distinction, Lesson, Person
from quizzes.api.quiz_setup_shapes import (
    ChangeQuizSerializer,
    MakeQuizSerializer,
    QuizFilterSerializer,
    QuizSetupNameSerializer,
    QuizSetupSerializer,
    SortQuizSerializer,
)
from quizzes.bank import offered_in
from quizzes.from_statements import TooFewStatements, make_sort_quiz
from quizzes.models import Quiz
from quizzes.setting_up import NothingToAsk, drawn_from, save_quiz

TOO_FEW = OpenApiResponse(description="There are too few statements of an outcome yet.")


@extend_schema(
    methods=["GET"],
    operation_id="quiz_setups_list",
    parameters=[QuizFilterSerializer, *PARAMETERS],
    responses=page_of("QuizSetupPage", QuizSetupNameSerializer(many=True)),
)
@extend_schema(
    methods=["POST"], parameters=[PARAMETER], request=MakeQuizSerializer, responses={201: QuizSetupSerializer}
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def quiz_setups(request: Request) -> Response:
    """For editors: all quizzes, drafts and archived ones too; or a new one, a draft unless you say else."""
    editor = editor_of(request)
    if request.method != "POST":
        wanted = read_filters(request, QuizFilterSerializer)
        if "lesson" in wanted:
            wanted["lesson__slug"] = wanted.pop("lesson")
        return paged(request, _quizzes(editor).filter(**wanted), QuizSetupNameSerializer)
    sent = read_sent(MakeQuizSerializer, request.data)
    lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=sent.pop("lesson"))
    return _shown(_saved(Quiz(lesson=lesson, from_bank=True, draws=10), sent, editor), status=201)


@extend_schema(methods=["GET"], operation_id="quiz_setup_retrieve", responses=QuizSetupSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="quiz_setup_change",
    parameters=[PARAMETER],
    request=ChangeQuizSerializer,
    responses=QuizSetupSerializer,
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def quiz_setup(request: Request, slug: str) -> Response:
    """One quiz, and what an attempt at it will be. What is not posted stays; attempts that were begun too."""
    editor = editor_of(request)
    if request.method != "POST":
        return _shown(get_object_or_404(_quizzes(editor), slug=slug))
    sent = read_sent(ChangeQuizSerializer, request.data)
    with transaction.atomic():
        known = _quizzes(editor).select_for_update(of=("self",))
        return _shown(_saved(get_object_or_404(known, slug=slug), sent, editor))


@extend_schema(
    parameters=[PARAMETER], request=SortQuizSerializer, responses={200: QuizSetupSerializer, 409: TOO_FEW}
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def sort_quizzes(request: Request) -> Response:
    """Make the quiz of a distinction from its statements, or bring it to what they say now."""
    editor, sent = editor_of(request), read_sent(SortQuizSerializer, request.data)
    found = get_object_or_404(Distinction.objects.visible_to(editor), slug=sent["distinction"])
    try:
        made = make_sort_quiz(found, editor)
    except TooFewStatements as problem:
        raise Conflict(str(problem)) from None
    return _shown(made.quiz)


def _quizzes(editor: Person) -> QuerySet[Quiz]:
    return Quiz.objects.visible_to(editor).for_all().select_related("lesson").order_by("lesson", "slug")


def _saved(quiz: Quiz, sent: dict[str, Any], editor: Person) -> Quiz:
    """Set what was sent on a quiz and save it. Raises ValidationError."""
    kept = [] if quiz.pk is None else _listed(quiz)
    rules: list[dict[str, Any]] = [dict(rule) for rule in sent.pop("rules", quiz.rules)]
    slugs: list[str] = sent.pop("questions", kept)
    there = set(offered_in(quiz.lesson).filter(slug__in=slugs).values_list("slug", flat=True))
    for slug in slugs:
        if slug not in there and slug not in kept:
            raise ValidationError({"questions": [f"There is no question “{slug}” in this lesson to ask."]})
    for name, value in sent.items():
        setattr(quiz, name, value)
    try:
        return save_quiz(quiz, editor, rules=rules, slugs=slugs)
    except NothingToAsk as problem:
        raise ValidationError({"questions": [str(problem)]}) from None


def _listed(quiz: Quiz) -> list[str]:
    return list(quiz.questions.order_by("places__order").values_list("slug", flat=True))


def _shown(quiz: Quiz, status: int = 200) -> Response:
    offered = offered_in(quiz.lesson).select_related("distinction", "ladder").prefetch_related("options")
    listed = _listed(quiz)
    drawn = drawn_from(
        offered, listed, SystemRandom(), from_bank=quiz.from_bank, draws=quiz.draws, rules=quiz.rules
    )
    told = {"quiz": quiz, "questions": listed, "drawn": drawn}
    return Response(QuizSetupSerializer(told).data, status=status)
