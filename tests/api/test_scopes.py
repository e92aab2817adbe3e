"""A token opens what its scope names, and each answer says where its caller stands with the limits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from enablement.api import limits
from enablement.models import Person, TokenScope
from enablement.tokens import make_token
from quizzes.models import Attempt


def call(clear: str, method: str, path: str) -> Any:
    headers = {"Authorization": f"Bearer {clear}"}
    return Client().generic(method, f"/api/v1/{path}", b"{}", "application/json", headers=headers)


@pytest.mark.parametrize(
    "path", ["attempts/", "answers/1/appeals/", "flags/", "pins/", "assignments/", "drafts/", "invitations/"]
)
def test_a_token_to_read_writes_nothing(ada: Person, path: str) -> None:
    _, clear = make_token(ada, "a report", 7, TokenScope.READ)
    refused = call(clear, "POST", path)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert "may read and ask only" in refused.json()["detail"]
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("path", ["ask/", "sortings/", "wording-checks/"])
def test_a_token_to_read_may_ask(ada: Person, path: str) -> None:
    _, clear = make_token(ada, "a report", 7, TokenScope.READ)
    assert call(clear, "GET", "attempts/").status_code == 200
    assert call(clear, "POST", path).status_code == 400


def test_a_token_to_write_writes(ada: Person) -> None:
    _, clear = make_token(ada, "a script", 7, TokenScope.WRITE)
    assert call(clear, "POST", "attempts/").status_code == 400


def test_a_token_made_on_the_page_reads_unless_it_is_to_write(ada: Person) -> None:
    client = Client()
    client.force_login(ada)
    for sent in ({}, {"scope": "write"}):
        client.post("/account/tokens/", {"name": "a script", "days": "7", **sent})
    assert sorted(ada.api_tokens.values_list("scope", flat=True)) == ["read", "write"]
    assert client.post("/account/tokens/", {"name": "x", "days": "7", "scope": "all"}).status_code == 400


def test_each_answer_says_how_many_requests_are_left(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.RestThrottle, "rate", "2/min")
    _, clear = make_token(ada, "a script", 7)
    answers = [call(clear, "GET", "me/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert {answer["RateLimit-Limit"] for answer in answers} == {"2"}
    assert all(0 < int(answer["RateLimit-Reset"]) <= 60 for answer in answers)
    assert int(answers[-1]["Retry-After"]) > 0
