"""How good the questions of a quiz are, for editors and managers."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from quizzes.models import Quiz
from quizzes.statistics.item_report import quiz_statistics, readable


class OptionFiguresSerializer(serializers.Serializer[Any]):
    """How often an option was chosen, and how its choosers did on the rest (0 to 1)."""

    name = serializers.CharField(source="figures.name")
    text = serializers.CharField()
    is_right = serializers.BooleanField()
    misconception = serializers.CharField()
    count = serializers.IntegerField(source="figures.count")
    rest = serializers.FloatField(source="figures.rest", allow_null=True)


class ItemSerializer(serializers.Serializer[Any]):
    """A question. `difficulty` is the mean score (0 to 1, a high one is easy), `discrimination` from -1 to 1,
    `seconds` the median. `verdict` says whether to look at it, `reasons` why."""

    question = serializers.CharField(source="question.slug")
    prompt = serializers.CharField(source="question.prompt")
    topic = serializers.CharField(source="question.topic")
    version = serializers.IntegerField(source="question.version")
    n = serializers.IntegerField(source="figures.n", default=0)
    difficulty = serializers.FloatField(source="figures.difficulty", default=None, allow_null=True)
    discrimination = serializers.FloatField(source="figures.discrimination", default=None, allow_null=True)
    seconds = serializers.FloatField(source="figures.seconds", default=None, allow_null=True)
    verdict = serializers.CharField(source="verdict.label")
    reasons = serializers.ListField(source="verdict.reasons", child=serializers.CharField())
    options = OptionFiguresSerializer(many=True)


class ReliabilitySerializer(serializers.Serializer[Any]):
    """Cronbach’s alpha with the limits of its 95 % interval."""

    alpha = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    people = serializers.IntegerField()
    items = serializers.IntegerField()
    estimated = serializers.BooleanField(help_text="People were asked different questions.")


class QuizStatisticsSerializer(serializers.Serializer[Any]):
    """First finished attempts of everybody (for an editor), or of the people you manage."""

    quiz = serializers.CharField()
    attempts = serializers.IntegerField()
    consistency = serializers.CharField()
    reliability = ReliabilitySerializer(allow_null=True)
    items = ItemSerializer(many=True)


@extend_schema(operation_id="quiz_statistics", responses=QuizStatisticsSerializer)
@api_view(["GET"])
def quiz_statistics_of(request: Request, slug: str) -> Response:
    """The figures of one quiz, question by question; not while you have it open: they show what is right."""
    person = person_of(request)
    quiz = get_object_or_404(Quiz.objects.visible_to(person).select_related("lesson"), slug=slug)
    attempts = readable(quiz, person)
    if attempts is None:
        raise Http404
    found = quiz_statistics(quiz, attempts)
    whole = {
        "quiz": quiz.slug,
        "attempts": found.attempts,
        "consistency": found.consistency,
        "reliability": found.reliability,
        "items": found.items,
    }
    return Response(QuizStatisticsSerializer(whole).data)
