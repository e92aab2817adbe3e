"""The report on one person, for themselves and for who manages them; and who these are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.models import Person
from enablement.roles import must_be_manager
from quizzes.api.content_report import RightShareSerializer
from quizzes.api.reports import ConfusionSerializer, TopicSerializer, confusion_rows, topic_rows
from quizzes.api.scoping import ScopeSerializer, scope_of
from quizzes.api.serializers import AttemptSerializer, GradedQuestionSerializer
from quizzes.deadlines import server_now
from quizzes.practice.overview import activities
from quizzes.practice.plans import plan_of
from quizzes.practice.sheets import shared_answers
from quizzes.readers import administrators, managers_of
from quizzes.reports.people import PersonReport, person_report


class WeekSerializer(serializers.Serializer[Any]):
    """The week that begins at a moment."""

    begins = serializers.DateTimeField()
    answers = RightShareSerializer()


class SlipSerializer(serializers.Serializer[Any]):
    """A wrong answer, and the attempt it was given in."""

    attempt = serializers.UUIDField(source="attempt.pk")
    question = GradedQuestionSerializer()


class RememberedSerializer(serializers.Serializer[Any]):
    """A topic as it is remembered: `recall` in whole per cent, when it comes again."""

    lesson = serializers.CharField()
    topic = serializers.CharField()
    recall = serializers.IntegerField(allow_null=True)
    reviews = serializers.IntegerField()
    due = serializers.DateField(allow_null=True)


class ActivitySerializer(serializers.Serializer[Any]):
    """Practice in the last four weeks, and what it has come to by topic; no single answer."""

    days = serializers.IntegerField()
    answers = serializers.IntegerField()
    skills = RememberedSerializer(many=True)


class PersonReportSerializer(serializers.Serializer[Any]):
    """How somebody stands (ready, due or stuck), why, and what that comes from, in the scope asked for.

    `shared` are single practice answers, there for a manager where the person shares them.
    """

    username = serializers.CharField()
    name = serializers.CharField()
    state = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    total = RightShareSerializer()
    topics = TopicSerializer(many=True)
    weeks = WeekSerializer(many=True)
    confusions = ConfusionSerializer(many=True)
    attempts = AttemptSerializer(many=True)
    slips = SlipSerializer(many=True)
    practice = ActivitySerializer(allow_null=True)
    shared = GradedQuestionSerializer(many=True)


class ReaderSerializer(serializers.Serializer[Any]):
    """Somebody who may read your results, with the teams by which they do."""

    username = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.name")
    teams = serializers.ListField(child=serializers.CharField())


class ReadersSerializer(serializers.Serializer[Any]):
    """Who may read your results. Single practice answers only with `shares_answers` (`practice/plan`)."""

    managers = ReaderSerializer(many=True)
    administrators = ReaderSerializer(many=True)
    shares_answers = serializers.BooleanField()


@extend_schema(operation_id="person_report", parameters=[ScopeSerializer], responses=PersonReportSerializer)
@api_view(["GET"])
def person_results(request: Request, username: str) -> Response:
    """Your own results, or those of somebody whom you manage: the same report for both.

    Its figures leave out answers to what you have open in a quiz.
    """
    reader = person_of(request)
    is_own = username == reader.username
    known = Person.objects.visible_to(reader if is_own else must_be_manager(reader))
    person = get_object_or_404(known, username=username)
    scope, _ = scope_of(request)
    now = server_now()
    report = person_report(person, scope, now)
    shared = [] if is_own else [question for _, question in shared_answers(person, reader)]
    return Response(PersonReportSerializer(_whole(report, shared, now)).data)


@extend_schema(operation_id="readers", responses=ReadersSerializer)
@api_view(["GET"])
def readers(request: Request) -> Response:
    """Who may read your results."""
    person = person_of(request)
    found = {
        "managers": managers_of(person),
        "administrators": administrators(person),
        "shares_answers": plan_of(person).shares_answers,
    }
    return Response(ReadersSerializer(found).data)


def _whole(report: PersonReport, shared: list[Any], now: datetime) -> dict[str, Any]:
    person = report.person
    return {
        "username": person.username,
        "name": person.name,
        "state": report.standing.state,
        "reasons": report.standing.reasons,
        "total": report.total,
        "topics": topic_rows([topic for topic, _ in report.topics], [cell for _, cell in report.topics]),
        "weeks": [{"begins": begins, "answers": cell} for begins, cell in report.weeks],
        "confusions": [confusion_rows(confusion) for confusion in report.confusions],
        "attempts": report.attempts,
        "slips": report.slips,
        "practice": activities([person.pk], now, report.scope.reader).get(person.pk),
        "shared": shared,
    }
