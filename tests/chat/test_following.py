"""Answers that are taken up again in the middle, or left for good."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from enablement.chat import following, turns
from enablement.chat.breaker import Breaker
from enablement.chat.events import ALIVE
from enablement.chat.writing import DESERTED
from enablement.models import Turn, TurnState
from enablement.retrieval.search import Hit
from tests.chat.conftest import QUICK
from tests.chat.model_server import WAITS_TO_BE_LEFT, ModelServer


def names(events: object) -> list[str]:
    return [event.name for event in events if event is not ALIVE]  # type: ignore[attr-defined]


def test_who_comes_later_hears_the_answer_from_its_beginning(doors: list[Hit], asked: Turn) -> None:
    heard = names(turns.answer(asked))
    assert names(following.follow(asked)) == heard
    assert heard[-1] == "done"


def test_a_second_listener_in_mid_answer_is_told_what_was_said(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = "held"
    first = turns.answer(asked, limits=QUICK, breaker=Breaker())
    while next(first).name != "token":
        pass
    second = turns.listen(Turn.objects.get(pk=asked.pk))
    assert [next(second).name, next(second).name] == ["citations", "token"]
    model.go_on.set()
    assert names(first)[-1] == "done"
    assert names(second)[-1] == "done"


def test_where_nothing_is_told_the_turn_is_elsewhere(asked: Turn) -> None:
    Turn.objects.update(engine="local")
    assert names(turns.listen(asked)) == ["elsewhere"]


def test_a_model_that_nobody_listens_to_any_more_is_hung_up_on(
    model: ModelServer, doors: list[Hit], asked: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "GRACE", 0.1)
    model.mode, limits = "silent", replace(QUICK, first_token=2.0)
    events = turns.answer(asked, limits=limits, breaker=Breaker())
    assert next(events) is ALIVE
    began = time.monotonic()
    events.close()
    assert time.monotonic() - began < limits.first_token
    assert model.left.wait(WAITS_TO_BE_LEFT)
    asked.refresh_from_db()
    assert (asked.state, asked.engine) == (TurnState.DONE, "local")
    assert asked.note.startswith(DESERTED)


def test_a_listener_that_leaves_in_the_middle_of_a_long_line_is_noticed(
    model: ModelServer, doors: list[Hit], asked: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "GRACE", 0.1)
    model.mode = "drip"
    events = turns.answer(asked, limits=QUICK, breaker=Breaker())
    assert next(events) is ALIVE
    events.close()
    assert model.left.wait(WAITS_TO_BE_LEFT)


def test_a_model_is_not_asked_for_those_who_have_left(
    model: ModelServer, doors: list[Hit], asked: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "GRACE", 0.0)
    following.note_left(asked)
    assert names(turns.answer(asked, limits=QUICK, breaker=Breaker()))[-1] == "done"
    assert not model.calls
    assert (asked.state, asked.engine) == (TurnState.DONE, "local")
    assert asked.note.startswith(DESERTED)
