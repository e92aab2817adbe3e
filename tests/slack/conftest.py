"""Slack as it calls us and as we call it."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from enablement.models import Person, SlackLink, Work
from enablement.slack.api import RATES
from enablement.slack.signature import sign
from enablement.tasks import run_work
from tests.slack.slack_server import SlackServer
from tests.slack.web_api import TOKEN, WebApi

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
ADDRESS = "/slack/commands/"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="session")
def slack_server() -> Iterator[SlackServer]:
    server = SlackServer()
    server.start()
    yield server
    server.stop()


@dataclass
class Workspace:
    """A Slack workspace whose people write commands."""

    server: SlackServer
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))
    numbers: Iterator[int] = field(default_factory=itertools.count)
    # Whether who writes is of another workspace, in a channel that both share.
    is_foreign: bool = False

    def body(self, text: str, *, user: str = "U1", team: str = "T1", **more: str) -> bytes:
        """A command as Slack posts it; each has a response address of its own."""
        self.name = f"{time.monotonic_ns()}-{next(self.numbers)}"
        form = {
            "command": "/dosay",
            "text": text,
            "team_id": "T2" if self.is_foreign else team,
            "user_id": user,
            "channel_id": "C1",
            "trigger_id": self.name,
            "response_url": self.server.response_url(self.name),
        }
        return urlencode(form | more).encode()

    def post(self, body: bytes, **headers: str) -> Any:
        """Post signed now, or as `headers` say."""
        now = str(int(time.time()))
        signed = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": sign(SECRET, now, body)}
        return self.client.post(ADDRESS, body, content_type=FORM, headers=signed | headers)

    def send(self, address: str, body: bytes, kind: str) -> Any:
        """Post to another of our addresses; each is signed at a later second than the one before."""
        now = str(int(time.time()) - 100 + next(self.numbers) % 200)
        signed = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": sign(SECRET, now, body)}
        return self.client.post(address, body, content_type=kind, headers=signed)

    def interact(self, **payload: Any) -> Any:
        """Click or choose something; `self.name` is the name of its response address."""
        self.name = f"{time.monotonic_ns()}-{next(self.numbers)}"
        filled = {
            "user": {"id": "U1", "team_id": "T2" if self.is_foreign else "T1"},
            "team": {"id": "T1", "domain": "example"},
            "channel": {"id": "C1"},
            "trigger_id": self.name,
            "response_url": self.server.response_url(self.name),
        } | payload
        return self.send("/slack/interactions/", urlencode({"payload": json.dumps(filled)}).encode(), FORM)

    def press_at_home(self, button: dict[str, Any]) -> Any:
        """Press a button of App Home: there is no response address then."""
        return self.interact(type="block_actions", actions=[button], view={"type": "home"}, response_url="")

    def happens(self, event_id: str = "", team: str = "T1", **event: Any) -> Any:
        """Tell of an event; without an id it is a new one."""
        number = next(self.numbers)
        filled = {"user": "U1", "channel": "C1", "ts": f"1700000000.{number:06}"} | event
        if self.is_foreign:
            filled["user_team"] = "T2"
        body = {
            "type": "event_callback",
            "team_id": team,
            "event_id": event_id or f"Ev{number}",
            "event": filled,
        }
        return self.send("/slack/events/", json.dumps(body).encode(), "application/json")

    def do_work(self) -> None:
        """Do all that waits for Slack, as if its pauses were over."""
        RATES.clear()
        for work in Work.objects.filter(name__endswith="_slack", finished_at=None).order_by("pk"):
            run_work(work.pk)

    def say(self, text: str, **more: str) -> str:
        """Write a command; return what is acknowledged."""
        response = self.post(self.body(text, **more))
        assert response.status_code == 200, response.content
        message = response.json()
        assert message["response_type"] == "ephemeral"
        text = message["text"]
        assert isinstance(text, str)
        return text

    def work(self) -> list[Work]:
        """Answers that are still to be given."""
        return list(Work.objects.filter(name="answer_slack", finished_at=None))

    def answers(self, text: str, **more: str) -> list[dict[str, Any]]:
        """Write a command, do the work, return what was posted to its response address."""
        self.say(text, **more)
        for work in self.work():
            run_work(work.pk)
        return self.server.messages[self.name]


@pytest.fixture
def workspace(slack_server: SlackServer, settings: Any, db: None) -> Workspace:
    settings.SLACK_SIGNING_SECRET = SECRET
    settings.SLACK_API_BASE_URL = f"{slack_server.url}/api/"
    settings.SITE_URL = "https://dosay.example"
    return Workspace(slack_server)


@pytest.fixture
def web_api(workspace: Workspace, settings: Any) -> Iterator[WebApi]:
    """Slack's web API behind the bot's token."""
    settings.SLACK_BOT_TOKEN = TOKEN
    workspace.server.api = WebApi()
    RATES.clear()
    yield workspace.server.api
    workspace.server.api = None


@pytest.fixture
def linked_ada(ada: Person) -> Person:
    """Ada, linked by a code; Slack has just said that she is a full member."""
    account = {"slack_team": "T1", "slack_user": "U1", "member_at": timezone.now()}
    SlackLink.objects.create(person=ada, **account)
    return ada
