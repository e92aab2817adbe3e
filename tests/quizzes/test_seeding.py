"""A made-up history: like life, the same by its seed, whole in every table, and never where people work."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from enablement.models import Membership, Person
from quizzes.evidence.keeping import differing_evidence
from quizzes.invariants import INVARIANTS
from quizzes.models import Answer, Attempt, Evidence, PracticeItem, Quiz
from quizzes.seeding.answering import Asked, make_mind, wrong_choice
from quizzes.seeding.people import make_people
from quizzes.seeding.seeding import remove_history, seed_history

UNTIL = datetime(2026, 6, 1, tzinfo=UTC)


def seed(number: int = 1) -> list[tuple[object, ...]]:
    seed_history(reps=14, answers=400, seed=number, weeks=8, until=UNTIL)
    rows = Evidence.objects.order_by("person__username", "at", "question__slug", "source", "pk")
    return list(rows.values_list("person__username", "at", "question__slug", "source", "chosen", "correct"))


def test_the_same_seed_makes_the_same_history_and_another_another(quiz: Quiz) -> None:
    first = seed()
    assert seed() == first
    assert seed(2) != first


def test_what_is_made_up_keeps_every_rule_of_the_store(quiz: Quiz) -> None:
    seed()
    assert Answer.objects.filter(attempt__state="submitted").count() >= 400
    assert PracticeItem.objects.exists()
    assert differing_evidence() == 0
    ours = [one for one in INVARIANTS if one.name != "deadlines"]
    assert {one.name: list(one.faults())[:2] for one in ours if list(one.faults())} == {}


def test_what_is_made_up_goes_without_a_trace(quiz: Quiz, ada: Person) -> None:
    seed()
    remove_history()
    assert [person.username for person in Person.objects.exclude(username="max")] == ["ada"]
    assert not Attempt.objects.exists()
    assert Membership.objects.count() == 1


def test_people_come_with_the_names_that_break_things() -> None:
    names = {f"{one.first} {one.last}" for one in make_people(500, Random(1))}
    for part in ("=", ",", '"', "🦊", "’", "美咲"):
        assert any(part in name for name in names)


@pytest.mark.parametrize(
    ("names", "correct"),
    [
        (("a", "b", "c"), ("a",)),
        (("a", "b", "c"), ("a", "b")),
        (("1:a", "1:b", "2:a", "2:b"), ("1:a", "2:b")),
        (tuple(f"{step}:{place}" for step in "xyz" for place in "123"), ("x:1", "y:2", "z:3")),
    ],
)
def test_a_wrong_answer_is_a_whole_answer_and_wrong(names: tuple[str, ...], correct: tuple[str, ...]) -> None:
    for number in range(30):
        chosen = wrong_choice(Asked("t", "easy", 0.2, names, correct), Random(number))
        assert chosen
        assert set(chosen) <= set(names)
        assert set(chosen) != set(correct)


def test_who_takes_one_outcome_for_another_does_so_more_often_than_the_reverse() -> None:
    minds = [make_mind(["t"], ["a", "b"], Random(number)) for number in range(200)]
    assert 100 < sum(bool(mind.takes) for mind in minds) < 170


def test_nothing_is_made_up_behind_tls(quiz: Quiz, settings: object) -> None:
    settings.BEHIND_TLS = True  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="a site that people work with"):
        call_command("seed_history", "--reps", "2", "--answers", "10")
    with pytest.raises(CommandError, match="a site that people work with"):
        call_command("seed_history", "--remove")


@pytest.mark.parametrize("wrong", [["--reps", "0"], ["--answers", "-1"], ["--until", "soon"]])
def test_numbers_out_of_range_are_said(quiz: Quiz, wrong: list[str]) -> None:
    with pytest.raises(CommandError, match=wrong[0]):
        call_command("seed_history", *wrong)


def test_the_team_page_is_recounted_from_the_answers(quiz: Quiz, capsys: pytest.CaptureFixture[str]) -> None:
    seed_history(reps=14, answers=400, seed=1, weeks=8, until=timezone.now())
    call_command("recount_reports", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["answers"] == told["listed"] >= 400
    assert all(told["compared"].values())
    Evidence.objects.filter(source="quiz").latest("at").delete()
    with pytest.raises(SystemExit):
        call_command("recount_reports")
    assert "Not the same." in capsys.readouterr().out
