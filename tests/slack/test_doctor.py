"""What the doctor says of the connection, and the page with the manifest."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from enablement.models import Person
from enablement.slack.manifest import manifest
from tests.slack.conftest import Workspace
from tests.slack.web_api import WebApi


def said() -> tuple[bool, dict[str, str]]:
    out = StringIO()
    with suppress(SystemExit):
        call_command("slack_doctor", "--json", stdout=out)
    result = json.loads(out.getvalue())
    return result["healthy"], {row["part"]: row["message"] for row in result["parts"]}


def test_all_is_well(workspace: Workspace, web_api: WebApi, linked_ada: Person) -> None:
    healthy, parts = said()
    assert healthy
    assert parts["token"] == "The bot is “dosay” in the workspace “Example”."
    assert parts["people"].startswith("1 ")


def test_a_missing_scope_is_named_with_its_reason(workspace: Workspace, web_api: WebApi) -> None:
    web_api.scopes.remove("im:history")
    healthy, parts = said()
    assert not healthy
    assert "im:history (questions to the bot in a direct message)" in parts["scopes"]


@pytest.mark.parametrize(
    ("error", "todo"),
    [("token_revoked", "Install the app"), ("account_inactive", "switch it on"), ("strange", "API_BASE_URL")],
)
def test_a_token_that_slack_refuses(workspace: Workspace, web_api: WebApi, error: str, todo: str) -> None:
    web_api.failing["auth.test"] = [error]
    healthy, parts = said()
    assert not healthy
    assert error in parts["token"]
    assert todo in parts["token"]


def test_a_clock_that_is_off(workspace: Workspace, web_api: WebApi) -> None:
    web_api.clock_off = 90
    healthy, parts = said()
    assert healthy
    assert re.search(r"\b(89|90|91) seconds off", parts["clock"])
    web_api.clock_off = -600
    assert not said()[0]


def test_what_is_bad_ends_with_1(workspace: Workspace, settings: Any) -> None:
    settings.SLACK_SIGNING_SECRET = ""
    with pytest.raises(SystemExit) as ended:
        call_command("slack_doctor", stdout=StringIO())
    assert ended.value.code == 1


def test_what_is_not_set(workspace: Workspace, settings: Any) -> None:
    settings.SLACK_SIGNING_SECRET, settings.SITE_URL = "", "http://127.0.0.1:8000"
    healthy, parts = said()
    assert not healthy
    assert "Basic Information" in parts["secret"]
    assert "https addresses only" in parts["address"]
    assert "commands work" in parts["token"]
    settings.SLACK_SIGNING_SECRET = "not-a-secret"
    assert "client secret" in said()[1]["secret"]


def test_slack_that_cannot_be_reached(workspace: Workspace, settings: Any) -> None:
    settings.SLACK_BOT_TOKEN, settings.SLACK_API_BASE_URL = "xoxb-1", "http://127.0.0.1:9/api/"
    assert "cannot be reached" in said()[1]["token"]


def test_the_manifest_is_for_this_site(workspace: Workspace) -> None:
    out = StringIO()
    call_command("slack_doctor", "--manifest", stdout=out)
    made = json.loads(out.getvalue())
    assert made == manifest()
    assert made["settings"]["interactivity"]["request_url"] == "https://dosay.example/slack/interactions/"
    # What Slack allows: https://docs.slack.dev/reference/app-manifest
    assert all(len(each["name"]) <= 24 for each in made["features"]["shortcuts"])
    assert len(made["display_information"]["description"]) <= 140


def test_the_page_is_for_admins(workspace: Workspace, client: Client, root: Person, max: Person) -> None:
    client.force_login(max)
    assert client.get("/slack-setup/").status_code == 404
    client.force_login(root)
    page = client.get("/slack-setup/").content.decode()
    assert "https://dosay.example/slack/events/" in page
