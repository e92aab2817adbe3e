"""What people get wrong, by the content it is about: for editors, and about nobody by name."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.models import Lesson
from quizzes.deadlines import server_now
from quizzes.reports.content import LOOKED_BACK, content_report
from quizzes.reports.counts import Cell


class RightShareSerializer(serializers.Serializer[Any]):
    """So many of `n` right, with the 95 % interval in whole per cent. No share for fewer than five."""

    n = serializers.IntegerField()
    right = serializers.IntegerField()
    per_cent = serializers.IntegerField(allow_null=True)
    low = serializers.SerializerMethodField()
    high = serializers.SerializerMethodField()

    def get_low(self, cell: Cell) -> int:
        return cell.interval[0]

    def get_high(self, cell: Cell) -> int:
        return cell.interval[1]


class BeliefSerializer(serializers.Serializer[Any]):
    """What people who chose a wrong option take to be true, and how many did."""

    text = serializers.CharField()
    count = serializers.IntegerField()


class MissedSerializer(serializers.Serializer[Any]):
    """A card or guide entry with the answers to questions about it."""

    kind = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    answers = RightShareSerializer(source="cell")
    beliefs = BeliefSerializer(many=True)


class HelpedSerializer(serializers.Serializer[Any]):
    """Of those who were wrong about a card, how many were right the next time: after reading it, and not."""

    title = serializers.CharField()
    url = serializers.CharField()
    read = RightShareSerializer()
    not_read = RightShareSerializer()
    finding = serializers.CharField()


class ContentReportSerializer(serializers.Serializer[Any]):
    """The last `days` days: what is missed beyond chance comes first; which cards helped."""

    lesson = serializers.CharField()
    days = serializers.IntegerField()
    missed = MissedSerializer(many=True)
    helped = HelpedSerializer(many=True)


@extend_schema(operation_id="content_report", responses=ContentReportSerializer)
@api_view(["GET"])
def content_results(request: Request, slug: str) -> Response:
    """What people get wrong about a lesson, and which cards helped, everybody together."""
    lesson = get_object_or_404(Lesson.objects.visible_to(editor_of(request)), slug=slug)
    found = content_report(lesson, server_now())
    whole = {
        "lesson": lesson.slug,
        "days": LOOKED_BACK.days,
        "missed": found.missed,
        "helped": found.helped,
    }
    return Response(ContentReportSerializer(whole).data)
