"""A write that is sent again under its key: one effect, one answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enablement.models import KeptResponse, Membership, Person, Role
from quizzes.models import Attempt, Grade, Quiz
from tests.quizzes.test_api import answer_body
from tests.quizzes.test_at_the_same_time import CROWD, at_once


def send(client: Client, name: str, body: object, key: str, **kwargs: Any) -> Any:
    headers = {"Idempotency-Key": key}
    return client.post(reverse(name, kwargs=kwargs), body, content_type="application/json", headers=headers)


def test_a_start_sent_again_gets_the_same_answer(ada_client: Client, quiz: Quiz) -> None:
    first, again = (send(ada_client, "api-attempts", {"quiz": quiz.slug}, "start-1") for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.status_code == 201
    assert again.headers["Idempotent-Replayed"] == "true"


def test_an_answer_sent_again_later_does_not_come_back(ada_client: Client, attempt: Attempt) -> None:
    first = send(ada_client, "api-answers", answer_body(attempt, ["b"], seq=1), "save-1")
    send(ada_client, "api-answers", answer_body(attempt, ["a"], seq=2), "save-2")
    again = send(ada_client, "api-answers", answer_body(attempt, ["b"], seq=1), "save-1")
    assert again.content == first.content
    assert attempt.answers.get(client_seq=2).response == {"chosen": ["a"]}


def test_a_key_is_good_for_one_request(ada_client: Client, attempt: Attempt) -> None:
    send(ada_client, "api-answers", answer_body(attempt, ["b"]), "key")
    other = send(ada_client, "api-answers", answer_body(attempt, ["a"]), "key")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_what_stands_behind_the_address_is_part_of_the_request(ada_client: Client, quiz: Quiz) -> None:
    send(ada_client, "api-attempts", {"quiz": quiz.slug}, "key")
    other = ada_client.post(
        f"{reverse('api-attempts')}?again=1",
        {"quiz": quiz.slug},
        content_type="application/json",
        headers={"Idempotency-Key": "key"},
    )
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_the_same_key_of_somebody_else_is_another_key(
    client: Client, ada: Person, zoe: Person, quiz: Quiz
) -> None:
    for person in (ada, zoe):
        client.force_login(person)
        assert send(client, "api-attempts", {"quiz": quiz.slug}, "key").status_code == 201
    assert Attempt.objects.count() == 2


def test_what_was_refused_can_be_sent_right_under_the_same_key(ada_client: Client, attempt: Attempt) -> None:
    assert send(ada_client, "api-answers", answer_body(attempt, ["z"]), "key").status_code == 400
    assert send(ada_client, "api-answers", answer_body(attempt, ["a"]), "key").status_code == 200


@pytest.mark.parametrize("key", ["", "with space", "ä", "x" * 201])
def test_what_cannot_be_a_key_is_refused(ada_client: Client, quiz: Quiz, key: str) -> None:
    response = send(ada_client, "api-attempts", {"quiz": quiz.slug}, key)
    assert response.status_code == 400
    assert not Attempt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_submits_have_one_effect_and_one_answer(attempt: Attempt, ada: Person) -> None:
    def submit(_: int) -> bytes:
        client = Client()
        client.force_login(ada)
        return bytes(send(client, "api-attempt-submit", {}, "submit", pk=attempt.pk).content)

    bodies = at_once(submit)
    assert len(bodies) == CROWD
    assert len(set(bodies)) == 1
    assert Grade.objects.count() == 4
    assert KeptResponse.objects.count() == 1


def test_answers_are_kept_for_a_day(ada_client: Client, quiz: Quiz) -> None:
    send(ada_client, "api-attempts", {"quiz": quiz.slug}, "key")
    assert KeptResponse.objects.outlived(timezone.now()).count() == 0
    assert KeptResponse.objects.outlived(timezone.now() + timedelta(hours=25)).count() == 1


def test_two_windows_with_the_same_number_are_told_apart(ada_client: Client, attempt: Attempt) -> None:
    first, second = (
        ada_client.post(
            reverse("api-answers"), answer_body(attempt, chosen, seq=5), content_type="application/json"
        )
        for chosen in (["a"], ["b"])
    )
    assert first.json()["stored"] is True
    assert second.json()["stored"] is False
    assert second.json()["response"] == {"chosen": ["a"]}


@pytest.mark.parametrize("change", ["role", "team", "managed team"])
def test_a_kept_answer_is_not_for_who_may_less_by_now(
    ada_client: Client, quiz: Quiz, ada: Person, change: str
) -> None:
    north = Membership.objects.get(person=ada).team
    north.managers.add(ada)
    first = send(ada_client, "api-attempts", {"quiz": quiz.slug}, "key")
    if change == "role":
        Person.objects.filter(pk=ada.pk).update(role=Role.MANAGER)
    elif change == "team":
        Membership.objects.filter(person=ada).delete()
    else:
        north.managers.remove(ada)
    again = send(ada_client, "api-attempts", {"quiz": quiz.slug}, "key")
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["code"] == "idempotency_other_rights"
    assert "Idempotent-Replayed" not in again.headers
    assert first.json()["id"] not in again.content.decode()
