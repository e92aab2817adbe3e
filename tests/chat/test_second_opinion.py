"""A model's second opinion: only where it is wanted, in one strict form, and never alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from enablement.chat.breaker import Breaker
from enablement.chat.limits import Limits
from enablement.chat.second_opinion import Opinion, is_asked, read_reply, second_opinion
from enablement.judges import sorting
from enablement.judges.training import train_sorting
from enablement.judging import judge_statement
from enablement.models import Distinction, Lesson, ModelCall, Person
from tests.chat import model_server
from tests.chat.conftest import NO_WORD, QUICK
from tests.chat.model_server import ModelServer

STATEMENT = "The key is stuck in the lock and nothing else is wrong with the door"
NAMES = {"key", "swing"}


def seen(**signals: Any) -> str:
    rows = {name: {"there": bool(quote), "quote": quote} for name, quote in signals.items()}
    return json.dumps({"signals": rows})


GOOD = seen(key="The key is stuck", swing="")


@pytest.fixture
def distinction(released_lesson: Lesson) -> Distinction:
    return Distinction.objects.prefetch_related("signals").get()


@pytest.fixture
def names(distinction: Distinction) -> list[str]:
    return [signal.name for signal in distinction.signals.all()]


@pytest.fixture
def saying(model: ModelServer, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """Let the model say something; it is asked for second opinions."""
    settings.SECOND_OPINION = True

    def say(text: str) -> None:
        monkeypatch.setitem(model_server.TEXTS, "opinion", text)
        model.mode = "opinion"

    return say


def asked(person: Person, distinction: Distinction, limits: Limits = QUICK) -> Opinion | None:
    return second_opinion(person, distinction, STATEMENT, limits=limits, breaker=Breaker())


def test_a_reply_in_the_form_is_read() -> None:
    assert read_reply(f"\n{GOOD}\n", NAMES, STATEMENT) == {"key"}
    assert read_reply(seen(key="", swing=""), NAMES, STATEMENT) == set()
    assert read_reply(seen(key="the KEY  is\nstuck", swing=""), NAMES, STATEMENT) == {"key"}


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "The key is the problem.",
        f"```json\n{GOOD}\n```",
        f"{GOOD} I hope this helps!",
        "[" * 5_000,
        "null",
        '{"signals": []}',
        seen(key="The key is stuck"),
        seen(key="The key is stuck", swing="", price=""),
        seen(key="The key is broken", swing=""),
        seen(key="is", swing=""),
        '{"signals": {"key": {"there": true, "quote": ""}, "swing": {"there": false, "quote": ""}}}',
        '{"signals": {"key": {"there": false, "quote": "The key"}, "swing": {"there": false, "quote": ""}}}',
        '{"signals": {"key": {"there": "yes", "quote": "The key"}, "swing": {"there": false, "quote": ""}}}',
        '{"signals": {"key": {"there": 1, "quote": "The key"}, "swing": {"there": false, "quote": ""}}}',
        GOOD[:-1] + ', "outcome": "hinge"}',
        GOOD.replace('"there": true', '"there": true, "say": "<script>"'),
        seen(key="x" * 5_000, swing=""),
    ],
)
def test_any_other_reply_is_no_opinion(reply: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_reply(reply, NAMES, STATEMENT)


def test_it_is_off_until_it_is_wanted_and_there_is_a_model(settings: Any) -> None:
    assert settings.SECOND_OPINION is False
    settings.OPENAI_API_KEY = "key"
    assert not is_asked()
    settings.SECOND_OPINION = True
    assert is_asked()
    settings.OPENAI_API_KEY = ""
    assert not is_asked()


def test_the_model_gets_the_statement_as_data_and_is_counted(
    saying: Any, model: ModelServer, distinction: Distinction, names: list[str], ada: Person
) -> None:
    saying(seen(**dict.fromkeys(names, "")))
    assert asked(ada, distinction) == Opinion(frozenset(), "stand-in")
    order, question = model.bodies[0]["messages"]
    assert json.loads(question["content"])["statement"] == STATEMENT
    assert STATEMENT not in order["content"]
    assert ModelCall.objects.get(person=ada).tokens_written > 0


@pytest.mark.parametrize(
    "mode", ["obey", "evil", "prose", "deep", "dump", "garbage", "page", "503", "silent", "flood"]
)
def test_a_model_that_fails_or_misbehaves_leaves_it_unsure(
    saying: Any, model: ModelServer, distinction: Distinction, ada: Person, mode: str
) -> None:
    model.mode = mode
    assert asked(ada, distinction, NO_WORD if mode == "silent" else QUICK) is None


def test_without_budget_nothing_is_asked(
    saying: Any, model: ModelServer, distinction: Distinction, ada: Person, settings: Any
) -> None:
    settings.MODEL_TOKENS_PERSON = 1
    assert asked(ada, distinction) is None
    assert model.calls == 0


@pytest.mark.usefixtures("encoder")
def test_only_what_both_take_for_the_likeliest_is_settled(
    saying: Any, model: ModelServer, distinction: Distinction, names: list[str], ada: Person, monkeypatch: Any
) -> None:
    train_sorting()
    monkeypatch.setattr(sorting, "MARGIN_OF_FEW", 0.5)  # The judge is sure of nothing.
    verdict = judge_statement(ada, STATEMENT)
    outcomes = list(distinction.outcomes.prefetch_related("signals"))
    best = sorting.best_outcome(outcomes, verdict.signals)
    there = {signal.name for signal in best.signals.all()}
    quoted = {name: "The key is stuck" if name in there else "" for name in names}
    saying(seen(**quoted))
    verdict = judge_statement(ada, STATEMENT)
    assert (verdict.outcome, verdict.settled_by) == (best.name, "stand-in")
    assert verdict.say == best.say
    saying(seen(**{name: "" if quote else "The key is stuck" for name, quote in quoted.items()}))
    verdict = judge_statement(ada, STATEMENT)
    assert (verdict.outcome, verdict.settled_by, verdict.say) == (sorting.UNSURE, "", "")


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize("text", ["Door", "Der Schlüssel ist nicht in dem Schloss und die Tür ist auch zu"])
def test_what_the_judge_cannot_read_is_not_sent_away(
    saying: Any, model: ModelServer, distinction: Distinction, ada: Person, text: str
) -> None:
    train_sorting()
    assert judge_statement(ada, text).outcome == sorting.UNSURE
    assert model.calls == 0
