"""A gap is open until the same question is answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from enablement.chat import turns
from enablement.chat.gaps import close_gaps, clusters, open_gap
from enablement.chat.silent import note_opened
from enablement.chat.turns import answer_now
from enablement.models import Gap, GapReason, GapState, Lesson, Person, Surface, TurnState
from enablement.retrieval.indexing import index_lesson
from enablement.retrieval.search import Hit

pytestmark = pytest.mark.django_db
QUESTION = "What is a hinge?"


def test_a_gap_closes_when_the_question_is_answered(
    released_lesson: Lesson, encoder: None, ada: Person, zoe: Person
) -> None:
    assert answer_now(ada, QUESTION, Surface.BROWSER).state == TurnState.REFUSED
    assert answer_now(ada, "What does a window cost?", Surface.BROWSER).state == TurnState.REFUSED
    index_lesson(released_lesson)
    assert answer_now(zoe, "what is a  hinge", Surface.API).state == TurnState.DONE
    closed = Gap.objects.exclude(closed_at=None).get()
    assert closed.state == GapState.CLOSED
    assert (closed.question, closed.turn.conversation.person) == (QUESTION, ada)
    assert Gap.objects.get(closed_at=None).question == "What does a window cost?"


def test_an_answer_that_failed_closes_nothing(
    ada: Person, encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("no")

    answer_now(ada, QUESTION, Surface.BROWSER)
    monkeypatch.setattr(turns, "write_answer", fail)
    assert answer_now(ada, QUESTION, Surface.BROWSER).state == TurnState.FAILED
    assert Gap.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("asked", "answered", "same"),
    [
        ("What is a hinge?", "what is  a hinge", True),
        ("What is a hinge?", "“What is a hinge?”\n", True),
        ("Was heißt Öl?", "was heißt öl", True),
        ("ما هو الضبط الدقيق؟", "ما هو الضبط الدقيق", True),
        ("What is a hinge?", "What is a lock?", False),
        ("What is a hinge?", "What is a hinge made of?", False),
        ("100% safe?", "100 safe?", True),
        ("What is a hinge?", "What is a h.nge?", False),
    ],
)
def test_the_same_question_is_one_in_the_same_words(
    ada: Person, asked: str, answered: str, same: bool
) -> None:
    turn = turns.ask(ada, asked, Surface.BROWSER)
    Gap.objects.create(turn=turn, question=turn.question)
    assert close_gaps(answered) == same
    assert Gap.objects.filter(closed_at=None).exists() != same
    assert close_gaps(answered) == 0


def test_questions_about_the_same_are_one_piece_of_work(ada: Person, zoe: Person, encoder: None) -> None:
    for person, question in (
        (ada, "How do I oil a hinge?"),
        (zoe, "how do i oil a hinge"),
        (ada, "Price of glass?"),
    ):
        open_gap(turns.ask(person, question, Surface.API))
    assert [(cluster.head.question, cluster.times) for cluster in clusters()] == [
        ("How do I oil a hinge?", 2),
        ("Price of glass?", 1),
    ]


def test_asked_again_at_once_an_answer_did_not_help(doors: list[Hit], ada: Person) -> None:
    first = answer_now(ada, "What does a hinge do?", Surface.BROWSER)
    answer_now(ada, "Is graphite good for locks?", Surface.BROWSER)
    assert not Gap.objects.exists()
    answer_now(ada, "what do hinges do", Surface.BROWSER)
    answer_now(ada, "Is graphite any good for a lock", Surface.BROWSER)
    assert Gap.objects.filter(turn=first).count() == 0, "another question came between"
    second = turns.answer_now(ada, "graphite for locks?", Surface.BROWSER)
    assert second.state == TurnState.DONE
    assert Gap.objects.get().reason == GapReason.ASKED_AGAIN


def test_three_cards_opened_right_after_an_answer_say_that_it_did_not_help(
    doors: list[Hit], ada: Person
) -> None:
    turn = answer_now(ada, "What does a hinge do?", Surface.BROWSER)
    for slug in ("one", "two", "two", "one"):
        note_opened(ada, slug)
    assert not Gap.objects.exists()
    note_opened(ada, "three")
    assert (Gap.objects.get().turn, Gap.objects.get().reason) == (turn, GapReason.READ_ON)


def test_an_editor_works_on_a_gap_until_its_questions_are_answered(
    released_lesson: Lesson, encoder: None, ada: Person, nia: Person, client: Client
) -> None:
    asked = answer_now(ada, QUESTION, Surface.BROWSER)
    gap = Gap.objects.get(turn=asked)
    client.force_login(nia)
    assert QUESTION in client.get("/gaps/").content.decode()
    page = f"/gaps/{gap.pk}/"
    client.post(f"{page}assign/", {"person": nia.pk})
    gap.refresh_from_db()
    assert (gap.state, gap.assignee) == (GapState.ASSIGNED, nia)
    assert ada.username not in client.get(page).content.decode()
    response = client.post(f"{page}draft/", {"lesson": released_lesson.slug, "slug": "what-a-hinge-is"})
    gap.refresh_from_db()
    assert (gap.state, gap.draft.slug) == (GapState.DRAFTED, "what-a-hinge-is")
    assert response.url == f"/revisions/{gap.draft.pk}/"
    still_open = client.post(f"{page}recheck/", follow=True).content.decode()
    assert "They stay open" in still_open
    index_lesson(released_lesson)
    client.post(f"{page}recheck/")
    gap.refresh_from_db()
    assert gap.state == GapState.CLOSED
    assert client.get(page).status_code == 404


def test_a_short_name_that_is_taken_is_said(
    released_lesson: Lesson, ada: Person, nia: Person, client: Client
) -> None:
    gap = open_gap(turns.ask(ada, QUESTION, Surface.API))
    client.force_login(nia)
    response = client.post(f"/gaps/{gap.pk}/draft/", {"lesson": released_lesson.slug, "slug": "door-hinge"})
    assert response.status_code == 400
    assert "another short name" in response.content.decode()
    nobody = client.post(f"/gaps/{gap.pk}/draft/", {"lesson": "nowhere", "slug": "x"})
    assert nobody.status_code == 404


def test_gaps_are_for_editors(ada: Person, ada_client: Client) -> None:
    gap = open_gap(turns.ask(ada, QUESTION, Surface.API))
    assert ada_client.get("/gaps/").status_code == 404
    assert ada_client.get(f"/gaps/{gap.pk}/").status_code == 404
    for verb in ("assign", "draft", "recheck"):
        assert ada_client.post(f"/gaps/{gap.pk}/{verb}/").status_code == 404
