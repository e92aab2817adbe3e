"""Distinctions, ladders, spoken answers and disagreements in the API, and lists of one lesson."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enablement.lessons.load import load_lessons
from enablement.models import Card, Person, State
from tests.api.conftest import Program
from tests.small_lesson import small_lesson

pytestmark = pytest.mark.django_db
Of = Callable[[Person], Program]


@pytest.fixture
def rep(ada: Person, program: Of) -> Program:
    load_lessons([small_lesson("doors"), small_lesson("gates")])
    return program(ada)


def test_a_distinction_says_what_to_listen_for_and_what_it_comes_to(rep: Program) -> None:
    found = rep.get("distinctions/door-problem/").json()
    assert [signal["name"] for signal in found["signals"]] == ["lock", "hinge"]
    outcome = found["outcomes"][0]
    assert (outcome["signals"], outcome["say"]) == (["lock"], "That sounds like the lock.")
    assert [card["slug"] for card in outcome["cards"]] == ["door-lock"]
    # What quizzes ask about is not handed out with its answers.
    assert "side door" not in str(found)


def test_a_ladder_can_be_walked(rep: Program) -> None:
    found = rep.get("ladders/door-repair/").json()
    steps = {step["slug"] for step in found["steps"]}
    first = found["questions"][0]
    assert first["text"]
    assert {first["yes_step"], first["no_step"]} - {None} <= steps


def test_a_spoken_answer_and_a_disagreement_are_read(rep: Program) -> None:
    assert rep.get("scripts/door-which-first/").json()["answer"].startswith("First we listen")
    found = rep.get("disagreements/door-oil-or-graphite/").json()
    assert [one["stance"] for one in found["positions"]] == ["Oil belongs there.", "Oil gums up."]
    assert found["positions"][0]["sources"][0]["slug"] == "door-manual"


def test_a_card_that_one_may_not_see_is_named_nowhere(rep: Program) -> None:
    Card.objects.filter(slug="door-lock").update(state=State.DRAFT)
    for name in ("distinctions", "ladders", "scripts", "disagreements"):
        assert "/cards/door-lock/" not in rep.get(f"{name}/").content.decode()


@pytest.mark.parametrize("name", ["cards", "terms", "guide-entries", "distinctions", "scripts"])
def test_a_list_is_narrowed_to_a_lesson(rep: Program, name: str) -> None:
    assert {one["lesson"] for one in rep.get(f"{name}/").json()["results"]} == {"doors", "gates"}
    narrowed = rep.get(f"{name}/", lesson="gates", limit="1").json()
    assert {one["lesson"] for one in narrowed["results"]} == {"gates"}
    assert rep.get(f"{name}/", lessons="gates").json()["errors"].keys() == {"lessons"}
    assert rep.get(f"{name}/", lesson="no lesson").json()["errors"].keys() == {"lesson"}
