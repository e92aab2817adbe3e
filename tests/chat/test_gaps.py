"""A gap is open until the same question is answered."""

from __future__ import annotations

from typing import Any

import pytest

from enablement.chat import turns
from enablement.chat.gaps import close_gaps
from enablement.chat.turns import answer_now
from enablement.models import Gap, Lesson, Person, Surface, TurnState
from enablement.retrieval.indexing import index_lesson

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
