"""Grading anew: asked for, looked at while nothing has changed yet, applied, taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import manager_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, TextField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.models import Person
from quizzes.deadlines import server_now
from quizzes.models import Quiz, Regrade, RegradeState, RegradeWay
from quizzes.regrading.applying import CannotRegrade, apply_regrade, undo_regrade
from quizzes.regrading.asking import LONGEST_REASON, BadRegrade, ask_for_regrade, work_out_again
from quizzes.regrading.standings import MOST_SHOWN, outlook_of

REFUSED = OpenApiResponse(description="It cannot be applied, or taken back, as it stands now.")


class AskRegradeSerializer(InputSerializer):
    """A question (all its versions), a quiz, or a question in a quiz; how to grade anew; and why."""

    question = SentSlugField(max_length=80, required=False)
    quiz = SentSlugField(max_length=80, required=False)
    way = serializers.ChoiceField(choices=RegradeWay.choices)
    reason = TextField(longest=LONGEST_REASON)


class RegradeSerializer(serializers.ModelSerializer[Regrade]):
    """A regrade. It is worked out (`working`), then `ready`: until it is applied, nothing has changed."""

    question = serializers.CharField(source="question_slug", help_text="Empty: every question of the quiz.")
    quiz = serializers.CharField(source="quiz.slug", default=None, allow_null=True)
    way = serializers.ChoiceField(choices=RegradeWay.choices)
    state = serializers.CharField(help_text=", ".join(RegradeState.values))
    notes = serializers.ListField(child=serializers.CharField(), help_text="What is left as it is.")
    problem = serializers.CharField(help_text="Why it cannot be applied; mostly empty.")
    made_by = serializers.SlugRelatedField[Person](slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Regrade
        fields = [
            *("id", "question", "quiz", "way", "reason", "state", "answers", "notes", "problem"),
            *("made_by", "made_at", "applied_at", "undone_at"),
        ]


class EffectSerializer(serializers.Serializer[Any]):
    """An attempt, its score before and after in per cent."""

    attempt = serializers.UUIDField(source="attempt.pk")
    person = serializers.CharField(source="attempt.person.username")
    quiz = serializers.CharField(source="attempt.quiz.slug")
    was = serializers.IntegerField(allow_null=True)
    will_be = serializers.IntegerField(allow_null=True)
    now_passes = serializers.BooleanField()
    no_longer_passes = serializers.BooleanField()


class OutlookSerializer(serializers.Serializer[Any]):
    """A regrade with what it does: answers that change, attempts before and after while it is ready."""

    regrade = RegradeSerializer()
    lines = serializers.IntegerField(help_text="Answers whose grade changes.")
    to_person = serializers.IntegerField(help_text="Of them, those that a person decides on.")
    applied = serializers.IntegerField()
    attempts = serializers.IntegerField()
    now_pass = serializers.IntegerField()
    no_longer_pass = serializers.IntegerField()
    effects = EffectSerializer(source="shown", many=True, help_text=f"At most {MOST_SHOWN} attempts.")


@extend_schema(
    methods=["GET"],
    operation_id="regrades_list",
    parameters=PARAMETERS,
    responses=page_of("RegradePage", RegradeSerializer(many=True)),
)
@extend_schema(
    methods=["POST"], parameters=[PARAMETER], request=AskRegradeSerializer, responses={201: OutlookSerializer}
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def regrades(request: Request) -> Response:
    """For managers: what you had graded anew, newest first; or ask for more, which changes nothing yet."""
    manager = manager_of(request)
    if request.method == "POST":
        return _ask(request, manager)
    return paged(request, _regrades(manager).order_by("-made_at", "-pk"), RegradeSerializer)


def _ask(request: Request, manager: Person) -> Response:
    sent, quiz = read_sent(AskRegradeSerializer, request.data), None
    if "quiz" in sent:
        quiz = get_object_or_404(Quiz.objects.visible_to(manager), slug=sent["quiz"])
    question = sent.get("question", "")
    try:
        made = ask_for_regrade(manager, sent["way"], question, quiz, sent["reason"], now=server_now())
    except BadRegrade as problem:
        raise ValidationError({"question": [str(problem)]}) from None
    return _shown(made, status=201)


@extend_schema(operation_id="regrade_retrieve", responses=OutlookSerializer)
@api_view(["GET"])
def regrade(request: Request, pk: int) -> Response:
    """One regrade: who changes and by how much; then what was done."""
    return _shown(_own(request, pk))


@extend_schema(parameters=[PARAMETER], request=None, responses={200: OutlookSerializer, 409: REFUSED})
@api_view(["POST"])
@idempotent
def regrade_apply(request: Request, pk: int) -> Response:
    """Give the new grades, and tell everybody concerned."""
    try:
        return _shown(apply_regrade(_own(request, pk), manager_of(request), now=server_now()))
    except CannotRegrade as problem:
        raise Conflict(str(problem)) from None


@extend_schema(parameters=[PARAMETER], request=None, responses={200: OutlookSerializer, 409: REFUSED})
@api_view(["POST"])
@idempotent
def regrade_undo(request: Request, pk: int) -> Response:
    """Give the grades of before again, but where one changed since."""
    try:
        undo_regrade(_own(request, pk), manager_of(request), now=server_now())
    except CannotRegrade as problem:
        raise Conflict(str(problem)) from None
    return _shown(_own(request, pk))


@extend_schema(parameters=[PARAMETER], request=None, responses=OutlookSerializer)
@api_view(["POST"])
@idempotent
def regrade_again(request: Request, pk: int) -> Response:
    """Work out anew what is not applied: answers and keys may have changed since."""
    work_out_again(_own(request, pk), manager_of(request))
    return _shown(_own(request, pk))


def _regrades(manager: Person) -> QuerySet[Regrade]:
    return Regrade.objects.visible_to(manager).select_related("quiz", "made_by")


def _own(request: Request, pk: int) -> Regrade:
    return get_object_or_404(_regrades(manager_of(request)), pk=pk)


def _shown(found: Regrade, status: int = 200) -> Response:
    return Response(OutlookSerializer(outlook_of(found)).data, status=status)
