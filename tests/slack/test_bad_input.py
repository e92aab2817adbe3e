"""What somebody may send that is too long, too odd, or meant for something that is gone."""

from __future__ import annotations

import pytest

from enablement.models import Person, Turn, Work
from enablement.slack import texts
from tests.slack.conftest import Workspace
from tests.slack.slack_server import problems_of, stray_mentions
from tests.slack.test_events import DIRECT, MENTION
from tests.slack.web_api import WebApi

LONG = "why " * 750
CODE = "```\nWe *train* it &amp; <https://x.example|it> knows <@U9>.\n```"


@pytest.mark.parametrize("command", ["", "sort ", "check ", "quiz ", "help ", "link ", "unlink "])
def test_three_thousand_characters_have_an_end_that_is_seen(
    workspace: Workspace, linked_ada: Person, command: str
) -> None:
    said = workspace.say(command + LONG)
    workspace.do_work()
    answers = workspace.server.messages[workspace.name]
    assert "Shorten it" in said or answers
    assert not any(problems_of(answer) for answer in answers)


@pytest.mark.parametrize("command", ["", "sort ", "check "])
def test_code_and_links_are_read_as_words_and_mention_nobody(
    workspace: Workspace, linked_ada: Person, command: str
) -> None:
    workspace.say(command + CODE)
    workspace.do_work()
    [answer] = workspace.server.messages[workspace.name]
    assert not problems_of(answer)
    assert stray_mentions(answer) == []
    assert "x.example" not in str(answer)


@pytest.mark.parametrize(("word", "meant"), [("quizz", "quiz"), ("SROT", "sort"), ("unlnk", "unlink")])
def test_a_word_that_is_nearly_a_command_is_asked_about(
    workspace: Workspace, linked_ada: Person, word: str, meant: str
) -> None:
    assert workspace.say(word) == texts.meant(word.lower(), meant)
    assert not Turn.objects.exists()


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "channel_not_found"])
def test_what_slack_refuses_for_good_is_not_tried_for_ever(
    workspace: Workspace, web_api: WebApi, linked_ada: Person, error: str
) -> None:
    workspace.happens(**DIRECT)
    workspace.happens(**MENTION)
    web_api.failing["chat.postMessage"] = [error] * 9
    web_api.failing["chat.postEphemeral"] = [error] * 9
    workspace.do_work()
    assert not Work.objects.filter(finished_at=None, name="answer_slack").exists()
    # What was asked is on the site.
    assert Turn.objects.count() == 2


def test_without_a_token_an_address_that_is_gone_ends_quietly(
    workspace: Workspace, linked_ada: Person
) -> None:
    workspace.say("What is a hinge?")
    workspace.server.ended.add(workspace.name)
    workspace.do_work()
    assert not workspace.work()
    assert Turn.objects.count() == 1
