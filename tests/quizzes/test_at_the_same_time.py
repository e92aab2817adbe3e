"""Fifty at once: one attempt, one effect."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from enablement.models import AuditEvent, Delivery, Person, Work
from quizzes.attempts import save_answer, start_attempt, submit_attempt
from quizzes.models import Answer, Attempt, Grade, Quiz, Review
from quizzes.practice.sessions import start_session
from tests.quizzes.doors import answer_of
from tests.slack.conftest import Workspace, linked_ada, slack_server, workspace

__all__ = ["linked_ada", "slack_server", "workspace"]

R = TypeVar("R")
CROWD = 50


def at_once(do: Callable[[int], R]) -> list[R]:
    """Run `do(number)` in fifty threads that all begin at the same moment."""
    barrier = Barrier(CROWD)

    def run(number: int) -> R:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(run, range(CROWD)))


@pytest.mark.django_db(transaction=True)
def test_fifty_starts_make_one_attempt(quiz: Quiz, ada: Person) -> None:
    attempts = at_once(lambda _: start_attempt(ada, quiz).pk)
    assert len(set(attempts)) == Attempt.objects.count() == 1
    assert Answer.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_fifty_submits_have_one_effect(attempt: Attempt, ada: Person) -> None:
    results = at_once(lambda _: submit_attempt(attempt, ada))
    assert len({(result.score, result.submitted_at) for result in results}) == 1
    assert Grade.objects.count() == 4
    assert AuditEvent.objects.filter(verb="submit_attempt").count() == 1
    assert Delivery.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_browser_and_api_at_once_hand_in_once(attempt: Attempt, ada: Person) -> None:
    session = Client()
    session.force_login(ada)
    pages = [reverse("attempt-submit", args=[attempt.pk]), reverse("api-attempt-submit", args=[attempt.pk])]

    def hand_in(number: int) -> int:
        client = Client()
        client.cookies = session.cookies.copy()
        return client.post(pages[number % 2], {"confirm": "1"}).status_code

    assert max(at_once(hand_in)) < 400
    assert Grade.objects.count() == 4
    assert AuditEvent.objects.filter(verb="submit_attempt").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_practice_question_answered_in_browser_and_slack_at_once_counts_once(
    quiz: Quiz, linked_ada: Person, workspace: Workspace
) -> None:
    item = start_session(linked_ada).items.select_related("question__key").first()
    assert item is not None
    session, name = Client(), item.option_order[0]
    session.force_login(linked_ada)
    page = reverse("practice-answer", args=[item.session_id, item.position])

    def answer(number: int) -> int:
        client = Client()
        if number % 2:
            client.cookies = session.cookies.copy()
            return client.post(page, {f"q-{item.question_id}": name}).status_code
        button = {"action_id": "practice:answer:A", "value": f"{item.pk}:{name}"}
        status: int = (
            Workspace(workspace.server, client)
            .interact(type="block_actions", actions=[button], trigger_id=str(number))
            .status_code
        )
        return status

    assert max(at_once(answer)) < 400
    item.refresh_from_db()
    assert item.response == {"chosen": [name]}
    assert Review.objects.filter(source="practice").count() == 1
    assert Work.objects.filter(name="practice_feedback_slack").count() <= 1


@pytest.mark.django_db(transaction=True)
def test_of_fifty_saves_the_highest_seq_stays(attempt: Attempt) -> None:
    question = answer_of(attempt, "what-squeaks").question
    at_once(lambda number: save_answer(attempt, question, {"chosen": ["abc"[number % 3]]}, number + 1))
    answer = answer_of(attempt, "what-squeaks")
    assert (answer.client_seq, answer.response) == (CROWD, {"chosen": ["b"]})
