"""Trying again what was missed, and when the right answers are shown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Delivery, Person
from quizzes.attempts import NothingMissed, start_attempt, submit_attempt
from quizzes.models import Attempt, Quiz, Release
from tests.quizzes.doors import CANARY, Answering, save


def test_only_what_was_missed_is_asked_again_and_the_rest_counts(
    quiz: Quiz, ada: Person, hand_in: Answering
) -> None:
    first = hand_in(ada, quiz, what_to_promise="a")
    again = start_attempt(ada, quiz, missed_in=first)
    assert list(again.answers.values_list("question__slug", flat=True)) == ["what-to-promise"]
    save(again, "what-to-promise", "b")
    assert submit_attempt(again, ada).score == 1.0
    assert (again.retake_of, again.carried) == (first, 3)


def test_missed_again_the_score_stays(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    first = hand_in(ada, quiz, what_to_promise="a")
    again = start_attempt(ada, quiz, missed_in=first)
    save(again, "what-to-promise", "c")
    assert submit_attempt(again, ada).score == first.score == 0.75


def test_where_nothing_was_missed_there_is_no_retake(quiz: Quiz, ada: Person, hand_in: Answering) -> None:
    with pytest.raises(NothingMissed):
        start_attempt(ada, quiz, missed_in=hand_in(ada, quiz))


def test_the_result_offers_it_to_the_person_only(
    ada_client: Client, quiz: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz, what_to_promise="a")
    result = reverse("attempt-result", args=[attempt.pk])
    assert "Only what I missed" in ada_client.get(result).content.decode()
    ada_client.post(reverse("quiz-start", args=[quiz.slug]), {"missed_in": str(attempt.pk)})
    assert Attempt.objects.get(retake_of=attempt).answers.count() == 1
    ada_client.force_login(max)
    assert "Only what I missed" not in ada_client.get(result).content.decode()


@pytest.mark.parametrize("wanted", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_retake_of_nothing_is_not_there(ada_client: Client, quiz: Quiz, wanted: str) -> None:
    response = ada_client.post(reverse("quiz-start", args=[quiz.slug]), {"missed_in": wanted})
    assert response.status_code == 404


def test_nobody_retakes_somebody_elses_attempt(
    client: Client, quiz: Quiz, ada: Person, zoe: Person, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz, what_to_promise="a")
    client.force_login(zoe)
    address = reverse("quiz-start", args=[quiz.slug])
    assert client.post(address, {"missed_in": str(attempt.pk)}).status_code == 404


def results(client: Client, attempt: Attempt) -> str:
    """Everything that shows somebody the result of an attempt."""
    addresses = [reverse("attempt-result", args=[attempt.pk]), f"/api/v1/attempts/{attempt.pk}/", "/results/"]
    return "".join(client.get(address).content.decode() for address in addresses)


@pytest.mark.parametrize("release", [Release.ONCE_PASSED, Release.NEVER])
def test_keys_that_are_kept_back_are_nowhere(
    ada_client: Client, quiz: Quiz, ada: Person, hand_in: Answering, release: str
) -> None:
    Quiz.objects.update(release=release)
    quiz.refresh_from_db()
    attempt = hand_in(ada, quiz, what_to_promise="a", sort_scraping="lock", what_squeaks=None)
    shown = results(ada_client, attempt)
    assert CANARY not in shown
    assert "Your answer: “It can never be opened”" in shown
    assert not Delivery.objects.exists()


def test_once_passed_they_are_shown_for_the_earlier_attempts_too(
    ada_client: Client, quiz: Quiz, ada: Person, hand_in: Answering
) -> None:
    Quiz.objects.update(release=Release.ONCE_PASSED)
    quiz.refresh_from_db()
    failed = hand_in(ada, quiz, what_to_promise="a", sort_scraping="lock", what_squeaks=None)
    hand_in(ada, quiz)
    assert CANARY in results(ada_client, failed)


def test_a_manager_sees_them_at_once(
    client: Client, quiz: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    Quiz.objects.update(release=Release.NEVER)
    quiz.refresh_from_db()
    attempt = hand_in(ada, quiz, what_to_promise="a")
    client.force_login(max)
    assert CANARY in client.get(reverse("attempt-result", args=[attempt.pk])).content.decode()
