"""What is right about a question that somebody has open is told them by nothing else.

Quizzes of a lesson share its questions: another quiz, practice or others' answers may show the same key.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Person
from quizzes.attempts import start_attempt, submit_attempt
from quizzes.desk.queue import count_for, on_desk, queue_for
from quizzes.models import Attempt, Quiz, Release
from quizzes.practice.sessions import answer_item, start_session
from quizzes.reports.answers import HELD_BACK, answer_rows, answers_in
from tests.quizzes.desks import let_wait
from tests.quizzes.doors import CANARY, Answering
from tests.quizzes.test_answers import scope_of
from tests.quizzes.test_retakes import results

SENTENCE = "You have a quiz open that asks some of the same."
NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)


@pytest.fixture
def bank(quiz: Quiz) -> Quiz:
    """Another quiz of the lesson, which draws from the same questions."""
    return Quiz.objects.create(
        slug="bank", title="Bank", lesson=quiz.lesson, from_bank=True, state="released", pass_mark=60
    )


def test_another_quiz_handed_in_meanwhile_tells_no_key_of_this_one(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person
) -> None:
    counts, other = start_attempt(ada, quiz), start_attempt(ada, bank)
    submit_attempt(other, ada)
    shown = results(ada_client, other)
    assert CANARY not in shown
    assert SENTENCE in shown
    submit_attempt(counts, ada)
    shown = results(ada_client, other)
    assert CANARY in shown
    assert SENTENCE not in shown


def test_where_keys_are_never_shown_none_is_promised(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person
) -> None:
    Quiz.objects.filter(pk=bank.pk).update(release=Release.NEVER)
    start_attempt(ada, quiz)
    other = start_attempt(ada, Quiz.objects.get(pk=bank.pk))
    submit_attempt(other, ada)
    shown = results(ada_client, other)
    assert "This quiz shows the score only." in shown
    assert SENTENCE not in shown


def test_an_earlier_attempt_tells_none_while_the_quiz_is_open_again(
    ada_client: Client, quiz: Quiz, ada: Person, hand_in: Answering
) -> None:
    earlier = hand_in(ada, quiz, what_to_promise="a")
    assert CANARY in results(ada_client, earlier)
    again = start_attempt(ada, quiz)
    assert CANARY not in results(ada_client, earlier)
    submit_attempt(again, ada)
    assert CANARY in results(ada_client, earlier)


def test_practice_that_was_answered_before_tells_none(ada_client: Client, quiz: Quiz, ada: Person) -> None:
    session = start_session(ada)
    answer_item(session, 0, None)
    page = reverse("practice-feedback", args=[session.pk, 0])
    again = ("api-practice-answers", {"number": 1, "response": None})

    def shown() -> str:
        sent = ada_client.post(
            reverse(again[0], args=[session.pk]), again[1], content_type="application/json"
        )
        return sent.content.decode() + ada_client.get(page).content.decode()

    assert CANARY in shown()
    attempt = start_attempt(ada, quiz)
    assert CANARY not in shown()
    assert "You have a quiz open that asks this." in shown()
    submit_attempt(attempt, ada)
    assert CANARY in shown()


def test_a_manager_who_takes_a_quiz_reads_its_keys_in_nobodys_answers(
    client: Client, quiz: Quiz, bank: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz, what_to_promise="a")
    client.force_login(max)
    addresses = [
        reverse("attempt-result", args=[attempt.pk]),
        reverse("quiz-statistics", args=[quiz.slug]),
        reverse("api-quiz-statistics", args=[quiz.slug]),
    ]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    taking: Attempt = start_attempt(max, bank)
    assert CANARY not in client.get(addresses[0]).content.decode()
    assert [client.get(address).status_code for address in addresses] == [200, 404, 404]
    rows = list(answer_rows(answers_in(scope_of(max), {}), max))
    assert rows
    assert {(row.question, row.true, row.chosen) for row in rows} == {(HELD_BACK, "", "")}
    submit_attempt(taking, max)
    assert CANARY in client.get(addresses[0]).content.decode()


def test_nor_on_the_desk(every_kind: Attempt, ada: Person, zoe: Person, max: Person, client: Client) -> None:
    submit_attempt(every_kind, ada)
    answer = let_wait(ada, every_kind.quiz, "a broken part", NOW)
    desk = reverse("answer-review", args=[answer.pk])
    client.force_login(max)
    assert (count_for(max) > 0, client.get(desk).status_code) == (True, 200)
    taking = start_attempt(max, every_kind.quiz)
    assert (count_for(max), queue_for(max), on_desk(max).exists()) == (0, [], False)
    assert client.get(desk).status_code == 404
    submit_attempt(taking, max)
    assert client.get(desk).status_code == 200
