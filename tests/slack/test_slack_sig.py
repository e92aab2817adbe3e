"""Requests that are not Slack’s, or not now, have no effect, and no error (docs/threats.md, T20, T21)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from enablement.models import Conversation, Person, SlackRequest, Work
from enablement.slack.limits import SIGNATURE_WINDOW_SECONDS
from enablement.slack.signature import is_signed, sign
from tests.slack.conftest import ADDRESS, FORM, SECRET, Workspace

SIGNATURE, TIMESTAMP = "X-Slack-Signature", "X-Slack-Request-Timestamp"
Headers = dict[str, str]


def signed(body: bytes, *, secret: str = SECRET, at: float | None = None) -> Headers:
    timestamp = str(int(time.time() if at is None else at))
    return {TIMESTAMP: timestamp, SIGNATURE: sign(secret, timestamp, body)}


def with_timestamp(body: bytes, timestamp: str) -> tuple[bytes, Headers]:
    """Signed rightly, over a timestamp that is none."""
    return body, {TIMESTAMP: timestamp, SIGNATURE: sign(SECRET, timestamp, body)}


def reencoded(body: bytes) -> bytes:
    again = urlencode({key: value[0] for key, value in sorted(parse_qs(body.decode()).items())}).encode()
    assert again != body
    return again


FORGERIES: dict[str, Callable[[bytes], tuple[bytes, Headers]]] = {
    "no signature": lambda body: (body, {TIMESTAMP: signed(body)[TIMESTAMP]}),
    "no timestamp": lambda body: (body, {SIGNATURE: signed(body)[SIGNATURE]}),
    "not hexadecimal": lambda body: (body, signed(body) | {SIGNATURE: "v0=" + "z" * 64}),
    "another secret": lambda body: (body, signed(body, secret="another")),
    "another version": lambda body: (body, signed(body) | {SIGNATURE: "v1=" + signed(body)[SIGNATURE][3:]}),
    "body changed": lambda body: (body + b"&x=1", signed(body)),
    "body encoded anew": lambda body: (reencoded(body), signed(body)),
    "five minutes and a second old": lambda body: (body, signed(body, at=time.time() - 301)),
    "five minutes and some ahead": lambda body: (body, signed(body, at=time.time() + 302)),
    "timestamp in words": lambda body: with_timestamp(body, "yesterday"),
    "timestamp empty": lambda body: with_timestamp(body, ""),
    "timestamp a fraction": lambda body: with_timestamp(body, f"{time.time():.3f}"),
    "two signatures": lambda body: (
        body,
        signed(body) | {SIGNATURE: ",".join([signed(body)[SIGNATURE]] * 2)},
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_request_is_refused(name: str, workspace: Workspace, linked_ada: Person) -> None:
    body, headers = FORGERIES[name](workspace.body("what is LoRA?"))
    response = Client().post(ADDRESS, body, content_type=FORM, headers=headers)
    assert response.status_code == 401
    assert not Work.objects.exists()
    assert not Conversation.objects.exists()
    assert not SlackRequest.objects.exists()


def test_without_a_secret_nothing_is_taken_and_an_admin_reads_why(
    workspace: Workspace, settings: Any
) -> None:
    settings.SLACK_SIGNING_SECRET = ""
    body = workspace.body("what is LoRA?")
    response = Client().post(ADDRESS, body, content_type=FORM, headers=signed(body, secret=""))
    assert response.status_code == 503
    assert b"SLACK_SIGNING_SECRET" in response.content


def test_only_posts_are_taken(workspace: Workspace) -> None:
    assert Client().get(ADDRESS, headers=signed(b"")).status_code == 405


def test_what_slack_signed_is_taken(workspace: Workspace, linked_ada: Person) -> None:
    body = workspace.body("what is LoRA?")
    at_the_edge = signed(body, at=time.time() - SIGNATURE_WINDOW_SECONDS + 2)
    assert Client().post(ADDRESS, body, content_type=FORM, headers=at_the_edge).status_code == 200
    assert Work.objects.count() == 1


def test_the_same_request_twice_has_one_effect(workspace: Workspace, linked_ada: Person) -> None:
    body = workspace.body("what is LoRA?")
    headers = signed(body)
    assert Client().post(ADDRESS, body, content_type=FORM, headers=headers).status_code == 200
    assert Client().post(ADDRESS, body, content_type=FORM, headers=headers).status_code == 409
    assert Work.objects.count() == 1
    assert Conversation.objects.count() == 1


def test_a_signature_of_slacks_own_documentation_verifies() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
        b"96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    known = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert is_signed(SECRET, body, timestamp="1531420618", signature=known, now=1531420618)


@given(timestamp=st.text(), signature=st.text(), body=st.binary(), secret=st.text())
def test_nothing_that_is_sent_makes_the_check_fail(
    timestamp: str, signature: str, body: bytes, secret: str
) -> None:
    assert not is_signed(secret, body, timestamp=timestamp, signature=signature, now=1_800_000_000.0)
