"""Assignments through the API: given, looked after, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from enablement.models import AuditEvent, Lesson, Person
from quizzes.models import Assignment
from tests.api.conftest import Program

Programs = Callable[[Person], Program]
DUE = str((timezone.now() + timedelta(days=10)).date())
LATER = str((timezone.now() + timedelta(days=20)).date())
READ = {"lesson": "doors", "team": "north", "due_on": DUE, "note": "Before the fair."}


@pytest.fixture
def given(released_lesson: Lesson, program: Programs, ada: Person, max: Person) -> int:
    made = program(max).post("assignments/", READ)
    assert made.status_code == 201, made.content
    return int(made.json()["assignment"]["id"])


def test_it_is_given_read_and_done(given: int, program: Programs, ada: Person, max: Person) -> None:
    (mine,) = program(ada).get("assignments/").json()
    assert (mine["note"], mine["standing"]) == ("Before the fair.", "open")
    assert program(ada).post(f"assignments/{given}/read/", {}).json()["standing"] == "done"
    (board,) = program(max).get("assignments/given/").json()
    assert (board["done"], board["open"]) == (1, 0)


def test_it_is_moved_extended_excused_and_withdrawn(given: int, program: Programs, max: Person) -> None:
    manager, place = program(max), f"assignments/given/{given}/"
    moved = manager.post(f"{place}move/", {"due_on": LATER}).json()
    assert moved["assignment"]["due_on"] == LATER
    extended = manager.post(f"{place}extend/", {"person": "ada", "due_on": DUE}).json()
    assert [one["due_on"] for one in extended["people"]] == [DUE]
    excused = manager.post(f"{place}excuse/", {"person": "ada"}).json()
    assert [one["standing"] for one in excused["people"]] == ["excused"]
    assert manager.post(f"{place}withdraw/", {}).json()["assignment"]["withdrawn_at"]
    assert not manager.post(f"{place}withdraw/", {"undo": True}).json()["assignment"]["withdrawn_at"]
    verbs = set(AuditEvent.objects.filter(actor=max).values_list("verb", flat=True))
    assert verbs >= {"give_assignment", "move_assignment", "extend_assignment", "withdraw_assignment"}


def test_a_rep_gives_nothing(released_lesson: Lesson, program: Programs, ada: Person) -> None:
    assert program(ada).post("assignments/", READ).status_code == 404
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"quiz": "doors"}, "quiz"),
        ({"person": "ada"}, "team"),
        ({"lesson": "nothing"}, "body"),
        ({"team": "south"}, "body"),
        ({"due_on": "2020-01-01"}, "body"),
        ({"due_on": "soon"}, "due_on"),
        ({"answers": 0}, "answers"),
    ],
)
def test_bad_input_is_said(
    released_lesson: Lesson, program: Programs, max: Person, change: dict[str, object], about: str
) -> None:
    refused = program(max).post("assignments/", READ | change)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [about])
    assert not Assignment.objects.exists()
