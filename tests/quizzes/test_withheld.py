"""What is handed out about a person.

What tells right from wrong is empty in every table, for as long as a quiz that they have open asks it, or the
quiz it was asked in keeps its keys.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enablement.models import Lesson, Person
from enablement.personal.handing_out import held_about
from quizzes.attempts import start_attempt, submit_attempt
from quizzes.models import Attempt, Quiz, RegradeWay, Release, ReviewSource
from quizzes.personal import HOLDINGS
from quizzes.practice.sessions import answer_item, start_session
from quizzes.practice.skills import note_review
from quizzes.regrading.applying import apply_regrade
from quizzes.regrading.asking import ask_for_regrade
from tests.quizzes.desks import let_wait
from tests.quizzes.doors import Answering

NOW = datetime.now(UTC)
TELLING = {holding.what: holding.withheld.fields for holding in HOLDINGS if holding.withheld}
# Of these, what a quiz keeps to itself after it was handed in is kept back here as well.
OF_A_QUIZ = {
    "answers graded anew",
    "answers that wait for a grade",
    "changed grades",
    "figures of their answers",
    "grades",
}


@pytest.fixture
def everything(quiz: Quiz, every_kind: Attempt, ada: Person, max: Person, hand_in: Answering) -> Attempt:
    """Something about Ada in every table of which something is withheld, and nothing open."""
    answer_item(start_session(ada), 0, None)
    attempt = hand_in(ada, quiz, what_to_promise="a")
    note_review(
        ada, quiz.lesson, "wording", source=ReviewSource.QUIZ, key=f"of {attempt.pk}", score=0.0, at=NOW
    )
    asked = ask_for_regrade(max, RegradeWay.ACCEPT, "what-to-promise", None, "All of them hold.", now=NOW)
    apply_regrade(asked, max, now=NOW)
    let_wait(ada, every_kind.quiz, "a broken part", NOW)
    return attempt


def told(person: Person) -> dict[str, bool]:
    """For each table, whether something of what tells right from wrong is handed out of any of its rows."""
    held = held_about(person)
    return {
        what: any(row[name] is not None for row in held[what] for name in fields)
        for what, fields in TELLING.items()
    }


@pytest.mark.usefixtures("everything")
def test_nothing_tells_right_from_wrong_while_a_quiz_that_is_open_asks_it(
    released_lesson: Lesson, ada: Person
) -> None:
    assert told(ada) == dict.fromkeys(TELLING, True)
    bank = Quiz.objects.create(
        slug="bank", title="Bank", lesson=released_lesson, from_bank=True, state="released", pass_mark=60
    )
    taking = start_attempt(ada, bank)
    assert told(ada) == dict.fromkeys(TELLING, False)
    submit_attempt(taking, ada)
    assert told(ada) == dict.fromkeys(TELLING, True)


@pytest.mark.usefixtures("everything")
def test_nor_while_the_quiz_it_was_asked_in_keeps_its_keys(ada: Person) -> None:
    Quiz.objects.update(release=Release.NEVER)
    assert told(ada) == {what: what not in OF_A_QUIZ for what in TELLING}


def test_what_is_asked_of_somebody_else_is_withheld_from_nobody(
    everything: Attempt, ada: Person, zoe: Person
) -> None:
    start_attempt(zoe, everything.quiz)
    assert told(ada) == dict.fromkeys(TELLING, True)
