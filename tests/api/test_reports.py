"""Reports through the API: on one person, on the questions of a quiz, on what people get wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from enablement.models import Person
from quizzes.attempts import start_attempt
from quizzes.models import Quiz
from tests.access.world import World, build_world
from tests.api.conftest import Program

pytestmark = pytest.mark.django_db
Of = Callable[[Person], Program]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def test_a_person_and_their_manager_read_the_same_report(world: World, program: Of) -> None:
    own = program(world.north.rep).get("reports/people/ada/").json()
    managers = program(world.north.manager).get("reports/people/ada/").json()
    assert own == managers
    assert (own["username"], len(own["attempts"])) == ("ada", 1)
    assert own["total"]["n"] == sum(topic["n"] for topic in own["topics"]) > 0
    assert own["slips"][0]["attempt"] == own["attempts"][0]["id"]
    for other in (world.south.rep, world.south.manager, world.editor):
        assert program(other).get("reports/people/ada/").status_code == 404


def test_who_has_the_quiz_open_reads_nothing_of_its_key(world: World, program: Of) -> None:
    manager, quiz = world.north.manager, Quiz.objects.get(slug=world.north.places["handed-in quiz"]["slug"])
    place = "reports/people/ada/"
    assert any(slip["question"]["shows_key"] for slip in program(manager).get(place).json()["slips"])
    with transaction.atomic():
        start_attempt(manager, quiz)
        slips = program(manager).get(place).json()["slips"]
        transaction.set_rollback(True)
    assert slips == []


def test_a_report_is_narrowed_and_a_slip_never_widens_it(world: World, program: Of) -> None:
    own = program(world.north.rep)
    assert own.get("reports/people/ada/", source="coach").json()["total"]["n"] == 0
    for place in ("reports/people/ada/", "reports/answers/"):
        for query in (
            {"lesson": "gates"},
            {"quiz": "no"},
            {"weeks": "5"},
            {"since": "x"},
            {"lessons": "doors"},
        ):
            refused = own.get(place, **query)
            assert (refused.status_code, refused.json()["errors"].keys()) == (400, query.keys()), place


def test_who_may_read_ones_results_is_named(world: World, program: Of) -> None:
    found = program(world.north.rep).get("reports/readers/").json()
    assert [(one["username"], one["teams"]) for one in found["managers"]] == [("max", ["North"])]
    assert [one["username"] for one in found["administrators"]] == ["root"]
    assert found["shares_answers"] is False


def test_the_questions_of_a_quiz_are_judged_by_first_attempts(world: World, program: Of) -> None:
    place = f"quizzes/{world.north.places['handed-in quiz']['slug']}/statistics/"
    found = program(world.editor).get(place).json()
    assert found["attempts"] == 1
    assert {item["verdict"] for item in found["items"]} == {"Too few answers"}
    assert program(world.north.manager).get(place).json() == found
    assert program(world.north.rep).get(place).status_code == 404


def test_what_people_get_wrong_is_for_editors(world: World, program: Of) -> None:
    found = program(world.editor).get("reports/content/doors/").json()
    assert (found["lesson"], found["days"]) == ("doors", 180)
    assert program(world.north.manager).get("reports/content/doors/").status_code == 404
