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
from quizzes.reports.counts import Cell, Confusion
from quizzes.reports.teams import MemberRow, TeamReport, team_reports


class TopicSerializer(serializers.Serializer[Any]):
    """Right answers on a topic. No share is given for fewer than five."""

    topic = serializers.CharField()
    n = serializers.IntegerField()
    right = serializers.IntegerField()
    per_cent = serializers.IntegerField(allow_null=True)


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
    """One member's attempts and answers. Scores run from 0 to 1."""

    username = serializers.CharField()
    name = serializers.CharField()
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


@extend_schema(responses=TeamSerializer(many=True))
@api_view(["GET"])
def team_results(request: Request) -> Response:
    """The results of every team you manage; nothing, if you manage none."""
    return Response([_team(report) for report in team_reports(person_of(request))])


@extend_schema(responses=TeamSerializer)
@api_view(["GET"])
def one_teams_results(request: Request, slug: str) -> Response:
    """The results of one team that you manage."""
    reports = team_reports(person_of(request), slug=slug)
    if not reports:
        raise NotFound("There is no team by that name that you manage.")
    return Response(_team(reports[0]))


def _team(report: TeamReport) -> dict[str, Any]:
    return {
        "slug": report.team.slug,
        "name": report.team.name,
        "members": [_member(report.topics, row) for row in report.members],
        "topics": _topics(report.topics, report.totals),
        "confusions": [_confusion(confusion) for confusion in report.confusions],
    }


def _member(topics: list[str], row: MemberRow) -> dict[str, Any]:
    return {
        "username": row.person.username,
        "name": row.person.name,
        "attempts": row.standing.attempts,
        "last_score": row.standing.last,
        "best_score": row.standing.best,
        "last_at": row.standing.last_at,
        "topics": _topics(topics, row.cells),
        "confusions": [_confusion(confusion) for confusion in row.confusions],
    }


def _topics(topics: list[str], cells: list[Cell]) -> list[dict[str, Any]]:
    pairs = zip(topics, cells, strict=True)
    return [
        {"topic": topic, "n": cell.n, "right": cell.right, "per_cent": cell.per_cent} for topic, cell in pairs
    ]


def _confusion(confusion: Confusion) -> dict[str, Any]:
    return {
        "distinction": confusion.slug,
        "counts": [
            {"true": true, "chosen": chosen, "n": n} for (true, chosen), n in confusion.counts.items()
        ],
        "sentences": [sentence.text for sentence in confusion.sentences],
    }
