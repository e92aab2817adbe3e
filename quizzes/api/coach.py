"""The coach: the buyers there are, a talk with one turn by turn, and its summary. All of it one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes, throttle_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.exchange import (
    EvidenceSerializer,
    FindingSerializer,
    InputSerializer,
    SentSlugField,
    TextField,
    read_sent,
)
from enablement.api.filters import OfLessonSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.limits import AskThrottle
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.models import Outcome, Surface
from quizzes.coach.listening import LONGEST_TURN
from quizzes.coach.runs import GoneOn, say, start_run, summary, told_so_far
from quizzes.grading import BadResponse
from quizzes.models import CoachRun, Scenario

MOST_TURNS = 99


class StartTalkSerializer(InputSerializer):
    """With which buyer, by the scenario’s slug."""

    scenario = SentSlugField(max_length=80)


class SayingSerializer(InputSerializer):
    """What you say in turn `number` (from 0). In the first one, `chosen` names the kind of problem heard."""

    number = serializers.IntegerField(min_value=0, max_value=MOST_TURNS)
    chosen = SentSlugField(max_length=80, required=False)
    text = TextField(longest=LONGEST_TURN)


class OutcomeSerializer(serializers.ModelSerializer[Outcome]):
    """A kind of problem that the buyer may have."""

    class Meta:
        model = Outcome
        fields = ["name", "title"]


class ScenarioSerializer(serializers.ModelSerializer[Scenario]):
    """A buyer’s situation, and the kinds of problem to choose from."""

    lesson = serializers.CharField(source="lesson.slug")
    outcomes = OutcomeSerializer(source="distinction.outcomes", many=True)

    class Meta:
        model = Scenario
        fields = ["slug", "title", "lesson", "topic", "buyer", "situation", "says", "turns", "outcomes"]


class CoachRunSerializer(serializers.ModelSerializer[CoachRun]):
    """A talk of yours. It ends with its last turn."""

    scenario = serializers.CharField(source="scenario.slug")
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    per_cent = serializers.IntegerField(allow_null=True)

    class Meta:
        model = CoachRun
        fields = ["id", "url", "scenario", "started_at", "ended_at", "per_cent"]


class HeardCheckSerializer(serializers.Serializer[Any]):
    """A yes/no check of a turn, with your own words that meet it."""

    name = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField(help_text="met, not_met or open")
    quote = serializers.CharField()


class TalkTurnSerializer(serializers.Serializer[Any]):
    """A turn, what was heard in it, how it could be said, and what the buyer says to it."""

    number = serializers.IntegerField()
    chosen = serializers.CharField()
    text = serializers.CharField()
    checks = HeardCheckSerializer(many=True)
    findings = FindingSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    good = serializers.CharField()
    line = serializers.CharField(help_text="The released line for the kind of problem, in the first turn.")
    reply = serializers.CharField()


class TalkSummarySerializer(serializers.Serializer[Any]):
    """A finished talk: checks met, missed and open, and whether the kind of problem was heard."""

    per_cent = serializers.IntegerField(allow_null=True)
    met = serializers.IntegerField()
    missed = serializers.ListField(child=serializers.CharField())
    open = serializers.ListField(child=serializers.CharField())
    heard = serializers.BooleanField()


class TalkSerializer(serializers.Serializer[Any]):
    """A talk with its turns so far; `summary` once it is over."""

    run = CoachRunSerializer()
    scenario = ScenarioSerializer()
    said = TalkTurnSerializer(many=True)
    summary = TalkSummarySerializer(allow_null=True)


GONE_ON = OpenApiResponse(description="The talk has gone on, is over, or the kind of problem is not chosen.")


@extend_schema(
    operation_id="scenarios_list",
    parameters=[OfLessonSerializer, *PARAMETERS],
    responses=page_of("ScenarioPage", ScenarioSerializer(many=True)),
)
@api_view(["GET"])
def scenarios(request: Request) -> Response:
    """The buyers you may talk to."""
    found = Scenario.objects.visible_to(person_of(request)).select_related("lesson")
    wanted = read_filters(request, OfLessonSerializer)
    found = found.filter(lesson__slug=wanted["lesson"]) if wanted else found
    found = found.order_by("lesson__position", "position", "pk")
    return paged(request, found.prefetch_related("distinction__outcomes"), ScenarioSerializer)


@extend_schema(
    methods=["GET"],
    operation_id="coach_runs_list",
    parameters=PARAMETERS,
    responses=page_of("CoachRunPage", CoachRunSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=StartTalkSerializer,
    responses={200: TalkSerializer, 201: TalkSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def coach_runs(request: Request) -> Response:
    """Your talks, newest first; or begin one. One that is open is gone on with (200, not 201)."""
    person = person_of(request)
    if request.method == "POST":
        sent = read_sent(StartTalkSerializer, request.data)
        known = Scenario.objects.visible_to(person).select_related("script")
        wanted = get_object_or_404(known, slug=sent["scenario"])
        was_open = CoachRun.objects.visible_to(person).filter(scenario=wanted, ended_at=None).exists()
        return _shown(start_run(person, wanted), status=200 if was_open else 201)
    return paged(request, CoachRun.objects.visible_to(person).select_related("scenario"), CoachRunSerializer)


@extend_schema(operation_id="coach_run_retrieve", responses=TalkSerializer)
@api_view(["GET"])
def coach_run(request: Request, pk: UUID) -> Response:
    """One of your talks so far, and its summary once it is over."""
    return _shown(_own(request, pk))


@extend_schema(request=SayingSerializer, responses={200: TalkSerializer, 400: GONE_ON})
@api_view(["POST"])
@parser_classes([JSONParser])
@throttle_classes([AskThrottle])
def coach_turns(request: Request, pk: UUID) -> Response:
    """Say something, and hear what the buyer says. Said again, a turn stays as it was: its number is its key.

    No Idempotency-Key: judges and model are asked outside of any transaction.
    """
    own, sent = _own(request, pk), read_sent(SayingSerializer, request.data)
    try:
        say(own, sent["number"], sent.get("chosen", ""), sent["text"], Surface.API)
    except GoneOn:
        turn = own.said.count()
        raise ValidationError(
            {"number": [f"The next turn is number {turn}, unless the talk is over."]}
        ) from None
    except BadResponse as problem:
        raise ValidationError({"chosen": [str(problem)]}) from None
    return _shown(_own(request, pk))


def _own(request: Request, pk: UUID) -> CoachRun:
    own = CoachRun.objects.visible_to(person_of(request)).select_related(
        "person", "scenario__lesson", "scenario__distinction"
    )
    found: CoachRun = get_object_or_404(own, pk=pk)
    return found


def _shown(run: CoachRun, status: int = 200) -> Response:
    whole = {
        "run": run,
        "scenario": run.scenario,
        "said": told_so_far(run),
        "summary": summary(run) if run.ended_at else None,
    }
    return Response(TalkSerializer(whole).data, status=status)
