"""The review desk: what waits for a decision of a person, deciding, and taking a decision back."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import manager_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, StringField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.models import Person
from quizzes.appeals import (
    LONGEST_DECISION,
    DecidedMeanwhile,
    NothingToUndo,
    decide_answer,
    standing_of,
    undo_decision,
)
from quizzes.deadlines import server_now
from quizzes.desk.queue import Why, queue_for
from quizzes.desk.sheet import answer_on_desk, sheet_of
from quizzes.grading.rubrics import Rubric
from quizzes.models import Answer

DECIDED = OpenApiResponse(description="Somebody else decided meanwhile, or it was graded anew.")


class WaitingSerializer(serializers.Serializer[Any]):
    """An answer on the desk. `due` is the day by which an objection is decided."""

    answer = serializers.IntegerField(source="answer.pk")
    person = serializers.CharField(source="answer.attempt.person.username")
    quiz = serializers.CharField(source="answer.attempt.quiz.slug")
    question = serializers.CharField(source="answer.question.slug")
    why = serializers.ChoiceField(choices=[(why.value, why.value) for why in Why])
    since = serializers.DateTimeField()
    due = serializers.DateTimeField(allow_null=True)


class DeskFilterSerializer(InputSerializer):
    """Narrows the desk to why answers wait."""

    why = serializers.ChoiceField(choices=[(why.value, why.value) for why in Why], required=False)


class SaidSerializer(serializers.Serializer[Any]):
    """What somebody, or the local judge, says of a check, and the words of the answer that they go by."""

    met = serializers.BooleanField()
    quote = serializers.CharField()


class DeskCheckSerializer(serializers.Serializer[Any]):
    """One check of the answer; `objection` is why its person disagrees."""

    name = serializers.CharField()
    title = serializers.CharField()
    judge = SaidSerializer(allow_null=True)
    decided = SaidSerializer(source="person", allow_null=True)
    objection = serializers.CharField(source="objection.reason", default=None, allow_null=True)


class DeskAnswerSerializer(serializers.Serializer[Any]):
    """An answer with all that a decision needs. `seen` goes along with the decision."""

    answer = serializers.IntegerField(source="answer.pk")
    person = serializers.CharField(source="answer.attempt.person.username")
    quiz = serializers.CharField(source="answer.attempt.quiz.slug")
    question = serializers.CharField(source="answer.question.slug")
    prompt = serializers.CharField(source="answer.question.prompt")
    text = serializers.CharField()
    checks = DeskCheckSerializer(many=True)
    needed = serializers.IntegerField(help_text="How many checks an answer has to meet.")
    spoilt = serializers.BooleanField(source="is_spoilt", help_text="It says what must not be said.")
    model_answer = serializers.CharField()
    waits = serializers.BooleanField()
    decided_by = serializers.CharField(source="decision.actor.username", default=None, allow_null=True)
    seen = serializers.SerializerMethodField(help_text="How the answer stands, to be sent with a decision.")

    def get_seen(self, sheet: Any) -> str:
        return standing_of(sheet.answer)


class DecisionSerializer(InputSerializer):
    """The names of the checks that the answer meets; the others it does not meet."""

    met = serializers.ListField(child=StringField(max_length=80), max_length=50)
    spoilt = serializers.BooleanField(required=False)
    note = StringField(max_length=LONGEST_DECISION, required=False)
    seen = StringField(max_length=16, required=False)


@extend_schema(
    operation_id="desk_list",
    parameters=[DeskFilterSerializer, *PARAMETERS],
    responses=page_of("DeskPage", WaitingSerializer(many=True)),
)
@api_view(["GET"])
def desk(request: Request) -> Response:
    """What waits for a decision of yours, the oldest first; never an answer of your own."""
    manager, why = manager_of(request), read_filters(request, DeskFilterSerializer).get("why")
    return paged(request, queue_for(manager, why=Why(why) if why else None), WaitingSerializer)


@extend_schema(methods=["GET"], operation_id="desk_retrieve", responses=DeskAnswerSerializer)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=DecisionSerializer,
    responses={200: DeskAnswerSerializer, 409: DECIDED},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def desk_answer(request: Request, pk: int) -> Response:
    """An answer with its checks; or a decision, which settles the grade, closes objections, tells the rep."""
    manager = manager_of(request)
    answer, rubric = _on_desk(manager, pk)
    if request.method == "POST":
        sent = read_sent(DecisionSerializer, request.data)
        unknown = set(sent["met"]) - {check.name for check in rubric.checks}
        if unknown:
            raise ValidationError({"met": [f"There is no check “{name}”." for name in sorted(unknown)]})
        spoilt, note = sent.get("spoilt", False), sent.get("note", "").strip()
        try:
            decide_answer(
                answer, manager, sent["met"], spoilt, note, now=server_now(), seen=sent.get("seen", "")
            )
        except DecidedMeanwhile as problem:
            raise Conflict(str(problem)) from None
    return _shown(answer, rubric)


@extend_schema(parameters=[PARAMETER], request=None, responses={200: DeskAnswerSerializer, 409: DECIDED})
@api_view(["POST"])
@idempotent
def desk_undo(request: Request, pk: int) -> Response:
    """Take the newest decision on an answer back: it waits again."""
    manager = manager_of(request)
    answer, rubric = _on_desk(manager, pk)
    try:
        undo_decision(answer, manager, now=server_now())
    except NothingToUndo as problem:
        raise Conflict(str(problem)) from None
    return _shown(answer, rubric)


def _on_desk(manager: Person, pk: int) -> tuple[Answer, Rubric]:
    found = answer_on_desk(manager, pk)
    if found is None:
        raise Http404
    return found


def _shown(answer: Answer, rubric: Rubric) -> Response:
    return Response(DeskAnswerSerializer(sheet_of(answer, rubric)).data)
