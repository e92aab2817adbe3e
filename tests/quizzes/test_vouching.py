"""A line that nobody vouches for any more is used to grade nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enablement.models import Delivery, Person, Verification
from enablement.trust.verifying import assign_owner, verify
from quizzes.attempts import EmptyQuiz, NothingVouchedFor, start_attempt, submit_attempt
from quizzes.models import Attempt, AttemptState, Grade, Quiz
from tests.quizzes.doors import save

ENTRY = ("guide_entry", "door-unbreakable")
ALL = [ENTRY, ("distinction", "door-problem"), ("card", "door-hinge"), ("card", "door-lock")]


def expire(by: Person, *pairs: tuple[str, str]) -> None:
    for pair in pairs:
        assign_owner(*pair, by, person=by)
        verify(*pair, by)
    Verification.objects.update(until=timezone.now() - timedelta(days=1))


def asked(attempt: Attempt) -> set[str]:
    return set(attempt.answers.values_list("question__slug", flat=True))


def test_a_question_on_an_expired_line_is_not_drawn(quiz: Quiz, ada: Person, nia: Person) -> None:
    expire(nia, ENTRY)
    slugs = asked(start_attempt(ada, quiz))
    assert "what-to-promise" not in slugs
    assert "sort-scraping" in slugs


def test_what_expires_during_an_attempt_does_not_count(
    quiz: Quiz, ada: Person, nia: Person, attempt: Attempt
) -> None:
    save(attempt, "what-to-promise", "a")
    save(attempt, "sort-scraping", "hinge")
    expire(nia, ENTRY)
    handed_in = submit_attempt(attempt, ada)
    graded = Grade.objects.filter(answer__attempt=attempt)
    assert "what-to-promise" not in graded.values_list("answer__question__slug", flat=True)
    assert graded.count() == attempt.answers.count() - 1
    assert handed_in.score == pytest.approx(1 / graded.count())
    assert not Delivery.objects.filter(person=ada, slug="door-unbreakable").exists()


def test_the_result_says_that_it_did_not_count(
    quiz: Quiz, ada: Person, nia: Person, attempt: Attempt, client: Client
) -> None:
    expire(nia, ENTRY)
    submit_attempt(attempt, ada)
    client.force_login(ada)
    assert "1 question did not count" in client.get(f"/attempts/{attempt.pk}/result/").content.decode()


def test_where_all_has_expired_nobody_is_graded(
    quiz: Quiz, ada: Person, zoe: Person, nia: Person, attempt: Attempt, client: Client
) -> None:
    attempt.answers.exclude(question__slug="what-to-promise").delete()
    expire(nia, ENTRY)
    with pytest.raises(NothingVouchedFor):
        submit_attempt(attempt, ada)
    client.force_login(ada)
    response = client.post(f"/attempts/{attempt.pk}/submit/", {"confirm": "1"}, follow=True)
    assert "it grades nobody" in response.content.decode()
    api = client.post(f"/api/v1/attempts/{attempt.pk}/submit/", content_type="application/json")
    assert (api.status_code, api.json()["code"]) == (409, "content_expired")
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.OPEN


def test_a_quiz_all_of_which_has_expired_is_not_begun(quiz: Quiz, ada: Person, nia: Person) -> None:
    quiz.places.exclude(question__slug="what-to-promise").delete()
    expire(nia, ENTRY)
    with pytest.raises(EmptyQuiz, match="has expired"):
        start_attempt(ada, quiz)


def test_what_nobody_owns_is_asked_as_before(quiz: Quiz, ada: Person) -> None:
    assert "what-to-promise" in asked(start_attempt(ada, quiz))
