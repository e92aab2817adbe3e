"""Message shortcuts, buttons and the dialogue, from what Slack sends to what it is told."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from enablement.chat import turns
from enablement.models import Feedback, Flag, Lesson, Person, Surface, Turn, TurnState
from enablement.slack import blocks, texts
from enablement.slack.limits import ACKNOWLEDGE_SECONDS, MEMBER_TIMEOUT_SECONDS, TRIGGER_TIMEOUT_SECONDS
from enablement.slack.suggesting import CALLBACK, permalink
from tests.slack.conftest import Workspace
from tests.slack.slack_server import stray_mentions
from tests.slack.web_api import WebApi

WORDS = {"text": "We train it on your documents &amp; it knows them, <@U9>.", "ts": "1700000000.000100"}


def posted(workspace: Workspace) -> list[dict[str, Any]]:
    workspace.do_work()
    return workspace.server.messages[workspace.name]


@pytest.fixture
def turn(ada: Person, linked_ada: Person) -> Turn:
    turn = turns.ask(ada, "What is retrieval?", Surface.SLACK)
    Turn.objects.filter(pk=turn.pk).update(state=TurnState.DONE, answer="It looks things up.", engine="local")
    return turn


class TestShortcuts:
    @pytest.mark.parametrize("name", ["check_wording", "sort_statement"])
    def test_a_message_is_judged_for_whoever_asked(
        self, workspace: Workspace, linked_ada: Person, name: str
    ) -> None:
        response = workspace.interact(type="message_action", callback_id=name, message=WORDS)
        assert (response.status_code, response.content) == (200, b"")
        [message] = posted(workspace)
        assert message["response_type"] == "ephemeral"
        assert stray_mentions(message) == []

    def test_an_account_that_is_not_linked_is_told_how(self, workspace: Workspace) -> None:
        workspace.interact(type="message_action", callback_id="check_wording", message=WORDS)
        [message] = posted(workspace)
        assert message["text"] == blocks.notice(texts.how_to_link())["text"]

    def test_a_picture_without_words_is_said_to_have_none(
        self, workspace: Workspace, linked_ada: Person
    ) -> None:
        workspace.interact(type="message_action", callback_id="check_wording", message={"text": ""})
        assert posted(workspace)[0]["text"] == texts.NO_WORDS

    @pytest.mark.parametrize(
        "payload",
        [
            {},
            {"type": "message_action", "callback_id": "unknown", "message": WORDS},
            {"type": "message_action", "callback_id": "check_wording", "message": "text"},
            {"type": "message_action", "callback_id": ["check_wording"], "message": WORDS},
            {"type": "block_actions", "actions": []},
            {"type": "block_actions", "actions": [7]},
            {"type": "unheard_of"},
            {"type": "message_action", "callback_id": "check_wording", "message": WORDS, "user": None},
            {
                "type": "message_action",
                "callback_id": "check_wording",
                "message": WORDS,
                "response_url": "http://x",
            },
        ],
    )
    def test_what_slack_does_not_send_is_refused(
        self, workspace: Workspace, linked_ada: Person, payload: dict[str, Any]
    ) -> None:
        assert workspace.interact(**payload).status_code == 400
        assert posted(workspace) == []


class TestButtons:
    def click(self, workspace: Workspace, name: str, value: str) -> list[dict[str, Any]]:
        action = {"type": "button", "action_id": name, "value": value}
        assert workspace.interact(type="block_actions", actions=[action]).status_code == 200
        return posted(workspace)

    def test_sharing_shows_the_answer_to_the_channel_once(self, workspace: Workspace, turn: Turn) -> None:
        [message] = self.click(workspace, blocks.SHARE, str(turn.pk))
        assert message["response_type"] == "in_channel"
        assert "It looks things up." in json.dumps(message)
        assert "actions" not in [block["type"] for block in message["blocks"]]
        [again] = self.click(workspace, blocks.SHARE, str(turn.pk))
        assert (again["response_type"], again["text"]) == ("ephemeral", texts.SHARED_ALREADY)

    def test_that_it_helped_is_kept(self, workspace: Workspace, turn: Turn) -> None:
        [message] = self.click(workspace, blocks.HELPED, str(turn.pk))
        assert message["text"] == texts.THANKS
        assert Feedback.objects.get(turn=turn).good

    def test_that_it_did_not_help_asks_why_and_keeps_it(self, workspace: Workspace, turn: Turn) -> None:
        [asked] = self.click(workspace, blocks.FAILED, str(turn.pk))
        reason = next(block for block in asked["blocks"] if block["type"] == "actions")["elements"][1]
        [message] = self.click(workspace, reason["action_id"], reason["value"])
        assert message["text"] == texts.HEARD
        assert Feedback.objects.get(turn=turn).reason == "outdated"

    @pytest.mark.parametrize("name", [blocks.SHARE, blocks.HELPED, f"{blocks.FAILED}:wrong"])
    def test_somebody_elses_answer_is_not_theirs_to_use(
        self, workspace: Workspace, linked_ada: Person, zoe: Person, name: str
    ) -> None:
        theirs = turns.ask(zoe, "What is retrieval?", Surface.SLACK)
        [message] = self.click(workspace, name, str(theirs.pk))
        assert message["text"] == texts.NOT_YOURS
        assert not Feedback.objects.exists()

    def test_a_value_that_is_no_answer_is_nobodys(self, workspace: Workspace, linked_ada: Person) -> None:
        assert self.click(workspace, blocks.HELPED, "1 OR 1=1")[0]["text"] == texts.NOT_YOURS


class TestSuggesting:
    @pytest.fixture(autouse=True)
    def lesson(self, released_lesson: Lesson) -> Lesson:
        return released_lesson

    def opened(self, workspace: Workspace, web_api: WebApi, capture: Any, **more: Any) -> dict[str, Any]:
        with capture(execute=True):
            workspace.interact(type="message_action", callback_id="suggest_line", message=WORDS, **more)
        [call] = web_api.calls["views.open"]
        view = call["view"]
        assert isinstance(view, dict)
        return view

    def filled(self, view: dict[str, Any], lesson: str, **lines: str) -> dict[str, Any]:
        values: dict[str, Any] = {"lesson": {"value": {"selected_option": {"value": lesson}}}}
        values |= {name: {"value": {"value": line}} for name, line in lines.items()}
        return {"callback_id": CALLBACK, "state": {"values": values}} | {
            "private_metadata": view["private_metadata"]
        }

    def test_a_message_becomes_a_proposed_line_with_its_address(
        self,
        workspace: Workspace,
        web_api: WebApi,
        linked_ada: Person,
        lesson: Lesson,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        view = self.opened(workspace, web_api, django_capture_on_commit_callbacks)
        first = view["blocks"][1]["element"]["initial_value"]
        assert first.startswith("We train it on your documents & it knows them")
        lines = {"dont_say": first, "do_say": "We keep them in retrieval.", "why": "Buyers expect recall."}
        response = workspace.interact(type="view_submission", view=self.filled(view, lesson.slug, **lines))
        assert response.json()["response_action"] == "update"
        flag = Flag.objects.get()
        assert (flag.person, flag.lesson) == (linked_ada, lesson)
        assert flag.note == "Suggested in Slack: https://example.slack.com/archives/C1/p1700000000000100"

    def test_what_is_missing_is_said_by_its_field(
        self,
        workspace: Workspace,
        web_api: WebApi,
        linked_ada: Person,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        view = self.opened(workspace, web_api, django_capture_on_commit_callbacks)
        response = workspace.interact(type="view_submission", view=self.filled(view, "nowhere", do_say=" "))
        assert set(response.json()["errors"]) == {"lesson", "dont_say", "do_say", "why"}
        assert not Flag.objects.exists()

    def test_where_slack_does_not_open_it_the_site_has_the_form(
        self,
        workspace: Workspace,
        web_api: WebApi,
        linked_ada: Person,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            workspace.interact(
                type="message_action", callback_id="suggest_line", message=WORDS, trigger_id="expired"
            )
        [message] = posted(workspace)
        assert "https://dosay.example/flags/propose/?dont_say=We+train" in message["text"]

    def test_a_slow_slack_does_not_keep_the_acknowledgement_waiting(
        self,
        workspace: Workspace,
        web_api: WebApi,
        linked_ada: Person,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        # A busy machine has as much again to get there.
        web_api.slow = 2 * TRIGGER_TIMEOUT_SECONDS
        began = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            workspace.interact(type="message_action", callback_id="suggest_line", message=WORDS)
        assert time.monotonic() - began < web_api.slow
        assert MEMBER_TIMEOUT_SECONDS + TRIGGER_TIMEOUT_SECONDS <= ACKNOWLEDGE_SECONDS
        assert "/flags/propose/" in posted(workspace)[0]["text"]

    def test_an_address_is_made_of_names_only(self) -> None:
        payload = {"team": {"domain": "evil.example/"}, "channel": {"id": "C1"}, "message": {"ts": "1.1"}}
        assert permalink(payload) == ""
