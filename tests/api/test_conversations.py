"""One's own conversations through the API: gone on with, found, put away, and what one thinks of answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from redis.exceptions import ConnectionError as RedisAway

from enablement.api import turns
from enablement.models import AuditEvent, Conversation, Feedback, Lesson, Person, Turn, TurnState
from tests.api.conftest import Program

Programs = Callable[[Person], Program]


@pytest.fixture
def talk(ada: Person) -> Conversation:
    """A conversation of Ada's with one refused question."""
    talk = Conversation.objects.create(person=ada, title="About kettles")
    Turn.objects.create(conversation=talk, question="Who boils?", state=TurnState.REFUSED)
    return talk


def test_a_question_goes_on_in_its_conversation(pieces: Lesson, program: Programs, ada: Person) -> None:
    first = program(ada).post("ask/", {"text": "What is prompting?"}).json()
    about = {"text": "What does it cost?", "conversation": first["conversation"]}
    second = program(ada).post("ask/", about).json()
    assert second["conversation"] == first["conversation"]
    whole = program(ada).get(f"conversations/{first['conversation']}/").json()
    assert [turn["id"] for turn in whole["turns"]] == [first["turn"], second["turn"]]
    assert whole["turns"][0]["answer"] == first["answer"]


def test_they_are_found_by_title_question_and_nothing_else(
    program: Programs, ada: Person, talk: Conversation
) -> None:
    for words, count in {"KETTLE": 1, "who boils": 1, "lock": 0, "": 1}.items():
        assert program(ada).get("conversations/", q=words).json()["count"] == count, words


def test_one_is_renamed_put_away_and_brought_back(program: Programs, ada: Person, talk: Conversation) -> None:
    own = f"conversations/{talk.pk}/"
    assert program(ada).post(f"{own}rename/", {"title": " Boiling "}).json()["title"] == "Boiling"
    assert program(ada).post(f"{own}delete/", {}).json()["deleted_at"]
    assert program(ada).get(own).status_code == 404
    assert program(ada).get("conversations/", deleted="true").json()["count"] == 1
    assert program(ada).post(f"{own}bring-back/", {}).json()["deleted_at"] is None
    assert program(ada).get(own).status_code == 200


def test_one_is_taken_along_and_that_is_on_record(program: Programs, ada: Person, talk: Conversation) -> None:
    file = program(ada).get(f"conversations/{talk.pk}/export/")
    assert file["Content-Type"] == "text/markdown; charset=utf-8"
    assert file.content.decode() == "# About kettles\n\n## Who boils?\n"
    assert AuditEvent.objects.filter(verb="export_conversation", actor=ada).exists()


def test_a_thumb_down_needs_its_reason_and_is_replaced(
    program: Programs, ada: Person, talk: Conversation
) -> None:
    own = f"turns/{talk.turns.get().pk}/"
    refused = program(ada).post(f"{own}feedback/", {"good": False})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_text")
    program(ada).post(f"{own}feedback/", {"good": False, "reason": "off_point", "note": "Who?"})
    assert program(ada).get(own).json()["feedback"]["reason"] == "off_point"
    assert program(ada).post(f"{own}feedback/", {"good": True}).json()["feedback"]["good"]
    assert Feedback.objects.get().reason == ""


def test_a_refused_question_goes_to_the_owner_of_what_is_near(
    released_lesson: Lesson, program: Programs, ada: Person, talk: Conversation
) -> None:
    turn = talk.turns.get()
    own = f"turns/{turn.pk}/ask-owner/"
    assert program(ada).post(own, {}).json()["code"] == "bad_text"
    turn.nearest = [{"kind": "card", "slug": "door-lock", "title": "Lock", "url": "/cards/door-lock/"}]
    turn.save()
    sent = program(ada).post(own, {})
    assert (sent.status_code, sent.json()["slug"], sent.json()["person"]) == (201, "door-lock", "ada")


def test_an_answer_is_stopped_or_the_program_is_told_that_it_cannot_be(
    program: Programs, ada: Person, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = Turn.objects.create(conversation=talk, question="And now?")
    own = f"turns/{waiting.pk}/stop/"
    assert program(ada).post(own, {}).json()["state"] == "stopped"

    def away(turn: Turn) -> None:
        raise RedisAway

    monkeypatch.setattr(turns, "stop", away)
    told = program(ada).post(own, {})
    assert (told.status_code, told.json()["code"]) == (503, "not_stopped")
