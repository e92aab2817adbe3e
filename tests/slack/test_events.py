"""The bot is named, written to, and gone on with: each message answered once, to whom it belongs."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from enablement.models import Conversation, Person, SlackThread, Turn
from enablement.slack import blocks, texts
from tests.slack.conftest import Workspace
from tests.slack.slack_server import stray_mentions
from tests.slack.web_api import WebApi

MENTION: dict[str, Any] = {"type": "app_mention", "text": "<@UBOT> what is retrieval?"}
DIRECT: dict[str, Any] = {
    "type": "message",
    "channel_type": "im",
    "channel": "D1",
    "text": "what is retrieval?",
}
IN_CHANNEL: dict[str, Any] = {"type": "message", "channel_type": "channel"}


def test_the_address_is_verified(workspace: Workspace) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    assert workspace.send("/slack/events/", body, "application/json").json() == {"challenge": "abc"}


@pytest.mark.usefixtures("linked_ada")
class TestMentions:
    def test_only_the_asker_sees_the_answer_in_the_thread(
        self, workspace: Workspace, web_api: WebApi
    ) -> None:
        assert workspace.happens(**MENTION, ts="1690000000.000001").status_code == 200
        workspace.do_work()
        [call] = web_api.calls["chat.postEphemeral"]
        assert (call["channel"], call["user"], call["thread_ts"]) == ("C1", "U1", "1690000000.000001")
        assert Turn.objects.get().question == "what is retrieval?"
        assert stray_mentions(call) == []

    def test_slack_tries_again_and_is_answered_once(self, workspace: Workspace, web_api: WebApi) -> None:
        for _ in range(4):
            assert workspace.happens("Ev1", **MENTION, ts="1690000000.000001").status_code == 200
        workspace.do_work()
        workspace.do_work()
        assert len(web_api.calls["chat.postEphemeral"]) == Turn.objects.count() == 1

    def test_a_mention_comes_as_a_message_too_and_is_answered_once(
        self, workspace: Workspace, web_api: WebApi
    ) -> None:
        root = "1690000000.000001"
        workspace.happens(**MENTION, ts=root)
        again = {"text": "<@UBOT> and what does it cost?", "ts": "1700000001.000001", "thread_ts": root}
        workspace.happens(**IN_CHANNEL, **again)
        workspace.happens(type="app_mention", **again)
        workspace.do_work()
        assert Turn.objects.count() == 2

    @pytest.mark.parametrize(
        ("text", "answered"),
        [("<@UBOT>", "help"), ("<@UBOT> help", "help"), ("<@UBOT>: sort", "sort")],
    )
    def test_what_needs_no_looking_up_is_said_at_once(
        self, workspace: Workspace, web_api: WebApi, text: str, answered: str
    ) -> None:
        workspace.happens(type="app_mention", text=text)
        workspace.do_work()
        expected = {"help": texts.HELP, "sort": texts.text_missing("sort")}
        [call] = web_api.calls["chat.postEphemeral"]
        assert call["text"] == blocks.notice(expected[answered])["text"]

    def test_a_channel_that_was_archived_is_answered_directly(
        self, workspace: Workspace, web_api: WebApi
    ) -> None:
        web_api.archived.add("C1")
        workspace.happens(**MENTION)
        workspace.do_work()
        [call] = web_api.calls["chat.postMessage"]
        assert call["channel"] == "U1"

    def test_while_slack_is_busy_the_answer_waits(self, workspace: Workspace, web_api: WebApi) -> None:
        web_api.failing["chat.postEphemeral"] = ["ratelimited", "internal_error"]
        workspace.happens(**MENTION)
        for _ in range(3):
            workspace.do_work()
        assert len(web_api.calls["chat.postEphemeral"]) == Turn.objects.count() == 1


class TestThreads:
    def follow(self, workspace: Workspace, root: str, **more: Any) -> None:
        workspace.happens(**IN_CHANNEL, text="and what does it cost?", thread_ts=root, **more)
        workspace.do_work()

    @pytest.fixture
    def root(self, workspace: Workspace, web_api: WebApi, linked_ada: Person) -> str:
        ts = "1690000000.000001"
        workspace.happens(**MENTION, ts=ts)
        workspace.do_work()
        return ts

    def test_it_goes_on_without_being_named(self, workspace: Workspace, root: str) -> None:
        self.follow(workspace, root)
        assert Turn.objects.count() == 2
        assert Conversation.objects.count() == 1

    def test_after_a_day_it_does_not(self, workspace: Workspace, root: str) -> None:
        SlackThread.objects.update(last_at=timezone.now() - timedelta(hours=25))
        self.follow(workspace, root)
        assert Turn.objects.count() == 1

    def test_other_people_in_the_thread_talk_to_one_another(self, workspace: Workspace, root: str) -> None:
        self.follow(workspace, root, user="U2")
        assert Turn.objects.count() == 1

    def test_other_threads_are_none_of_its_business(self, workspace: Workspace, root: str) -> None:
        self.follow(workspace, "1700000000.999999")
        workspace.happens(**IN_CHANNEL, text="what is retrieval?")
        assert Turn.objects.count() == 1

    def test_a_deleted_conversation_is_not_gone_on_with(self, workspace: Workspace, root: str) -> None:
        Conversation.objects.update(deleted_at=timezone.now())
        self.follow(workspace, root)
        assert Turn.objects.count() == 1


class TestDirectMessages:
    def test_a_direct_message_is_one_conversation(
        self, workspace: Workspace, web_api: WebApi, linked_ada: Person
    ) -> None:
        workspace.happens(**DIRECT)
        workspace.happens(**DIRECT | {"text": "and what does it cost?"})
        workspace.do_work()
        assert Conversation.objects.count() == 1
        assert [call["channel"] for call in web_api.calls["chat.postMessage"]] == ["D1", "D1"]
        assert all("thread_ts" not in call for call in web_api.calls["chat.postMessage"])

    def test_an_account_that_is_not_linked_is_told_how(self, workspace: Workspace, web_api: WebApi) -> None:
        workspace.happens(**DIRECT)
        workspace.do_work()
        assert web_api.calls["chat.postMessage"][0]["text"] == blocks.notice(texts.how_to_link())["text"]
        assert not Turn.objects.exists()

    @pytest.mark.parametrize(
        "event",
        [
            {"subtype": "message_changed"},
            {"subtype": "message_deleted"},
            {"subtype": "bot_message"},
            {"bot_id": "B1"},
            {"text": None},
            {"text": ["list"]},
            {"user": None},
            {"user": {"id": "U1"}},
            {"channel": ""},
            {"ts": "now"},
            {"thread_ts": "now"},
            {"type": "reaction_added"},
        ],
    )
    def test_edits_deletions_and_bots_are_left_alone(
        self, workspace: Workspace, web_api: WebApi, linked_ada: Person, event: dict[str, Any]
    ) -> None:
        assert workspace.happens(**DIRECT | event).status_code == 200
        workspace.do_work()
        assert not web_api.calls

    def test_whoever_was_deactivated_is_nobody_at_once(
        self, workspace: Workspace, web_api: WebApi, linked_ada: Person
    ) -> None:
        workspace.happens(**DIRECT)
        Person.objects.filter(pk=linked_ada.pk).update(is_active=False)
        workspace.do_work()
        [call] = web_api.calls["chat.postMessage"]
        assert call["text"] == texts.LINKED_AWAY


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"null", b'{"event": 1}', b"[" * 10_000, b'{"event_id": 5}']
)
def test_what_is_no_event_is_refused(workspace: Workspace, body: bytes) -> None:
    assert workspace.send("/slack/events/", body, "application/json").status_code == 400
