"""The answers behind the reports, one by one, with the filters of the page of answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.paging import PARAMETERS, Pages, page_of
from quizzes.api.scoping import AnswerFilterSerializer, scope_of
from quizzes.reports.answers import answer_rows, answers_in


class AnswerRowSerializer(serializers.Serializer[Any]):
    """One answer. `true` and `chosen` are titles of outcomes, empty where nothing was sorted."""

    username = serializers.CharField()
    name = serializers.CharField()
    at = serializers.DateTimeField()
    source = serializers.CharField()  # type: ignore[assignment]
    lesson = serializers.CharField()
    topic = serializers.CharField()
    quiz = serializers.CharField()
    question = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)
    true = serializers.CharField()
    chosen = serializers.CharField()
    answered = serializers.BooleanField()
    correct = serializers.BooleanField(allow_null=True, help_text="Null while you have it open in a quiz.")
    result = serializers.CharField()
    is_held_back = serializers.BooleanField()


@extend_schema(
    responses=page_of("AnswerPage", AnswerRowSerializer(many=True)),
    parameters=[*PARAMETERS, AnswerFilterSerializer],
)
@api_view(["GET"])
def answer_results(request: Request) -> Response:
    """Your own answers; as a manager, those of the people you manage. The same rows as on the site."""
    person, pages = person_of(request), Pages()
    scope, given = scope_of(request, AnswerFilterSerializer)
    found = answers_in(scope, given)
    page = pages.paginate_queryset(found.values_list("pk", flat=True), request)
    rows = answer_rows(found.filter(pk__in=page or []), person)
    return pages.get_paginated_response([AnswerRowSerializer(row).data for row in rows])
