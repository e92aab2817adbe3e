"""The desk, coaching notes and regrades through the API, for who manages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from enablement.models import AuditEvent, Person
from quizzes.models import Appeal, CoachingNote, Grade, Regrade
from tests.access.world import World, build_world
from tests.api.conftest import Program

pytestmark = pytest.mark.django_db
Programs = Callable[[Person], Program]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Both sides; each test's own changes are taken back after it, these after all."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def manager(world: World, program: Programs) -> Program:
    return program(world.north.manager)


def test_an_objection_is_decided_and_the_decision_taken_back(world: World, manager: Program) -> None:
    pk = world.north.places["answer"]["pk"]
    assert pk in [row["answer"] for row in manager.get("desk/").json()["results"]]
    assert [row["why"] for row in manager.get("desk/", why="objection").json()["results"]] == ["objection"]
    assert manager.get("desk/", why="x").status_code == 400
    sheet = manager.get(f"desk/{pk}/").json()
    names = [check["name"] for check in sheet["checks"]]
    assert world.north.private in str(sheet["checks"])
    decided = manager.post(f"desk/{pk}/", {"met": names, "note": "Right.", "seen": sheet["seen"]}).json()
    assert (decided["decided_by"], decided["waits"]) == ("max", False)
    assert Grade.objects.get(answer=pk).correct
    assert set(Appeal.objects.filter(answer=pk).values_list("note", flat=True)) == {"Right."}
    late = manager.post(f"desk/{pk}/", {"met": [], "seen": sheet["seen"]})
    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    assert manager.post(f"desk/{pk}/undo/", {}).json()["waits"]
    assert manager.post(f"desk/{pk}/undo/", {}).status_code == 409
    assert manager.post(f"desk/{pk}/", {"met": ["nothing"]}).json()["errors"].keys() == {"met"}


def test_a_note_is_answered_and_ended(world: World, manager: Program, program: Programs) -> None:
    pk, rep = world.north.places["coaching note"]["pk"], program(world.north.rep)
    (listed,) = rep.get("coaching-notes/").json()["results"]
    assert (listed["id"], listed["by"]) == (pk, "max")
    answered = rep.post(f"coaching-notes/{pk}/replies/", {"text": "I will."}).json()
    assert [reply["text"] for reply in answered["replies"]] == ["I will."]
    assert answered["figures"]["verdict"]
    assert rep.post(f"coaching-notes/{pk}/end/", {}).status_code == 404
    assert manager.post(f"coaching-notes/{pk}/end/", {}).json()["note"]["ended_at"]
    assert not manager.post(f"coaching-notes/{pk}/end/", {"undo": True}).json()["note"]["ended_at"]


def test_a_note_needs_questions_and_somebody_one_manages(world: World, manager: Program) -> None:
    keys = [focus["key"] for focus in manager.get("coaching-notes/focuses/ada/").json()]
    assert manager.get("coaching-notes/focuses/zoe/").status_code == 404
    note = {"person": "ada", "text": "Look at this again.", "focus": keys[:1] or ["topic:doors:parts"]}
    refused = manager.post("coaching-notes/", note)
    # The world has too few questions for a note and its re-check.
    assert refused.json()["errors"].keys() == {"focus"}
    assert CoachingNote.objects.count() == 2


def test_a_regrade_is_looked_at_applied_and_taken_back(world: World, manager: Program) -> None:
    quiz, person = world.north.places["handed-in quiz"]["slug"], world.north.rep
    before = list(Grade.objects.filter(answer__attempt__person=person).values_list("answer", "score"))
    asked = manager.post("regrades/", {"quiz": quiz, "way": "accept", "reason": "It was unclear."})
    assert asked.status_code == 201, asked.content
    plan = asked.json()
    assert (plan["regrade"]["state"], plan["attempts"]) == ("ready", 1)
    assert plan["effects"][0]["person"] == "ada"
    assert list(Grade.objects.filter(answer__attempt__person=person).values_list("answer", "score")) == before
    place = f"regrades/{plan['regrade']['id']}/"
    assert manager.post(f"{place}again/", {}).json()["lines"] == plan["lines"]
    applied = manager.post(f"{place}apply/", {}).json()
    assert (applied["regrade"]["state"], applied["applied"]) == ("applied", plan["lines"])
    assert manager.post(f"{place}apply/", {}).status_code == 409
    assert manager.post(f"{place}undo/", {}).json()["regrade"]["state"] == "undone"
    assert AuditEvent.objects.filter(actor=world.north.manager, verb="undo_regrade").exists()


def test_a_regrade_of_nothing_is_said(world: World, manager: Program) -> None:
    count = Regrade.objects.count()
    for body in ({}, {"question": "nothing"}):
        refused = manager.post("regrades/", body | {"way": "void", "reason": "It is wrong."})
        assert refused.json()["errors"].keys() == {"question"}
    assert Regrade.objects.count() == count
