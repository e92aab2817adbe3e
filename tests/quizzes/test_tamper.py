"""What a rep sends beyond an answer changes nothing: no score, no owner, no clock, no other attempt."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from enablement.models import Person
from quizzes.models import Answer, Attempt, Grade, PracticeItem, Quiz
from tests.quizzes.doors import Answering, answer_of
from tests.quizzes.test_api import answer_body, post

STOLEN: dict[str, Any] = {
    **{"score": 1.0, "correct": True, "is_correct": True, "state": "submitted", "number": 99, "carried": 9},
    **{"started_at": "2020-01-01T00:00:00Z", "deadline": "2099-01-01T00:00:00Z", "submitted_at": None},
    **{"person": 1, "user": 1, "retake_of": None, "waiting": 0, "option_order": ["a"], "grade": {"score": 1}},
}


def rows(attempt: Attempt) -> list[dict[str, Any]]:
    """An attempt and its answers as they are stored, but for what a save is there to change."""
    changing = {"response", "client_seq", "saved_at"}
    stored = Attempt.objects.get(pk=attempt.pk)
    answers = [model_to_dict(answer) for answer in Answer.objects.filter(attempt=attempt).order_by("pk")]
    kept = [{name: row[name] for name in row if name not in changing} for row in answers]
    return [model_to_dict(stored) | {"started_at": stored.started_at}, *kept]


@pytest.mark.parametrize("name", sorted(STOLEN))
def test_a_save_takes_an_answer_and_nothing_else(ada_client: Client, attempt: Attempt, name: str) -> None:
    before = rows(attempt)
    body = answer_body(attempt, ["b"]) | {name: STOLEN[name]}
    assert post(ada_client, "api-answers", body).status_code in (200, 201, 400)
    assert rows(attempt) == before
    assert not Grade.objects.exists()


@pytest.mark.parametrize("name", sorted(STOLEN))
def test_starting_takes_a_quiz_and_nothing_else(
    ada_client: Client, quiz: Quiz, ada: Person, zoe: Person, name: str
) -> None:
    value = zoe.pk if name in ("person", "user") else STOLEN[name]
    post(ada_client, "api-attempts", {"quiz": quiz.slug, name: value})
    for attempt in Attempt.objects.all():
        assert (attempt.person, attempt.state, attempt.number, attempt.score) == (ada, "open", 1, None)
        assert (attempt.carried, attempt.started_at.year > 2020, attempt.deadline.year < 2099) == (
            0,
            True,
            True,
        )


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_an_attempt_and_its_answers_are_not_written_over(
    ada_client: Client, attempt: Attempt, method: str
) -> None:
    before = rows(attempt)
    for address in (reverse("api-attempt", args=[attempt.pk]), reverse("api-answers")):
        response = getattr(ada_client, method)(address, STOLEN, content_type="application/json")
        assert response.status_code == 405
    assert rows(attempt) == before


def test_a_form_from_an_old_attempt_changes_no_answer(
    ada_client: Client, ada: Person, quiz: Quiz, hand_in: Answering
) -> None:
    old = hand_in(ada, quiz, what_squeaks="c")
    before = [(row.response, row.grade.score) for row in old.answers.select_related("grade").order_by("pk")]
    form = {f"q-{answer_of(old, 'what-squeaks').question_id}": ["a", "b"], "seq-1": "9"}
    for name in ("attempt-save", "attempt-submit"):
        ada_client.post(reverse(name, args=[old.pk]), form)
    body = answer_body(old, ["a", "b"], seq=9, slug="what-squeaks")
    assert post(ada_client, "api-answers", body).status_code == 409
    again = [(row.response, row.grade.score) for row in old.answers.select_related("grade").order_by("pk")]
    assert again == before


def test_nobody_answers_for_somebody_else(client: Client, attempt: Attempt, zoe: Person) -> None:
    client.force_login(zoe)
    before = rows(attempt)
    assert post(client, "api-answers", answer_body(attempt, ["b"])).status_code == 404
    for name in ("attempt-save", "attempt-submit"):
        assert client.post(reverse(name, args=[attempt.pk])).status_code == 404
    assert rows(attempt) == before
    assert not PracticeItem.objects.exists()
