"""Assignments for who manages: given, moved, withdrawn, and what is agreed with single people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import manager_of
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from enablement.models import Person
from quizzes.assignments import giving
from quizzes.assignments.audience import managed_assignments, managed_people_of
from quizzes.assignments.choices import ROLES, read_wanted
from quizzes.assignments.dates import Standing
from quizzes.assignments.giving import LONGEST_NOTE, MOST_ANSWERS, BadAssignment
from quizzes.assignments.overview import Board, board_of, boards_of
from quizzes.deadlines import server_now
from quizzes.models import Assignment, Goal


class GiveSerializer(InputSerializer):
    """What is to be done (`quiz`, or `lesson` to read, or so many `answers` of it) and who is to do it.

    One of `team`, `person` (a user name) and `role`. With `only_new`, what was done earlier does not count.
    """

    quiz = SentSlugField(max_length=80, required=False)
    lesson = SentSlugField(max_length=80, required=False)
    answers = serializers.IntegerField(min_value=1, max_value=MOST_ANSWERS, required=False)
    team = SentSlugField(max_length=80, required=False)
    person = StringField(max_length=150, required=False)
    role = serializers.ChoiceField(choices=[(role.value, role.label) for role in ROLES], required=False)
    due_on = serializers.DateField()
    note = StringField(max_length=LONGEST_NOTE, required=False)
    only_new = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("quiz" in attrs) == ("lesson" in attrs):
            raise ValidationError({"quiz": ["Name a quiz or a lesson, and not both."]})
        if "answers" in attrs and "lesson" not in attrs:
            raise ValidationError({"answers": ["Only a lesson is practised; a quiz is passed."]})
        if sum(name in attrs for name in ("team", "person", "role")) != 1:
            raise ValidationError({"team": ["Name a team, a person or a role: one of the three."]})
        return attrs


class MoveSerializer(InputSerializer):
    """Another day for everybody."""

    due_on = serializers.DateField()


class UndoSerializer(InputSerializer):
    """With `undo`, it is taken back."""

    undo = serializers.BooleanField(required=False)


class ExcuseSerializer(UndoSerializer):
    """Whom to excuse, by user name."""

    person = StringField(max_length=150)


class ExtendSerializer(InputSerializer):
    """Another day for one person, by user name; null goes back to everybody's."""

    person = StringField(max_length=150)
    due_on = serializers.DateField(allow_null=True)


class TaskSerializer(serializers.Serializer[Any]):
    """How one person stands."""

    username = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.name")
    due_on = serializers.DateField()
    standing = serializers.ChoiceField(choices=[(one.value, one.value) for one in Standing])
    answered = serializers.IntegerField(source="fact.count", help_text="Questions practised so far.")
    done_at = serializers.DateTimeField(source="fact.at", allow_null=True)


class GivenSerializer(serializers.ModelSerializer[Assignment]):
    """An assignment that you gave, or that holds for people you manage."""

    title = serializers.CharField()
    goal = serializers.ChoiceField(choices=Goal.choices)
    quiz = serializers.CharField(source="quiz.slug", default=None, allow_null=True)
    lesson = serializers.CharField(source="of.slug")
    team = serializers.CharField(source="team.slug", default=None, allow_null=True)
    person = serializers.CharField(source="person.username", default=None, allow_null=True)
    role = serializers.CharField(help_text="Empty where it is for a team or a person.")
    given_by = serializers.CharField(source="made_by.username", default=None, allow_null=True)

    class Meta:
        model = Assignment
        fields = [
            *("id", "title", "goal", "quiz", "lesson", "answers", "team", "person", "role", "note"),
            *("due_on", "counts_earlier", "given_by", "made_at", "withdrawn_at"),
        ]


class BoardSerializer(serializers.Serializer[Any]):
    """An assignment and how many of the people you manage are where with it."""

    assignment = GivenSerializer()
    done = serializers.IntegerField()
    open = serializers.IntegerField(source="still_open")
    excused = serializers.IntegerField()


class WholeBoardSerializer(BoardSerializer):
    """The same with everybody, open ones first."""

    people = TaskSerializer(source="tasks", many=True)


def give(request: Request) -> Response:
    """Give something to do, and tell whom it is for."""
    maker, sent = manager_of(request), read_sent(GiveSerializer, request.data)
    practice = "practice" if "answers" in sent else "lesson"
    what = f"quiz:{sent['quiz']}" if "quiz" in sent else f"{practice}:{sent['lesson']}"
    whose = next(f"{kind}:{sent[kind]}" for kind in ("team", "person", "role") if kind in sent)
    try:
        wanted = read_wanted(maker, what, whose, str(sent.get("answers", "")))
        made = giving.give_assignment(
            maker,
            wanted,
            sent["due_on"],
            note=sent.get("note", ""),
            counts_earlier=not sent.get("only_new", False),
            now=server_now(),
        )
    except BadAssignment as problem:
        raise ValidationError(str(problem)) from None
    return _shown(made, maker, status=201)


@extend_schema(operation_id="given_list", responses=BoardSerializer(many=True))
@api_view(["GET"])
def given(request: Request) -> Response:
    """What was given to the people you manage, the next due first, but for what is over for a month."""
    boards: list[Board] = boards_of(manager_of(request), server_now())
    return Response(BoardSerializer(boards, many=True).data)


@extend_schema(operation_id="given_retrieve", responses=WholeBoardSerializer)
@api_view(["GET"])
def given_one(request: Request, pk: int) -> Response:
    """One of them, with everybody."""
    return _shown(_managed(request, pk), manager_of(request))


@extend_schema(parameters=[PARAMETER], request=MoveSerializer, responses=WholeBoardSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def given_move(request: Request, pk: int) -> Response:
    """Give everybody another day."""
    found, manager = _managed(request, pk), manager_of(request)
    due_on: date = read_sent(MoveSerializer, request.data)["due_on"]
    try:
        giving.move_assignment(found, due_on, manager, now=server_now())
    except BadAssignment as problem:
        raise ValidationError({"due_on": [str(problem)]}) from None
    return _shown(found, manager)


@extend_schema(parameters=[PARAMETER], request=UndoSerializer, responses=WholeBoardSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def given_withdraw(request: Request, pk: int) -> Response:
    """Take it back from everybody; with `undo`, let it stand again."""
    found, manager = _managed(request, pk), manager_of(request)
    undo = read_sent(UndoSerializer, request.data).get("undo", False)
    giving.withdraw_assignment(found, manager, withdrawn=not undo, now=server_now())
    return _shown(found, manager)


@extend_schema(parameters=[PARAMETER], request=ExcuseSerializer, responses=WholeBoardSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def given_excuse(request: Request, pk: int) -> Response:
    """Ask nothing of one person any more; with `undo`, ask it again."""
    found, manager = _managed(request, pk), manager_of(request)
    sent = read_sent(ExcuseSerializer, request.data)
    person = _person(found, manager, sent["person"])
    giving.excuse_place(found, person, manager, excused=not sent.get("undo", False), now=server_now())
    return _shown(found, manager)


@extend_schema(parameters=[PARAMETER], request=ExtendSerializer, responses=WholeBoardSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def given_extend(request: Request, pk: int) -> Response:
    """Agree on another day with one person."""
    found, manager = _managed(request, pk), manager_of(request)
    sent = read_sent(ExtendSerializer, request.data)
    try:
        giving.extend_place(
            found, _person(found, manager, sent["person"]), sent["due_on"], manager, now=server_now()
        )
    except BadAssignment as problem:
        raise ValidationError({"due_on": [str(problem)]}) from None
    return _shown(found, manager)


def _managed(request: Request, pk: int) -> Assignment:
    return get_object_or_404(managed_assignments(manager_of(request)), pk=pk)


def _person(assignment: Assignment, manager: Person, username: str) -> Person:
    return get_object_or_404(managed_people_of(assignment, manager), username=username)


def _shown(assignment: Assignment, reader: Person, status: int = 200) -> Response:
    board = board_of(assignment, reader, server_now())
    return Response(WholeBoardSerializer(board).data, status=status)
