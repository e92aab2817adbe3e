"""Team results for managers, in the shape of the team page."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.paging import PARAMETERS, page_of, paged
from quizzes.deadlines import server_now
from quizzes.reports.counts import Cell, Confusion
from quizzes.reports.teams import (
    MemberRow,
    TeamReport,
    Topic,
    team_reports,
    team_scopes,
    whole_report,
)


class TopicSerializer(serializers.Serializer[Any]):
    """Right answers on a topic, with the 95 % interval in whole per cent. No share for fewer than five."""

    topic = serializers.CharField()
    lesson = serializers.CharField()
    n = serializers.IntegerField()
    right = serializers.IntegerField()
    per_cent = serializers.IntegerField(allow_null=True)
    low = serializers.IntegerField()
    high = serializers.IntegerField()
    last_at = serializers.DateTimeField(allow_null=True)


class ConfusionCountSerializer(serializers.Serializer[Any]):
    """How often `chosen` was chosen where `true` was right; `chosen` is empty for an unanswered statement."""

    true = serializers.CharField()
    chosen = serializers.CharField(allow_blank=True)
    n = serializers.IntegerField()


class ConfusionSerializer(serializers.Serializer[Any]):
    """Which outcomes of a distinction were taken for which, as counts and as sentences."""

    distinction = serializers.CharField()
    counts = ConfusionCountSerializer(many=True)
    sentences = serializers.ListField(child=serializers.CharField())


class MemberSerializer(serializers.Serializer[Any]):
    """One member's attempts and answers. Scores run from 0 to 1; `state` is ready, due or stuck, with why."""

    username = serializers.CharField()
    name = serializers.CharField()
    state = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    attempts = serializers.IntegerField()
    last_score = serializers.FloatField(allow_null=True)
    best_score = serializers.FloatField(allow_null=True)
    last_at = serializers.DateTimeField(allow_null=True)
    topics = TopicSerializer(many=True)
    confusions = ConfusionSerializer(many=True)


class TeamSerializer(serializers.Serializer[Any]):
    """A team's results."""

    slug = serializers.CharField()
    name = serializers.CharField()
    members = MemberSerializer(many=True)
    topics = TopicSerializer(many=True)
    confusions = ConfusionSerializer(many=True)


@extend_schema(
    operation_id="reports_teams_list",
    parameters=PARAMETERS,
    responses=page_of("TeamResultsPage", TeamSerializer(many=True)),
)
@api_view(["GET"])
def team_results(request: Request) -> Response:
    """The results of every team you manage; nothing, if you manage none.

    Without answers to what you have open in a quiz.
    """
    now = server_now()
    scopes = team_scopes(person_of(request), now)
    return paged(request, scopes, TeamSerializer, lambda scope: _team(whole_report(scope, now)))


@extend_schema(responses=TeamSerializer)
@api_view(["GET"])
def one_teams_results(request: Request, slug: str) -> Response:
    """The results of one team that you manage, without answers to what you have open in a quiz."""
    reports = team_reports(person_of(request), server_now(), slug)
    if not reports:
        raise NotFound("There is no team by that name that you manage.")
    return Response(_team(reports[0]))


def _team(report: TeamReport) -> dict[str, Any]:
    team = report.scope.team
    assert team is not None
    return {
        "slug": team.slug,
        "name": team.name,
        "members": [_member(report.topics, row) for row in report.members],
        "topics": topic_rows(report.topics, report.totals),
        "confusions": [confusion_rows(confusion) for confusion in report.confusions],
    }


def _member(topics: list[Topic], row: MemberRow) -> dict[str, Any]:
    facts = row.standing.facts
    return {
        "username": row.person.username,
        "name": row.person.name,
        "state": row.standing.state,
        "reasons": list(row.standing.reasons),
        "attempts": facts.finished,
        "last_score": facts.last,
        "best_score": facts.best,
        "last_at": facts.last_at,
        "topics": topic_rows(topics, row.cells),
        "confusions": [confusion_rows(confusion) for confusion in row.confusions],
    }


def topic_rows(topics: list[Topic], cells: list[Cell]) -> list[dict[str, Any]]:
    """Topics with their cells as TopicSerializer reads them."""
    return [
        {
            "lesson": topic.lesson,
            "topic": topic.topic,
            "n": cell.n,
            "right": cell.right,
            "per_cent": cell.per_cent,
            "low": cell.interval[0],
            "high": cell.interval[1],
            "last_at": cell.last,
        }
        for topic, cell in zip(topics, cells, strict=True)
    ]


def confusion_rows(confusion: Confusion) -> dict[str, Any]:
    """A confusion as ConfusionSerializer reads it."""
    return {
        "distinction": confusion.slug,
        "counts": [
            {"true": true, "chosen": chosen, "n": n} for (true, chosen), n in confusion.counts.items()
        ],
        "sentences": [sentence.text for sentence in confusion.sentences],
    }
