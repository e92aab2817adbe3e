"""The pages of a conversation: whose they are, what they show of a turn, and streams."""

from __future__ import annotations

import json
import uuid
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.test import Client
from redis.exceptions import ConnectionError as RedisAway

from enablement.chat import turns, writing
from enablement.chat.draft import REFUSAL
from enablement.chat.writing import BEING_READ_IN, ENGLISH
from enablement.models import Conversation, Lesson, Person, Surface, Turn, TurnState, Work
from enablement.outbox import MAX_TRIES
from enablement.retrieval.search import Hit
from tests.chat.conftest import QUESTION
from tests.chat.model_server import ModelServer
from tests.chat.passages import far_hits, hit

STREAM = "/ask/stream/"


def events_of(response: object) -> list[tuple[str, dict[str, object]]]:
    """The events of a stream. A comment, which says that somebody is still there, is none."""
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    told = [event for event in text.strip().split("\n\n") if not event.startswith(":")]
    pairs = (event.split("\n", 1) for event in told)
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in pairs]


def test_a_question_is_answered_and_the_conversation_kept(doors: list[Hit], ada_client: Client) -> None:
    response = ada_client.post("/ask/", {"text": QUESTION, "mode": "ask"}, follow=True)
    page = response.content.decode()
    assert response.redirect_chain[0][0] == Conversation.objects.get().get_absolute_url()
    assert "A hinge carries the door." in page
    assert 'class="chip"' in page
    assert Conversation.objects.get().title == QUESTION
    assert QUESTION in ada_client.get("/ask/").content.decode()


def test_an_answer_streams_and_ends(doors: list[Hit], ada_client: Client) -> None:
    response = ada_client.post(STREAM, {"text": QUESTION})
    assert response["Content-Type"].startswith("text/event-stream")
    assert response["X-Accel-Buffering"] == "no"
    events = events_of(response)
    assert events[0][0] == "turn"
    assert events[0][1]["url"] == Conversation.objects.get().get_absolute_url()
    assert events[-1][0] == "done"
    assert Turn.objects.get().state == TurnState.DONE


def test_in_what_language_to_ask_is_said_before_that_there_is_no_answer(
    doors: list[Hit], ada_client: Client
) -> None:
    doors[:] = far_hits()
    page = ada_client.post("/ask/", {"text": "Wer hat das Spiel gewonnen?"}, follow=True).content.decode()
    assert -1 < page.find(ENGLISH) < page.find(REFUSAL)


def test_another_question_goes_on_with_the_conversation(
    doors: list[Hit], asked: Turn, ada_client: Client
) -> None:
    data = {"text": "What is brass?", "conversation": str(asked.conversation_id)}
    events_of(ada_client.post(STREAM, data))
    assert asked.conversation.turns.count() == 2


def test_a_double_submit_asks_once(doors: list[Hit], ada_client: Client) -> None:
    data = {"text": QUESTION, "key": uuid.uuid4().hex}
    first, second = (events_of(ada_client.post(STREAM, data)) for _ in range(2))
    assert first[-1][0] == "done"
    assert [name for name, _ in second] == ["turn", "elsewhere"]
    assert Turn.objects.count() == 1


def test_nobody_reaches_another_persons_conversation(asked: Turn, zoe: Person, client: Client) -> None:
    client.force_login(zoe)
    own, turn = asked.conversation.get_absolute_url(), f"/ask/turns/{asked.pk}/"
    assert client.get(own).status_code == 404
    assert client.get(turn).status_code == 404
    assert client.post(f"{turn}stop/").status_code == 404
    assert client.post(STREAM, {"turn": str(asked.pk)}).status_code == 404
    assert (
        client.post("/ask/", {"text": "Hello there", "conversation": asked.conversation_id}).status_code
        == 404
    )
    assert client.post(STREAM, {"text": "Hello there", "conversation": "nonsense"}).status_code == 404
    asked.refresh_from_db()
    assert asked.state == TurnState.STREAMING
    assert QUESTION not in client.get("/ask/").content.decode()


def test_who_is_not_signed_in_is_sent_to_sign_in(asked: Turn) -> None:
    for path in ("/ask/", asked.conversation.get_absolute_url(), f"/ask/turns/{asked.pk}/"):
        assert Client().get(path).url.startswith("/sign-in/")  # type: ignore[attr-defined]
    assert Client().post(STREAM, {"text": QUESTION}).status_code == 302


def test_with_a_model_the_page_takes_the_waiting_turn_up(
    model: ModelServer, quick: object, doors: list[Hit], ada_client: Client
) -> None:
    page = ada_client.post("/ask/", {"text": QUESTION}, follow=True).content.decode()
    assert model.calls == 0
    assert "data-waiting" in page
    turn = Turn.objects.get()
    assert events_of(ada_client.post(STREAM, {"turn": str(turn.pk)}))[-1][0] == "done"
    assert "data-waiting" not in ada_client.get(turn.conversation.get_absolute_url()).content.decode()


def test_without_script_a_button_shows_the_answer_of_a_waiting_turn(
    model: ModelServer, quick: object, doors: list[Hit], asked: Turn, ada_client: Client
) -> None:
    page = ada_client.post("/ask/", {"turn": str(asked.pk)}, follow=True).content.decode()
    assert "A hinge carries the door." in page


def test_a_reload_in_mid_answer_shows_that_it_is_being_written(
    doors: list[Hit], asked: Turn, ada_client: Client
) -> None:
    events = turns.answer(asked)
    next(events)
    for path in (asked.conversation.get_absolute_url(), f"/ask/turns/{asked.pk}/"):
        page = ada_client.get(path).content.decode()
        assert 'data-state="streaming"' in page
        assert "data-waiting" not in page
    events.close()
    assert 'data-state="done"' in ada_client.get(f"/ask/turns/{asked.pk}/").content.decode()


def test_an_answer_that_lost_its_writer_is_shown_as_failed_and_can_be_asked_again(
    doors: list[Hit], asked: Turn, ada_client: Client
) -> None:
    Turn.objects.update(engine="local", asked_at=asked.asked_at - turns.GIVEN_UP_AFTER)
    page = ada_client.get(asked.conversation.get_absolute_url()).content.decode()
    assert 'data-state="failed"' in page
    assert "Ask again" in page


def test_a_refusal_shows_what_comes_nearest(doors: list[Hit], ada_client: Client) -> None:
    doors[:] = far_hits()
    page = ada_client.post("/ask/", {"text": "Who won in Lisbon?"}, follow=True).content.decode()
    assert "does not cover this" in page
    assert "/cards/door-hinge/" in page


def test_while_lessons_are_being_read_in_nothing_is_called_uncovered(
    doors: list[Hit], released_lesson: Lesson, ada_client: Client
) -> None:
    doors[:] = []
    Work.objects.create(name="index_lesson", arguments={"lesson": released_lesson.pk})
    page = ada_client.post("/ask/", {"text": "Who won in Lisbon?"}, follow=True).content.decode()
    assert BEING_READ_IN in page
    assert "does not cover this" not in page


def test_other_work_and_work_given_up_are_no_reason_to_come_again(
    doors: list[Hit], released_lesson: Lesson, ada_client: Client
) -> None:
    doors[:] = []
    Work.objects.create(name="index_lesson", arguments={"lesson": released_lesson.pk + 1})
    Work.objects.create(name="index_lesson", arguments={"lesson": released_lesson.pk}, tries=MAX_TRIES)
    page = ada_client.post("/ask/", {"text": "Who won in Lisbon?"}, follow=True).content.decode()
    assert "does not cover this" in page


def test_stopping_is_acknowledged(model: ModelServer, asked: Turn, ada_client: Client) -> None:
    assert ada_client.post(f"/ask/turns/{asked.pk}/stop/").status_code == 204
    asked.refresh_from_db()
    assert asked.state == TurnState.STOPPED


def test_where_stopping_does_not_work_it_says_so(
    asked: Turn, ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(turn: Turn) -> None:
        raise RedisAway

    monkeypatch.setattr(turns, "stop", away)
    response = ada_client.post(f"/ask/turns/{asked.pk}/stop/")
    assert response.status_code == 503
    assert "within a minute" in response.json()["message"]


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "x" * 100_000])
def test_a_text_that_is_no_question_gets_one_clear_sentence(text: str, ada_client: Client) -> None:
    streamed = ada_client.post(STREAM, {"text": text})
    assert streamed.status_code == 400
    assert streamed.json()["message"].endswith("try again.")
    page = ada_client.post("/ask/", {"text": text})
    assert page.status_code == 400
    assert "try again." in page.content.decode()
    assert not Turn.objects.exists()


def test_the_line_to_say_carries_the_number_of_its_source(
    doors: list[Hit], ada: Person, ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = hit("Doors last.", number=9, kind="guide_entry", field="do_say", slug="door-line")
    monkeypatch.setattr(writing, "find_approved_line", lambda *_: line)
    turn = turns.answer_now(ada, "What does a hinge do?", Surface.BROWSER)
    assert turn.say == "Doors last."
    page = ada_client.get(turn.conversation.get_absolute_url()).content.decode()
    said, answer = page.split('<blockquote class="say"')[1].split("</blockquote>")[:2]
    assert 'title="Doors last. ' in said
    assert 'aria-label="Source 1.' in said
    assert 'aria-label="Source 2.' in answer.split('<p class="answer">')[1].split("</p>")[0]


def test_an_editor_pins_line_and_answer_without_their_numbers(
    doors: list[Hit], nia: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = hit("Doors last.", number=9, kind="guide_entry", field="do_say", slug="door-line")
    monkeypatch.setattr(writing, "find_approved_line", lambda *_: line)
    client.force_login(nia)
    turn = turns.answer_now(nia, "What does a hinge do?", Surface.BROWSER)
    page = client.get(turn.conversation.get_absolute_url()).content.decode()
    pinned = page.split("fixed-answers/new/")[1].split('"')[0]
    text = parse_qs(unescape(pinned).removeprefix("?"))["answer"][0]
    assert text.startswith("Doors last.\n\nA hinge carries the door.")
    assert "[" not in text


def test_what_people_and_passages_say_is_text_on_the_page(
    doors: list[Hit], ada: Person, ada_client: Client
) -> None:
    turn = turns.answer_now(ada, "<script>alert(1)</script> hinge door", Surface.BROWSER)
    Turn.objects.filter(pk=turn.pk).update(answer="<img src=x> [1] [99]", say="<b>", state=TurnState.DONE)
    page = ada_client.get(turn.conversation.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page.split("<main")[1]
    assert "[99]" in page
