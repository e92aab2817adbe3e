"""What one was asked to do."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from quizzes.api import giving
from quizzes.assignments.dates import Standing, end_of
from quizzes.assignments.overview import Task, task_of, tasks_of
from quizzes.assignments.readings import note_read
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


@extend_schema(methods=["GET"], responses=AssignmentSerializer(many=True))
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=giving.GiveSerializer,
    responses={201: giving.WholeBoardSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def assignments(request: Request) -> Response:
    """What you were asked to do: open ones first, the next due first. A manager gives something by POST."""
    if request.method == "POST":
        return giving.give(request)
    return Response([_assignment(task) for task in tasks_of(person_of(request), server_now())])


@extend_schema(parameters=[PARAMETER], request=None, responses=AssignmentSerializer)
@api_view(["POST"])
@idempotent
def assignment_read(request: Request, pk: str) -> Response:
    """Say that you have read the lesson of an assignment of yours."""
    person, now = person_of(request), server_now()
    task = task_of(person, int(pk), now)
    if task is None or task.assignment.goal != Goal.LESSON:
        raise Http404
    note_read(person, task.assignment.of, now=now)
    return Response(_assignment(task_of(person, int(pk), now) or task))


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
