"""An attempt ends by the server's clock, whether or not anybody comes back to it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from enablement.models import AuditEvent, Person
from quizzes.attempts import (
    AttemptClosed,
    TimeOver,
    close_attempt,
    save_answer,
    start_attempt,
    submit_attempt,
)
from quizzes.closing import close_overdue_attempts
from quizzes.deadlines import GRACE, OPEN_FOR, deadline_of, server_now
from quizzes.models import Attempt, Grade, Quiz
from tests.quizzes.doors import answer_of, save
from tests.quizzes.test_at_the_same_time import at_once

SECOND = timedelta(seconds=1)


@pytest.fixture
def timed(quiz: Quiz, ada: Person) -> Attempt:
    """An attempt of Ada's with ten minutes, begun twenty minutes ago, with one right answer saved in time."""
    quiz.time_limit = 10
    quiz.save()
    attempt = start_attempt(ada, quiz, now=server_now() - timedelta(minutes=20))
    question = answer_of(attempt, "what-to-promise").question
    save_answer(attempt, question, {"chosen": ["b"]}, 1, now=attempt.deadline)
    return attempt


def save_at(attempt: Attempt, now: datetime) -> None:
    question = answer_of(attempt, "what-squeaks").question
    save_answer(attempt, question, {"chosen": ["a", "b"]}, 1, now=now)


def test_without_a_limit_an_attempt_stays_open_for_two_weeks(attempt: Attempt) -> None:
    assert attempt.deadline == attempt.started_at + OPEN_FOR
    assert deadline_of(attempt.started_at, 3) == attempt.started_at + timedelta(minutes=3)


def test_what_was_on_its_way_counts_and_what_comes_later_does_not(timed: Attempt) -> None:
    save_at(timed, timed.deadline + GRACE)
    with pytest.raises(TimeOver, match="time for this attempt is over"):
        save_at(timed, timed.deadline + GRACE + SECOND)


def test_the_clock_that_counts_is_the_databases(timed: Attempt) -> None:
    with pytest.raises(TimeOver):
        save(timed, "what-squeaks", "a")


def test_an_abandoned_attempt_is_closed_once_and_graded_from_what_was_saved(timed: Attempt) -> None:
    assert [close_overdue_attempts(), close_overdue_attempts()] == [1, 0]
    timed.refresh_from_db()
    assert (timed.state, timed.score, timed.ran_out) == ("submitted", 0.25, True)
    assert AuditEvent.objects.get(verb="close_attempt").actor is None
    assert Grade.objects.count() == 4


def test_an_attempt_that_has_time_left_is_not_closed(attempt: Attempt) -> None:
    assert not close_attempt(attempt, now=attempt.deadline + GRACE)
    assert close_overdue_attempts(attempt.deadline + GRACE) == 0
    assert close_overdue_attempts(attempt.deadline + GRACE + SECOND) == 1


@pytest.mark.django_db(transaction=True)
def test_closing_fifty_times_at_once_has_one_effect(timed: Attempt) -> None:
    assert sum(at_once(lambda _: close_overdue_attempts())) == 1
    assert Grade.objects.count() == 4


def test_one_that_cannot_be_closed_keeps_no_other_back(
    timed: Attempt, zoe: Person, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_attempt(zoe, quiz, now=timed.started_at + SECOND)

    def close(attempt: Attempt, *, now: datetime) -> bool:
        if attempt.pk == timed.pk:
            raise RuntimeError("broken")
        return close_attempt(attempt, now=now)

    monkeypatch.setattr("quizzes.closing.close_attempt", close)
    assert close_overdue_attempts() == 1


def test_handing_in_late_grades_what_was_saved_in_time(ada_client: Client, timed: Attempt) -> None:
    question = answer_of(timed, "what-squeaks").question_id
    form = {f"seq-{question}": "1", f"q-{question}": ["a", "b"], "confirm": "1"}
    ada_client.post(reverse("attempt-submit", args=[timed.pk]), form)
    page = ada_client.get(timed.get_absolute_url(), follow=True).content.decode()
    assert "The time ran out." in page
    assert "1 of 4 right" in page


def test_a_page_that_knows_an_old_deadline_hands_nothing_in(ada_client: Client, attempt: Attempt) -> None:
    question = answer_of(attempt, "what-squeaks").question_id
    form = {f"seq-{question}": "1", f"q-{question}": ["a"], "ran_out": "1"}
    Attempt.objects.update(deadline=server_now() + GRACE + 60 * SECOND)
    address = reverse("attempt-submit", args=[attempt.pk])
    page = ada_client.post(address, form, follow=True).content.decode()
    assert "Time was added, so this goes on." in page
    attempt.refresh_from_db()
    assert attempt.is_open
    assert answer_of(attempt, "what-squeaks").response == {"chosen": ["a"]}
    Attempt.objects.update(deadline=server_now() + SECOND)
    ada_client.post(address, form)
    attempt.refresh_from_db()
    assert not attempt.is_open


def test_opening_the_page_after_the_end_shows_the_result(ada_client: Client, timed: Attempt) -> None:
    response = ada_client.get(timed.get_absolute_url())
    assert response.headers["Location"] == reverse("attempt-result", args=[timed.pk])


def test_the_api_says_that_the_time_is_over(ada_client: Client, timed: Attempt) -> None:
    body = {
        "attempt": str(timed.pk),
        "question": answer_of(timed, "what-squeaks").question_id,
        "response": {"chosen": ["a"]},
        "client_seq": 1,
    }
    response = ada_client.post(reverse("api-answers"), body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (409, "attempt_closed")
    assert "time for this attempt is over" in response.json()["detail"]


def test_nobody_gives_themselves_more_time(timed: Attempt, ada: Person) -> None:
    submit_attempt(timed, ada)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE quizzes_attempt SET deadline = deadline + '1 day'::interval")
    with pytest.raises(AttemptClosed):
        save_at(timed, timed.deadline)


@pytest.mark.parametrize("name", ["attempt-save", "attempt-submit"])
def test_who_had_to_sign_in_again_comes_back_to_the_questions(
    client: Client, ada: Person, attempt: Attempt, name: str
) -> None:
    address = reverse(name, args=[attempt.pk])
    assert address in client.post(address, {}).headers["Location"]
    client.force_login(ada)
    assert client.get(address).headers["Location"] == attempt.get_absolute_url()
    assert attempt.is_open
