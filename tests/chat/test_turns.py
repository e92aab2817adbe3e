"""A turn from question to end state, without a language model."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError
from django.test import Client

from enablement.chat import turns, writing
from enablement.chat.at_once import MOST_AT_ONCE, TooManyAtOnce
from enablement.chat.shape import answer_json
from enablement.chat.writing import ENGLISH
from enablement.models import Delivery, Gap, Person, Surface, Turn, TurnState
from enablement.retrieval.search import Found, Hit
from enablement.texts import MAX_QUESTION, BadText
from tests.chat.conftest import QUESTION
from tests.chat.passages import far_hits, hit

KEYS = {"answer", "refused", "engine", "citations", "say", "nearest"}


def test_an_answer_is_stored_with_its_citations_and_deliveries(doors: list[Hit], ada: Person) -> None:
    turn = turns.answer_now(ada, QUESTION, Surface.COMMAND)
    assert (turn.state, turn.engine) == (TurnState.DONE, "local")
    assert turn.answer.startswith("A hinge carries the door. [1] It is made of brass. [1]")
    first = turn.citations.get(n=1)
    assert first.quote in doors[0].text
    assert first.passage_key == doors[0].key
    given = Delivery.objects.filter(person=ada, surface=Surface.COMMAND, purpose="answer")
    assert given.get(slug="door-hinge").text == first.quote
    assert answer_json(turn).keys() == KEYS


def test_the_events_tell_what_is_stored(doors: list[Hit], asked: Turn) -> None:
    events = list(turns.answer(asked))
    assert events[-1].name == "done"
    assert "".join(event.data["text"] for event in events if event.name == "token") == asked.answer
    cited = [event.data["citations"] for event in events if event.name == "citations"][-1]
    assert cited == events[-1].data["citations"] == answer_json(asked)["citations"]
    assert all("\n" not in event.as_text().strip("\n").split("data: ")[1] for event in events)


def test_the_approved_line_comes_first(doors: list[Hit], ada: Person) -> None:
    line = hit(
        "Say that a hinge carries the door.", number=7, kind="guide_entry", field="do_say", slug="door-line"
    )
    doors.append(line)
    asked = turns.ask(ada, "Does a hinge carry the door?", Surface.COMMAND)
    events = list(turns.answer(asked))
    assert events[0].name == "say"
    assert asked.say == line.text
    assert asked.citations.get(n=1).quote == line.text
    assert Delivery.objects.filter(slug="door-line", field="do_say").exists()


def test_without_evidence_there_is_no_answer_and_a_gap_is_noted(doors: list[Hit], ada: Person) -> None:
    doors[:] = far_hits()
    turn = turns.answer_now(ada, "Who won the football final in Lisbon?", Surface.BROWSER)
    assert turn.state == TurnState.REFUSED
    assert "does not cover this" in turn.answer
    assert not turn.citations.exists()
    assert not turn.say
    assert 1 <= len(turn.nearest) <= 3
    assert turn.nearest[0].keys() == {"kind", "slug", "title", "url"}
    assert Gap.objects.get().question == turn.question
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("question", ["ヒンジは何をしますか", "Wer hat das Spiel gewonnen?"])
def test_who_asks_in_another_language_is_told_what_is_read(
    question: str, doors: list[Hit], ada: Person
) -> None:
    doors[:] = far_hits()
    turn = turns.answer_now(ada, question, Surface.BROWSER)
    assert (turn.state, turn.note) == (TurnState.REFUSED, ENGLISH)


def test_what_the_search_could_not_do_is_said(
    doors: list[Hit], asked: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "search", lambda *_, **__: Found(doors, "Found by words only."))
    list(turns.answer(asked))
    assert asked.note == "Found by words only."


def test_an_error_of_ours_ends_in_a_state_too(
    doors: list[Hit], asked: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Found:
        raise DatabaseError("no")

    monkeypatch.setattr(writing, "search", broken)
    events = list(turns.answer(asked))
    assert [event.name for event in events] == ["failed"]
    assert (asked.state, asked.note) == (TurnState.FAILED, turns.FAILED)


def test_an_answer_whose_listener_leaves_is_finished_and_stored(doors: list[Hit], asked: Turn) -> None:
    events = turns.answer(asked)
    assert next(events).name == "citations"
    events.close()
    asked.refresh_from_db()
    assert asked.state == TurnState.DONE
    assert asked.answer.count("[") >= 3


def test_a_turn_is_answered_once(doors: list[Hit], asked: Turn) -> None:
    first = turns.answer(asked)
    next(first)
    assert [event.name for event in turns.answer(Turn.objects.get(pk=asked.pk))] == ["elsewhere"]
    first.close()
    assert [event.name for event in turns.answer(asked)] == ["elsewhere"]
    assert Turn.objects.count() == 1


def test_a_turn_that_lost_its_writer_is_given_up_and_may_be_taken_up_again(
    doors: list[Hit], asked: Turn
) -> None:
    Turn.objects.update(engine="local", asked_at=asked.asked_at - turns.GIVEN_UP_AFTER)
    lost = Turn.objects.get()
    assert turns.is_given_up(lost)
    assert not turns.is_waiting(lost)
    list(turns.answer(lost))
    assert lost.state == TurnState.DONE


def test_the_same_question_sent_twice_is_stored_once(ada: Person, zoe: Person) -> None:
    key = uuid.uuid4()
    first = turns.ask(ada, QUESTION, Surface.BROWSER, turn_id=key)
    assert turns.ask(ada, QUESTION, Surface.BROWSER, turn_id=key) == first
    assert ada.conversations.count() == 1
    # Somebody else's key opens nothing.
    assert turns.ask(zoe, QUESTION, Surface.BROWSER, turn_id=key) != first


def test_stopping_before_anybody_began_ends_the_turn(doors: list[Hit], asked: Turn) -> None:
    turns.stop(asked)
    assert [event.name for event in turns.answer(asked)] == ["elsewhere"]
    asked.refresh_from_db()
    assert asked.state == TurnState.STOPPED


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x07\u200b", "…?!", "x" * (MAX_QUESTION + 1)])
def test_a_text_that_is_no_question_is_refused_and_nothing_is_stored(text: str, ada: Person) -> None:
    with pytest.raises(BadText):
        turns.ask(ada, text, Surface.BROWSER)
    assert not ada.conversations.exists()


@pytest.mark.parametrize("text", ["ما هو المفصل؟", "a\x00b hinge", "'; DROP TABLE x; --", "hinge " * 300])
def test_any_other_text_comes_to_an_end_state(text: str, doors: list[Hit], ada: Person) -> None:
    assert turns.answer_now(ada, text, Surface.API).state in (TurnState.DONE, TurnState.REFUSED)


def test_no_more_than_four_answers_are_written_at_once(doors: list[Hit], ada: Person, zoe: Person) -> None:
    begun = [turns.ask(ada, QUESTION, Surface.API) for _ in range(MOST_AT_ONCE)]
    Turn.objects.update(engine="model")
    with pytest.raises(TooManyAtOnce, match="Wait for one of them"):
        turns.ask(ada, QUESTION, Surface.API)
    assert turns.answer_now(zoe, QUESTION, Surface.API).state == TurnState.DONE
    Turn.objects.filter(pk=begun[0].pk).update(state=TurnState.DONE)
    assert turns.answer_now(ada, QUESTION, Surface.API).state == TurnState.DONE


def test_a_program_that_asks_for_too_much_at_once_is_told_when_to_come_back(
    doors: list[Hit], ada: Person, client: Client
) -> None:
    for _ in range(MOST_AT_ONCE):
        turns.ask(ada, QUESTION, Surface.API)
    Turn.objects.update(engine="model")
    client.force_login(ada)
    refused = client.post("/api/v1/ask/", {"text": QUESTION}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert int(refused["Retry-After"]) > 0
    page = client.post("/ask/stream/", {"text": QUESTION})
    assert (page.status_code, "Wait for one" in page.json()["message"]) == (400, True)


def test_questions_sent_at_the_same_time_are_not_all_written_at_once(doors: list[Hit], ada: Person) -> None:
    asked = [turns.ask(ada, f"What carries the door, {number}?", Surface.API) for number in range(5)]
    Turn.objects.filter(pk__in=[turn.pk for turn in asked[:4]]).update(engine="local")
    (last,) = turns.answer(asked[4])
    assert (last.name, asked[4].state) == ("failed", TurnState.FAILED)
    assert "Wait for one of them" in asked[4].note
