"""Before an attempt is handed in, nothing of any answer key leaves the server, and none is even read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enablement.models import Person, Role
from quizzes.attempts import submit_attempt
from quizzes.models import Answer, Attempt
from tests.quizzes.doors import CANARY


def addresses(attempt: Attempt) -> Iterator[str]:
    """Every page and every address of the API that quizzes have, and some that do not exist."""
    slug = attempt.quiz.slug
    yield from (
        "/",
        "/quizzes/",
        f"/quizzes/{slug}/",
        f"/quizzes/{slug}/statistics/",
        "/practice/",
        "/results/",
        "/team/",
        "/team/ada/",
        "/quizzes/nothing/",
    )
    yield from (
        f"/attempts/{attempt.pk}/",
        f"/attempts/{attempt.pk}/?finish=1",
        f"/attempts/{attempt.pk}/result/",
    )
    yield from (
        f"/api/v1/{path}/"
        for path in ("quizzes", f"quizzes/{slug}", "attempts", "practice", "reports/teams", "schema")
    )
    yield from (f"/api/v1/attempts/{attempt.pk}/", f"/api/v1/attempts/{attempt.pk}/submit/")


def reads_a_key(sql: str) -> bool:
    return "quizzes_answerkey" in sql or "quizzes_sampleanswer" in sql


@pytest.fixture
def other_rep(asked: Attempt) -> Person:
    return Person.objects.create_user("ben", role=Role.REP)


@pytest.fixture(params=["attempt", "every_kind"])
def asked(request: pytest.FixtureRequest) -> Attempt:
    """Ada's open attempt: at the quiz about doors, and at one with a question of every kind."""
    attempt: Attempt = request.getfixturevalue(request.param)
    return attempt


def bodies(client: Client, attempt: Attempt) -> Iterator[tuple[str, str]]:
    for address in addresses(attempt):
        response = client.get(address, follow=True)
        yield address, response.content.decode()


def test_no_page_and_no_answer_of_the_api_shows_a_key(
    ada_client: Client, asked: Attempt, zoe: Person, max: Person, other_rep: Person
) -> None:
    readers = [ada_client, *(Client() for _ in range(3))]
    for client, person in zip(readers[1:], (zoe, max, other_rep), strict=True):
        client.force_login(person)
    for client in readers:
        for address, body in bodies(client, asked):
            assert CANARY not in body, address


def test_saving_answers_neither_shows_nor_reads_a_key(ada_client: Client, asked: Attempt) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for answer in Answer.objects.filter(attempt=asked):
            shown = [{"chosen": [name]} for name in answer.option_order]
            for response in shown or [{"text": "It is the lock."}]:
                body = {
                    "attempt": str(asked.pk),
                    "question": answer.question_id,
                    "response": response,
                    "client_seq": 1,
                }
                saved = ada_client.post(reverse("api-answers"), body, content_type="application/json")
                assert saved.status_code == 200
                assert CANARY not in saved.content.decode()
    assert not [query["sql"] for query in queries if reads_a_key(query["sql"])]


def test_no_page_before_handing_in_reads_the_table_of_keys(ada_client: Client, asked: Attempt) -> None:
    with CaptureQueriesContext(connection) as queries:
        for address in addresses(asked):
            ada_client.get(address, follow=True)
    assert queries.captured_queries
    assert not [query["sql"] for query in queries if reads_a_key(query["sql"])]


def test_after_handing_in_the_person_and_their_manager_see_it_and_nobody_else(
    ada_client: Client, asked: Attempt, ada: Person, zoe: Person, max: Person, nia: Person
) -> None:
    submit_attempt(asked, ada)
    result = reverse("attempt-result", args=[asked.pk])
    assert CANARY in ada_client.get(result).content.decode()
    assert CANARY in ada_client.get(f"/api/v1/attempts/{asked.pk}/").content.decode()
    for person, status in ((max, 200), (zoe, 404), (nia, 404)):
        client = Client()
        client.force_login(person)
        response = client.get(result)
        assert response.status_code == status
        assert (CANARY in response.content.decode()) == (status == 200)
        assert client.get(f"/api/v1/attempts/{asked.pk}/").status_code == 404
