"""Posting answers: only to Slack, and with one clear end for every way it can fail."""

from __future__ import annotations

from typing import Any

import pytest

from enablement.slack.blocks import notice
from enablement.slack.client import SlackError, is_response_url, respond
from tests.slack.slack_server import SlackServer


@pytest.fixture
def response_url(slack_server: SlackServer, settings: Any, request: pytest.FixtureRequest) -> str:
    settings.SLACK_API_BASE_URL = f"{slack_server.url}/api/"
    return slack_server.response_url(request.node.name)


def name_of(response_url: str) -> str:
    return response_url.rsplit("/", 1)[1]


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://hooks.slack.com/commands/T1/2/x", True),
        ("https://hooks.slack-gov.com/commands/T1/2/x", True),
        ("https://hooks.slack.com:443/x", True),
        ("http://hooks.slack.com/commands/T1/2/x", False),
        ("https://hooks.slack.com:8443/x", False),
        ("https://hooks.slack.com@evil.example/x", False),
        ("https://user:word@hooks.slack.com/x", False),
        ("https://hooks.slack.com.evil.example/x", False),
        ("https://evil.example/hooks.slack.com", False),
        ("https://evil.example#hooks.slack.com", False),
        ("https://hooks.slack.com\\@evil.example/", False),
        ("http://127.0.0.1:6379/", False),
        ("http://169.254.169.254/latest/meta-data/", False),
        ("http://[::1]/", False),
        ("https://[/", False),
        ("https://hooks.slack.com:x/", False),
        ("file:///etc/passwd", False),
        ("//hooks.slack.com/x", False),
        ("", False),
    ],
)
def test_only_addresses_of_slacks_are_posted_to(address: str, allowed: bool) -> None:
    assert is_response_url(address) is allowed
    if not allowed:
        with pytest.raises(SlackError) as caught:
            respond(address, notice("x"))
        assert caught.value.permanent


def test_a_message_arrives(slack_server: SlackServer, response_url: str) -> None:
    respond(response_url, notice("Here it is."))
    assert [message["text"] for message in slack_server.messages[name_of(response_url)]] == ["Here it is."]


@pytest.mark.parametrize(
    ("status", "permanent"), [(404, True), (410, True), (400, True), (429, False), (503, False)]
)
def test_a_refusal_says_whether_to_try_again(
    slack_server: SlackServer, response_url: str, status: int, permanent: bool
) -> None:
    slack_server.statuses[name_of(response_url)] = [status]
    with pytest.raises(SlackError) as caught:
        respond(response_url, notice("x"))
    assert caught.value.permanent is permanent


def test_a_redirect_is_not_followed(slack_server: SlackServer, response_url: str) -> None:
    slack_server.statuses[name_of(response_url)] = [307]
    with pytest.raises(SlackError) as caught:
        respond(response_url, notice("x"))
    assert caught.value.permanent
    assert "elsewhere" not in slack_server.messages


def test_an_address_is_used_five_times_at_most(response_url: str) -> None:
    for _ in range(5):
        respond(response_url, notice("x"))
    with pytest.raises(SlackError, match="used_url"):
        respond(response_url, notice("x"))


def test_a_server_that_is_away_may_come_back(settings: Any) -> None:
    settings.SLACK_API_BASE_URL = "http://127.0.0.1:9/api/"
    with pytest.raises(SlackError) as caught:
        respond("http://127.0.0.1:9/x", notice("x"))
    assert not caught.value.permanent
