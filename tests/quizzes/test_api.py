"""Quizzes in the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Delivery, Person, Surface
from quizzes.models import Answer, Attempt, Grade, Quiz
from tests.quizzes.doors import Answering, answer_of


def post(client: Client, name: str, body: object = None, **kwargs: Any) -> Any:
    return client.post(reverse(name, kwargs=kwargs), body or {}, content_type="application/json")


def answer_body(
    attempt: Attempt, chosen: object, seq: object = 1, slug: str = "what-to-promise"
) -> dict[str, Any]:
    return {
        "attempt": str(attempt.pk),
        "question": answer_of(attempt, slug).question_id,
        "response": {"chosen": chosen},
        "client_seq": seq,
    }


def test_a_quiz_from_start_to_result(ada_client: Client, ada: Person, quiz: Quiz) -> None:
    started = post(ada_client, "api-attempts", {"quiz": quiz.slug})
    assert started.status_code == 201
    assert post(ada_client, "api-attempts", {"quiz": quiz.slug}).status_code == 200
    attempt = Attempt.objects.get(pk=started.json()["id"])
    for question in started.json()["questions"]:
        body = {
            "attempt": started.json()["id"],
            "question": question["id"],
            "response": {"chosen": [question["choices"][0]["name"]]},
            "client_seq": 1,
        }
        saved = post(ada_client, "api-answers", body)
        assert saved.json()["stored"] is True
    first, second = (post(ada_client, "api-attempt-submit", pk=attempt.pk) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert first.json()["state"] == "submitted"
    assert first.json()["questions"] == []
    assert len(first.json()["results"]) == 4
    assert Grade.objects.count() == 4
    assert set(Delivery.objects.values_list("surface", flat=True)) == {Surface.API}


def test_a_save_that_comes_late_is_told_what_is_stored(ada_client: Client, attempt: Attempt) -> None:
    post(ada_client, "api-answers", answer_body(attempt, ["b"], seq=9))
    late = post(ada_client, "api-answers", answer_body(attempt, ["a"], seq=4)).json()
    assert (late["stored"], late["client_seq"], late["response"]) == (False, 9, {"chosen": ["b"]})


@pytest.mark.parametrize(
    "change",
    [
        {"client_seq": 0},
        {"client_seq": "many"},
        {"client_seq": 2**60},
        {"response": {"chosen": ["z"]}},
        {"response": {"chosen": ["a", "b"]}},
        {"response": {"chosen": "a"}},
        {"response": None},
        {"response": {"chosen": ["a"], "correct": True}},
        {"score": 1.0},
        {"question": 0},
        {"attempt": "mine"},
    ],
)
def test_nonsense_and_tampering_is_refused(
    ada_client: Client, attempt: Attempt, change: dict[str, Any]
) -> None:
    response = post(ada_client, "api-answers", answer_body(attempt, ["a"]) | change)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid"
    assert not Answer.objects.exclude(response=None).exists()


def test_an_answer_after_handing_in_is_a_conflict(
    ada_client: Client, ada: Person, quiz: Quiz, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz)
    response = post(ada_client, "api-answers", answer_body(attempt, ["a"], seq=50))
    assert response.status_code == 409
    assert response.json()["code"] == "attempt_closed"


def test_attempts_of_others_do_not_exist(client: Client, zoe: Person, max: Person, attempt: Attempt) -> None:
    for person in (zoe, max):
        client.force_login(person)
        assert client.get(reverse("api-attempt", args=[attempt.pk])).status_code == 404
        assert post(client, "api-attempt-submit", pk=attempt.pk).status_code == 404
        assert post(client, "api-answers", answer_body(attempt, ["a"])).status_code == 404
        assert client.get(reverse("api-attempts")).json()["count"] == 0


def test_a_question_of_another_attempt_does_not_exist(ada_client: Client, attempt: Attempt) -> None:
    body = answer_body(attempt, ["a"]) | {"question": 999_999_999}
    assert post(ada_client, "api-answers", body).status_code == 404


def test_the_list_of_quizzes_says_how_one_stands(
    ada_client: Client, ada: Person, quiz: Quiz, hand_in: Answering
) -> None:
    hand_in(ada, quiz, what_squeaks="a")
    (shown,) = ada_client.get(reverse("api-quizzes")).json()
    assert shown["slug"] == quiz.slug
    assert (shown["attempts"], shown["last_score"], shown["open_attempt"]) == (1, 0.75, None)


def test_a_manager_reads_the_results_of_their_own_teams_only(
    client: Client, ada: Person, zoe: Person, max: Person, quiz: Quiz, hand_in: Answering
) -> None:
    hand_in(ada, quiz, sort_scraping="lock")
    hand_in(zoe, quiz)
    client.force_login(max)
    (team,) = client.get(reverse("api-team-results")).json()["results"]
    assert [member["username"] for member in team["members"]] == ["ada"]
    assert {"true": "hinge", "chosen": "lock", "n": 1} in team["confusions"][0]["counts"]
    assert client.get(reverse("api-one-teams-results", args=["south"])).status_code == 404
    client.force_login(ada)
    assert client.get(reverse("api-team-results")).json()["results"] == []


def test_nobody_without_signing_in_reads_anything(client: Client, attempt: Attempt) -> None:
    for name in ("api-quizzes", "api-attempts", "api-team-results"):
        assert client.get(reverse(name)).status_code == 401
