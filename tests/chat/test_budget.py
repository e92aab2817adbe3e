"""What a day's answers may cost: enforced before the call, put down after it.

`DOSAY_FLOOD=10000 python -m pytest tests/chat/test_budget.py -k flood -s` asks that often, four at a time.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from enablement.api import limits
from enablement.chat import turns
from enablement.chat.at_once import MOST_AT_ONCE
from enablement.chat.breaker import Breaker
from enablement.models import ModelCall, Person, Surface, Turn, TurnState
from enablement.retrieval.search import Hit
from tests.access.callers import client_of
from tests.chat.conftest import QUESTION, QUICK
from tests.chat.model_server import ModelServer

FLOOD = int(os.environ.get("DOSAY_FLOOD", "9"))
# Room for a few calls.
BUDGET = 2_500


def answered(person: Person) -> Turn:
    turn = turns.ask(person, QUESTION, Surface.API)
    list(turns.answer(turn, limits=QUICK, breaker=Breaker()))
    return turn


def test_what_a_call_took_is_put_down(
    model: ModelServer, doors: list[Hit], ada: Person, settings: Any
) -> None:
    settings.MODEL_CENTS_READ, settings.MODEL_CENTS_WRITTEN = 15, 60
    model.usage = (1_000, 50)
    turn = answered(ada)
    call = ModelCall.objects.get(turn=turn)
    assert (call.person, call.tokens_read, call.tokens_written, call.measured) == (ada, 1_000, 50, True)
    assert call.cost == 1_000 * 15 + 50 * 60


def test_a_server_that_does_not_count_is_counted_for(
    model: ModelServer, doors: list[Hit], ada: Person
) -> None:
    answered(ada)
    call = ModelCall.objects.get()
    assert not call.measured
    assert 0 < call.tokens_written < QUICK.most_tokens
    assert call.tokens_read > 100


def test_a_call_that_failed_costs_nothing(model: ModelServer, doors: list[Hit], ada: Person) -> None:
    model.mode = "500"
    answered(ada)
    call = ModelCall.objects.get()
    assert (call.tokens_read, call.tokens_written) == (0, 0)


@pytest.mark.parametrize(
    ("setting", "whose"),
    [
        ("MODEL_TOKENS_PERSON", "yours"),
        ("MODEL_TOKENS_TEAM", "team North"),
        ("MODEL_TOKENS_DAY", "everybody together"),
    ],
)
def test_without_room_in_the_budget_nothing_is_sent_and_there_is_an_answer(
    setting: str, whose: str, model: ModelServer, doors: list[Hit], ada: Person, settings: Any
) -> None:
    setattr(settings, setting, 100)
    turn = answered(ada)
    assert model.calls == 0
    assert (turn.state, turn.engine) == (TurnState.DONE, "local")
    assert whose in turn.note
    assert turn.answer.startswith("A hinge carries the door.")


def test_what_others_spent_counts_for_the_team_and_not_for_oneself(
    model: ModelServer, doors: list[Hit], ada: Person, zoe: Person, settings: Any
) -> None:
    settings.MODEL_TOKENS_PERSON = 5_000
    ModelCall.objects.create(person=ada, model="x", tokens_read=5_000)
    assert "yours" in answered(ada).note
    assert answered(zoe).note == ""
    settings.MODEL_TOKENS_DAY = 6_000
    assert "everybody together" in answered(zoe).note


@pytest.mark.django_db(transaction=True)
def test_a_flood_spends_the_budget_and_no_more(
    model: ModelServer, doors: list[Hit], ada: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MODEL_TOKENS_PERSON = BUDGET
    # So many a minute come from one person only where nobody counts them.
    for throttle in limits.PersonThrottle.__subclasses__():
        monkeypatch.setattr(throttle, "rate", "100000/s")

    def ask(times: int) -> Counter[tuple[int, bool]]:
        program, told = client_of(ada), Counter[tuple[int, bool]]()
        try:
            for _ in range(times):
                answer = program.post("/api/v1/ask/", {"text": QUESTION}, content_type="application/json")
                told[answer.status_code, answer.json()["refused"]] += 1
        finally:
            connection.close()
        return told

    shares = [len(range(first, FLOOD, MOST_AT_ONCE)) for first in range(MOST_AT_ONCE)]
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        told = sum(pool.map(ask, shares), Counter[tuple[int, bool]]())
    assert told == {(200, False): FLOOD}
    took = [call.tokens_read + call.tokens_written for call in ModelCall.objects.all()]
    print(f"\n{FLOOD} questions, {model.calls} calls, {sum(took)} of {BUDGET} tokens")
    assert model.calls == len(took) < FLOOD
    assert 0 < sum(took) <= BUDGET
