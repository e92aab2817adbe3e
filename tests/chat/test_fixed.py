"""Fixed answers: pinned by an editor, given word for word, while somebody vouches for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enablement.chat import turns
from enablement.chat.fixed import is_one_question, pin_answer
from enablement.models import FixedAnswer, Lesson, Person, Surface, Team, TurnState
from enablement.retrieval.search import Hit

pytestmark = pytest.mark.django_db
QUESTION, ANSWER = "How much may a door weigh?", "A door may weigh 80 kilos. Ask us above that."


@pytest.fixture
def pinned(released_lesson: Lesson, nia: Person, encoder: None) -> FixedAnswer:
    return pin_answer(released_lesson, QUESTION, ANSWER, nia)


@pytest.mark.parametrize(
    "question", [QUESTION, "how much may a door weigh", "How much is a door allowed to weigh?"]
)
def test_who_asks_the_same_gets_exactly_that(
    question: str, pinned: FixedAnswer, doors: list[Hit], ada: Person
) -> None:
    turn = turns.answer_now(ada, question, Surface.BROWSER)
    assert (turn.state, turn.engine) == (TurnState.DONE, "approved wording")
    assert turn.answer == "A door may weigh 80 kilos. [1] Ask us above that. [1]"
    assert turn.citations.get().url == f"/fixed-answers/{pinned.pk}/"


@pytest.mark.parametrize(
    "question",
    ["How much may a window weigh?", "How much may a door not weigh?", "How much may 2 doors weigh?"],
)
def test_another_question_does_not(question: str, pinned: FixedAnswer, doors: list[Hit], ada: Person) -> None:
    assert not is_one_question(QUESTION, question) or "window" in question
    assert turns.answer_now(ada, question, Surface.BROWSER).engine != "approved wording"


def test_an_answer_that_nobody_vouches_for_any_more_is_not_given(
    pinned: FixedAnswer, doors: list[Hit], ada: Person, nia: Person, client: Client
) -> None:
    FixedAnswer.objects.update(verified_until=timezone.now() - timedelta(days=1))
    assert turns.answer_now(ada, QUESTION, Surface.BROWSER).engine != "approved wording"
    client.force_login(nia)
    client.post(f"/fixed-answers/{pinned.pk}/verify/")
    assert turns.answer_now(ada, QUESTION, Surface.BROWSER).engine == "approved wording"


def test_another_teams_answer_is_nobody_elses(
    pinned: FixedAnswer, doors: list[Hit], south: Team, ada: Person, ada_client: Client
) -> None:
    pinned.lesson.teams.add(south)
    assert turns.answer_now(ada, QUESTION, Surface.BROWSER).engine != "approved wording"
    assert ada_client.get(f"/fixed-answers/{pinned.pk}/").status_code == 404


def test_an_editor_pins_changes_and_takes_out(
    released_lesson: Lesson, nia: Person, ada: Person, client: Client
) -> None:
    client.force_login(nia)
    data = {"lesson": released_lesson.slug, "question": QUESTION, "answer": ANSWER}
    assert client.post("/fixed-answers/new/", data | {"answer": " "}).status_code == 400
    assert ANSWER in client.post("/fixed-answers/new/", data, follow=True).content.decode()
    fixed = FixedAnswer.objects.get()
    assert fixed.owner == nia
    client.post(f"/fixed-answers/{fixed.pk}/edit/", data | {"answer": "Eighty kilos."})
    assert FixedAnswer.objects.get().answer == "Eighty kilos."
    assert QUESTION in client.get("/fixed-answers/").content.decode()
    client.force_login(ada)
    assert client.get("/fixed-answers/").status_code == 404
    assert client.post(f"/fixed-answers/{fixed.pk}/delete/").status_code == 404
    assert client.get(f"/fixed-answers/{fixed.pk}/").status_code == 200
    client.force_login(nia)
    client.post(f"/fixed-answers/{fixed.pk}/delete/")
    assert not FixedAnswer.objects.exists()
