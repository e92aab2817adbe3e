"""What one was asked to do."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from quizzes.assignments.dates import Standing, end_of
from quizzes.assignments.overview import Task, tasks_of
from quizzes.deadlines import server_now
from quizzes.models import Goal
from quizzes.practice.days import zone_of


class AssignmentSerializer(serializers.Serializer[Any]):
    """An assignment of your own. `due_at` is the end of `due_on` in your time zone."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    goal = serializers.ChoiceField(choices=Goal.choices)
    quiz = serializers.CharField(allow_null=True)
    lesson = serializers.CharField()
    answers = serializers.IntegerField(help_text="Questions to practise; 0 for another goal.")
    answered = serializers.IntegerField(help_text="Questions practised so far.")
    note = serializers.CharField(allow_blank=True)
    given_by = serializers.CharField(allow_null=True)
    due_on = serializers.DateField()
    due_at = serializers.DateTimeField()
    standing = serializers.ChoiceField(choices=[(one.value, one.value) for one in Standing])
    done_at = serializers.DateTimeField(allow_null=True)


@extend_schema(responses=AssignmentSerializer(many=True))
@api_view(["GET"])
def assignments(request: Request) -> Response:
    """What you were asked to do: open ones first, the next due first."""
    return Response([_assignment(task) for task in tasks_of(person_of(request), server_now())])


def _assignment(task: Task) -> dict[str, Any]:
    one = task.assignment
    return {
        "id": one.pk,
        "title": one.title,
        "goal": one.goal,
        "quiz": one.quiz.slug if one.quiz else None,
        "lesson": one.of.slug,
        "answers": one.answers,
        "answered": task.fact.count,
        "note": one.note,
        "given_by": one.made_by.name if one.made_by else None,
        "due_on": task.due_on,
        "due_at": end_of(task.due_on, zone_of(task.person.time_zone)),
        "standing": task.standing,
        "done_at": task.fact.at,
    }
