"""One's own conversations: titles, search, delete and bring back, export, and how long they are kept."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from enablement.chat import keeping, turns
from enablement.models import Conversation, Person, Surface, Turn
from enablement.retrieval.search import Hit
from tests.chat.conftest import QUESTION

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(doors: list[Hit], ada: Person) -> Turn:
    return turns.answer_now(ada, QUESTION, Surface.BROWSER)


def test_a_conversation_gets_another_title_and_stays_where_it_was(answered: Turn, ada_client: Client) -> None:
    own = answered.conversation
    ada_client.post(f"/ask/{own.pk}/rename/", {"title": "Hinges   for Oslo"})
    renamed = Conversation.objects.get()
    assert (renamed.title, renamed.updated_at) == ("Hinges for Oslo", own.updated_at)
    page = ada_client.post(f"/ask/{own.pk}/rename/", {"title": " "}, follow=True).content.decode()
    assert "Write a few words" in page
    assert Conversation.objects.get().title == "Hinges for Oslo"


def test_a_deleted_conversation_can_be_brought_back(answered: Turn, ada_client: Client) -> None:
    own = answered.conversation
    page = ada_client.post(f"/ask/{own.pk}/delete/", follow=True).content.decode()
    assert "Bring back" in page
    assert ada_client.get(f"/ask/{own.pk}/").status_code == 404
    assert ada_client.get(f"/ask/turns/{answered.pk}/").status_code == 404
    assert ada_client.post(f"/ask/{own.pk}/bring-back/", follow=True).status_code == 200
    assert ada_client.get(f"/ask/{own.pk}/").status_code == 200


def test_search_looks_into_titles_questions_lines_and_answers(
    answered: Turn, ada_client: Client, ada: Person
) -> None:
    turns.answer_now(ada, "Is graphite good for locks?", Surface.BROWSER)
    Turn.objects.filter(pk=answered.pk).update(say="Doors last.")
    searched = ("HINGE do", 1), ("brass", 2), ("graphite good", 1), ("doors LAST", 1), ("window", 0), ("", 2)
    for words, count in searched:
        assert keeping.find_conversations(ada, words).count() == count, words
    assert "holds “window”" in ada_client.get("/ask/?q=window").content.decode()


def test_an_export_holds_question_answer_and_lines(answered: Turn, ada_client: Client) -> None:
    line = answered.citations.get(n=1).quote
    Turn.objects.filter(pk=answered.pk).update(say=line)
    response = ada_client.get(f"/ask/{answered.conversation_id}/export/")
    assert response["Content-Disposition"] == 'attachment; filename="what-does-a-hinge-do.md"'
    text = response.content.decode()
    assert f"## {QUESTION}" in text
    assert f"> {line} [1]\n" in text
    assert "[1] Hinge › What it is: “A hinge carries the door." in text


def test_nobody_touches_another_persons_conversation(answered: Turn, zoe: Person, client: Client) -> None:
    client.force_login(zoe)
    base = f"/ask/{answered.conversation_id}/"
    assert client.get(f"{base}export/").status_code == 404
    for verb in ("rename", "delete", "bring-back"):
        assert client.post(f"{base}{verb}/", {"title": "x"}).status_code == 404
    assert Conversation.objects.get().deleted_at is None


def test_what_is_too_old_is_shown_before_it_is_deleted(answered: Turn, settings: Any) -> None:
    settings.CONVERSATION_DAYS = 30
    Conversation.objects.update(updated_at=timezone.now() - timedelta(days=31))

    def forgotten(*options: str) -> dict[str, Any]:
        output = StringIO()
        call_command("forget_conversations", "--json", *options, stdout=output)
        result: dict[str, Any] = json.loads(output.getvalue())
        return result

    assert (forgotten("--dry-run")["conversations"], Conversation.objects.count()) == (1, 1)
    assert (forgotten()["deleted"], Conversation.objects.count()) == (1, 0)


def test_the_owner_sees_what_goes_within_a_week(answered: Turn, ada_client: Client, settings: Any) -> None:
    settings.CONVERSATION_DAYS = 30
    heading = "Deleted within a week"
    assert heading not in ada_client.get("/ask/").content.decode()
    Conversation.objects.update(updated_at=timezone.now() - timedelta(days=24))
    assert heading in ada_client.get("/ask/").content.decode()


def test_without_days_set_only_what_was_put_away_goes(answered: Turn) -> None:
    now = timezone.now()
    assert keeping.forget(now + timedelta(days=5_000)) == 0
    keeping.put_away(answered.conversation)
    assert keeping.forget(now) == 0
    assert keeping.forget(now + keeping.UNDO_FOR + timedelta(minutes=1)) == 1
