"""Passwords cannot be guessed, and a refusal does not say whose account there is."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisAway

from enablement.models import AuditEvent, Person
from enablement.sign_on import limits

PASSWORD = "correct horse battery"


def attempt(client: Client, username: str, password: str) -> int:
    return client.post("/sign-in/", {"username": username, "password": password}).status_code


def test_the_eleventh_try_within_a_minute_is_refused(client: Client, ada: Person) -> None:
    assert [attempt(client, "ada", f"guess {n}") for n in range(11)] == [400] * 10 + [429]
    assert attempt(client, "Ada", PASSWORD) == 429
    client.defaults["REMOTE_ADDR"] = "192.0.2.2"
    assert attempt(client, "ada", PASSWORD) == 302


def test_an_unknown_account_is_limited_in_the_same_words(client: Client, ada: Person) -> None:
    pages = {}
    for username in ("ada", "nobody"):
        for n in range(11):
            attempt(client, username, f"guess {n}")
        page = client.post("/sign-in/", {"username": username, "password": "x"})
        pages[username] = (page.status_code, page.content.count(b"Wait a minute"), b"not fit" in page.content)
    assert pages["ada"] == pages["nobody"] == (429, 1, False)


def test_many_accounts_from_one_place_are_limited_too(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PER_ADDRESS", 5)
    assert [attempt(client, f"name{n}", "x") for n in range(6)] == [400] * 5 + [429]


def test_a_forged_header_does_not_move_the_count(client: Client, ada: Person) -> None:
    for n in range(11):
        status = client.post(
            "/sign-in/", {"username": "ada", "password": "x"}, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}"
        ).status_code
    assert status == 429


def test_coming_in_begins_the_count_anew(client: Client, ada: Person) -> None:
    for n in range(9):
        attempt(client, "ada", f"guess {n}")
    assert attempt(client, "ada", PASSWORD) == 302
    assert attempt(Client(), "ada", "x") == 400


def test_while_redis_is_away_each_process_counts(client: Client, ada: Person) -> None:
    with patch.object(limits.caches["default"], "add", side_effect=RedisAway):
        assert [attempt(client, "ada", "x") for n in range(11)] == [400] * 10 + [429]


@pytest.mark.parametrize("state", ["known", "unknown", "without a password", "deactivated"])
def test_a_refusal_costs_the_same_work_and_says_the_same(client: Client, ada: Person, state: str) -> None:
    """The password is hashed once either way: that is the part of the time that could be measured."""
    if state == "without a password":
        ada.set_unusable_password()
    ada.is_active = state != "deactivated"
    ada.save()
    posted = {"username": "who" if state == "unknown" else "ada", "password": "wrong"}
    encode = MD5PasswordHasher.encode
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=encode) as hashed:
        response = client.post("/sign-in/", posted)
    assert hashed.call_count == 1
    assert response.status_code == 400
    assert "do not fit together" in response.content.decode()
    assert AuditEvent.objects.filter(verb="fail_sign_in").count() == 1


def test_what_was_typed_in_place_of_a_name_is_not_kept(client: Client, db: None) -> None:
    attempt(client, PASSWORD, "ada")
    event = AuditEvent.objects.get(verb="fail_sign_in")
    assert PASSWORD not in f"{event.subject} {event.before} {event.after}"


@pytest.mark.parametrize("place", ["//evil", r"\evil", "https:evil", "https://evil.example/"])
def test_nobody_is_sent_elsewhere(client: Client, ada: Person, settings: Settings, place: str) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    posted = {"username": "ada", "password": PASSWORD, "next": place}
    assert client.post(f"/sign-in/?next={place}", posted)["Location"] == "/"
