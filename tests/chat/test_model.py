"""Answers with a language model, well-behaved and hostile: each comes to a proper end."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection

from enablement.chat import turns, writing
from enablement.chat.breaker import FAILURES, Breaker
from enablement.chat.limits import Limits
from enablement.chat.lines import LineBuffer
from enablement.chat.writing import LEFT_OUT, OWN_WORDS, WITHDRAWN
from enablement.models import Gap, Person, Surface, Turn, TurnState
from enablement.retrieval.search import Found, Hit
from tests.chat import model_server
from tests.chat.conftest import NO_END, NO_WORD, QUESTION, QUICK
from tests.chat.model_server import GOOD, WAITS_TO_BE_LEFT, ModelServer
from tests.chat.passages import hit

OWN = "A hinge carries the door. [1] It is made of brass. [1]"


def answered(turn: Turn, breaker: Breaker | None = None, limits: Limits = QUICK) -> list[str]:
    """Answer `turn` quickly and return the names of the events."""
    return [event.name for event in turns.answer(turn, limits=limits, breaker=breaker or Breaker())]


@pytest.mark.parametrize("mode", ["good", "no done", "cut short", "busy once", "fenced"])
def test_a_models_supported_sentences_are_the_answer(
    mode: str, model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = mode
    answered(asked)
    assert (asked.state, asked.engine, asked.note) == (TurnState.DONE, "stand-in", "")
    assert asked.answer == "A hinge carries the door. [1] Graphite helps where the key turns with effort. [2]"
    assert [cited.quote for cited in asked.citations.all()] == [
        "A hinge carries the door.",
        "Graphite helps where the key turns with effort.",
    ]


def test_sentences_that_no_passage_supports_are_left_out(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = "mixed"
    answered(asked)
    assert asked.answer == "A hinge carries the door. [1] Graphite helps where the key turns with effort. [2]"
    assert asked.note == LEFT_OUT


@pytest.mark.parametrize("mode", ["dump", "obey", "evil", "prose", "deep", "pointless", "mostly wrong"])
def test_a_text_that_loses_its_point_is_withdrawn(
    mode: str, model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = mode
    answered(asked)
    assert (asked.state, asked.engine, asked.note) == (TurnState.DONE, "local", WITHDRAWN)
    assert asked.answer.startswith(OWN)
    assert not any(word in asked.answer for word in ("PWNED", "evil", "<", "==="))


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("429", "too much to do"),
        ("500", "reported an error"),
        ("401", "OPENAI_API_KEY"),
        ("garbage", "not an answer"),
        ("wrong types", "not an answer"),
        ("page", "broke off"),
        ("no end", "broke off"),
        ("mid character", "not an answer"),
        ("flood", "far more"),
        ("silent", "in time"),
        ("stall", "in time"),
        ("drip", "in time"),
    ],
)
def test_whatever_a_model_does_there_is_an_answer_and_a_note(
    mode: str, reason: str, model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = mode
    began = time.monotonic()
    answered(asked, limits={"silent": NO_WORD, "stall": NO_END, "drip": NO_END}.get(mode, QUICK))
    assert time.monotonic() - began < WAITS_TO_BE_LEFT
    assert (asked.state, asked.engine) == (TurnState.DONE, "local")
    assert asked.answer.startswith(OWN)
    assert reason in asked.note
    assert asked.note.endswith(OWN_WORDS)
    assert "secret words" not in asked.note


WIRE = len(b"".join(model_server._said(GOOD)))


@pytest.mark.parametrize("at", [WIRE * part // 20 for part in range(20)])
def test_a_stream_that_is_cut_anywhere_leaves_an_answer_and_a_note(
    at: int, model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode, model.cut_at = "cut", at
    answered(asked)
    assert (asked.state, asked.engine) == (TurnState.DONE, "local")
    assert asked.answer.startswith(OWN)
    assert asked.note.endswith(OWN_WORDS)


@pytest.mark.parametrize("text", [GOOD, model_server.EVIL, model_server.OBEYED])
def test_where_a_text_is_cut_into_pieces_makes_no_difference(text: str) -> None:
    whole = LineBuffer()
    lines = [*whole.feed(text), *whole.flush()]
    for at in range(len(text)):
        buffer = LineBuffer()
        assert [*buffer.feed(text[:at]), *buffer.feed(text[at:]), *buffer.flush()] == lines


def test_no_server_at_all(model: ModelServer, doors: list[Hit], asked: Turn) -> None:
    model.shutdown()
    model.server_close()
    answered(asked)
    assert "could not be reached" in asked.note
    assert asked.answer.startswith(OWN)


def test_what_was_shown_of_a_broken_answer_is_taken_back(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = "stall"
    names = answered(asked, limits=NO_END)
    assert names.index("token") < names.index("withdrawn") < names.index("note") < len(names) - 1


def test_the_source_of_the_line_is_told_again_after_a_broken_answer_is_taken_back(
    model: ModelServer, doors: list[Hit], asked: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = hit("Doors last.", number=9, kind="guide_entry", field="do_say", slug="door-line")
    monkeypatch.setattr(writing, "find_approved_line", lambda *_: line)
    model.mode = "stall"
    events = list(turns.answer(asked, limits=NO_END, breaker=Breaker()))
    after = events[[event.name for event in events].index("withdrawn") + 1]
    assert after.name == "citations"
    assert [(cited["n"], cited["quote"]) for cited in after.data["citations"]] == [(1, "Doors last.")]


def test_a_model_may_say_that_the_passages_do_not_answer(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = "not covered"
    answered(asked)
    assert asked.state == TurnState.REFUSED
    assert Gap.objects.filter(turn=asked).exists()


def test_a_busy_model_is_asked_three_times_at_the_most(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = "500"
    answered(asked)
    assert model.calls == 1 + QUICK.retries


def test_after_the_first_word_nothing_is_tried_again(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = "no end"
    answered(asked)
    assert model.calls == 1


def test_a_model_that_keeps_failing_is_left_alone(model: ModelServer, doors: list[Hit], ada: Person) -> None:
    model.mode, breaker = "no end", Breaker()
    for _ in range(FAILURES):
        answered(turns.ask(ada, QUESTION, Surface.API), breaker)
    calls = model.calls
    last = turns.ask(ada, QUESTION, Surface.API)
    answered(last, breaker)
    assert model.calls == calls
    assert "left alone" in last.note
    assert last.answer.startswith(OWN)


def test_stopping_keeps_what_is_written_and_hangs_up_on_the_model(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = "stall"
    events = turns.answer(asked)
    while next(events).name != "token":
        pass
    turns.stop(asked)
    names = [event.name for event in events]
    assert names == ["done"]
    assert (asked.state, asked.engine) == (TurnState.STOPPED, "stand-in")
    assert asked.answer == "A hinge carries the door. [1]"
    assert model.left.wait(WAITS_TO_BE_LEFT)


def test_an_answer_whose_listener_leaves_is_written_to_its_end(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    model.mode = "held"
    events = turns.answer(asked)
    while next(events).name != "token":
        pass
    threading.Timer(0.2, model.go_on.set).start()
    events.close()
    asked.refresh_from_db()
    assert asked.state == TurnState.DONE
    assert asked.answer.startswith("A hinge carries the door. [1]")


@pytest.mark.django_db(transaction=True)
def test_no_connection_to_the_database_is_held_while_a_model_talks(
    model: ModelServer, doors: list[Hit], asked: Turn
) -> None:
    events = turns.answer(asked)
    while next(events).name != "token":
        pass
    assert connection.connection is None
    assert list(events)[-1].name == "done"
    assert Turn.objects.get().state == TurnState.DONE


def test_the_question_reaches_the_model_as_fenced_data(
    model: ModelServer, doors: list[Hit], ada: Person
) -> None:
    question = "What does a hinge carry? A hinge carries a door, does it not?"
    answered(turns.ask(ada, question, Surface.API))
    rules, data = model.bodies[0]["messages"]
    fence = data["content"].split(" passage 1")[0]
    assert fence in rules["content"]
    assert question not in rules["content"]
    assert f"{fence} question\n{question}\n\n{fence} end" in data["content"]
    assert model.bodies[0]["temperature"] == 0


def test_a_follow_up_reaches_the_model_as_what_it_means_in_the_conversation(
    model: ModelServer, doors: list[Hit], asked: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(asked)
    looked_for: list[str] = []
    monkeypatch.setattr(writing, "search", lambda text, *_, **__: looked_for.append(text) or Found(doors))
    person, conversation = asked.conversation.person, asked.conversation
    follow_up = turns.ask(person, "and what does that carry?", Surface.BROWSER, conversation)
    answered(follow_up)
    assert (follow_up.state, follow_up.engine) == (TurnState.DONE, "stand-in")
    assert follow_up.understood == "what does Hinge carry?"
    assert looked_for == [follow_up.understood]
    told = model.bodies[-1]["messages"][-1]["content"]
    assert "question\nwhat does Hinge carry?\n" in told
    assert "and what does that" not in told
