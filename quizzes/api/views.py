"""Quizzes for programs, and for the attempt page's own script: the same verbs as the site's."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.exchange import read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, paged
from enablement.api.parsing import JSONParser
from enablement.models import Surface
from quizzes.api import serializers
from quizzes.api.errors import Closed, Waiting
from quizzes.attempts import (
    AttemptClosed,
    EmptyQuiz,
    NothingMissed,
    NothingVouchedFor,
    save_answer,
    start_attempt,
    submit_attempt,
)
from quizzes.grading import BadResponse
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.progress import progress

CLOSED = OpenApiResponse(description="The attempt has been handed in.")
EXPIRED = OpenApiResponse(description="All that it asks about has expired. It stays open.")


def _own(request: Request) -> QuerySet[Attempt]:
    return Attempt.objects.of(person_of(request)).select_related("quiz")


@extend_schema(responses=serializers.QuizSerializer(many=True))
@api_view(["GET"])
def quizzes(request: Request) -> Response:
    """The quizzes you may take, and how you stand with each."""
    return Response(serializers.QuizSerializer(progress(person_of(request)), many=True).data)


@extend_schema(operation_id="quiz_retrieve", responses=serializers.QuizSerializer)
@api_view(["GET"])
def quiz(request: Request, slug: str) -> Response:
    """One quiz."""
    found = progress(person_of(request), slug)
    if not found:
        raise Http404
    return Response(serializers.QuizSerializer(found[0]).data)


@extend_schema(
    methods=["GET"],
    operation_id="attempts_list",
    parameters=PARAMETERS,
    responses=serializers.AttemptPageSerializer,
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=serializers.StartSerializer,
    responses={200: serializers.AttemptDetailSerializer, 201: serializers.AttemptDetailSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def attempts(request: Request) -> Response:
    """Your attempts, newest first; or start one. An open attempt at the quiz is resumed (200, not 201)."""
    if request.method == "POST":
        return _start(request)
    return paged(request, _own(request), serializers.AttemptSerializer)


def _start(request: Request) -> Response:
    person, sent = person_of(request), read_sent(serializers.StartSerializer, request.data)
    wanted = get_object_or_404(Quiz.objects.visible_to(person), slug=sent["quiz"])
    earlier = None
    if "missed_in" in sent:
        earlier = get_object_or_404(_own(request), pk=sent["missed_in"], quiz=wanted)
    known = set(_own(request).values_list("pk", flat=True))
    try:
        attempt = start_attempt(person, wanted, missed_in=earlier)
    except (EmptyQuiz, NothingMissed) as error:
        raise ValidationError({"quiz": [str(error)]}) from None
    status = 200 if attempt.pk in known else 201
    return Response(
        serializers.AttemptDetailSerializer(attempt, context={"reader": person}).data, status=status
    )


@extend_schema(responses=serializers.AttemptDetailSerializer)
@api_view(["GET"])
def attempt(request: Request, pk: UUID) -> Response:
    """One of your own attempts: its questions while it is open, its results afterwards."""
    own = get_object_or_404(_own(request), pk=pk)
    context = {"reader": person_of(request)}
    return Response(serializers.AttemptDetailSerializer(own, context=context).data)


@extend_schema(
    parameters=[PARAMETER],
    request=serializers.AnswerInputSerializer,
    responses={200: serializers.SavedAnswerSerializer, 409: CLOSED},
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def answers(request: Request) -> Response:
    """Save an answer in your own open attempt. Sent twice, it is saved once."""
    sent = read_sent(serializers.AnswerInputSerializer, request.data)
    own = get_object_or_404(_own(request), pk=sent["attempt"])
    question = get_object_or_404(Question.objects.filter(answers__attempt=own), pk=sent["question"])
    try:
        answer = save_answer(own, question, sent["response"], sent["client_seq"])
    except BadResponse as error:
        raise ValidationError({"response": [str(error)]}) from None
    except AttemptClosed as problem:
        raise Closed(str(problem)) from None
    saved = {
        "question": question.pk,
        "response": answer.response,
        "client_seq": answer.client_seq,
        "saved_at": answer.saved_at,
        "stored": answer.client_seq == sent["client_seq"] and _says(answer, sent["response"]),
    }
    return Response(serializers.SavedAnswerSerializer(saved).data)


def _says(answer: Answer, response: object) -> bool:
    """Whether a sent response is what is stored: two windows may give their saves the same number."""
    rules = answer.question.rules
    return rules.is_same(rules.read(response, answer.option_order), answer.response)


@extend_schema(
    parameters=[PARAMETER], request=None, responses={200: serializers.AttemptDetailSerializer, 409: EXPIRED}
)
@api_view(["POST"])
@idempotent
@parser_classes([JSONParser])
def submit(request: Request, pk: UUID) -> Response:
    """Hand in your own attempt and read its results. Sent again, it changes nothing and answers the same."""
    own = get_object_or_404(_own(request), pk=pk)
    try:
        handed_in = submit_attempt(own, person_of(request), surface=Surface.API)
    except NothingVouchedFor as problem:
        raise Waiting(str(problem)) from None
    return Response(
        serializers.AttemptDetailSerializer(handed_in, context={"reader": person_of(request)}).data
    )
