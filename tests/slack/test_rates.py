"""Slack says when it is too much, and for how long: so long it is left alone, and nothing is lost."""

from __future__ import annotations

import pytest

from enablement.models import Person, Work
from enablement.outbox import sweep
from enablement.slack import api
from enablement.slack.client import SlackBusy, SlackError, seconds_to_wait
from enablement.slack.limits import (
    CALLS_A_MINUTE,
    MESSAGES_AT_ONCE,
    RESPONSE_USES,
    RETRY_AFTER_MOST_SECONDS,
    RETRY_AFTER_SECONDS,
)
from enablement.slack.rates import Rates
from tests.slack.conftest import Workspace
from tests.slack.test_events import DIRECT
from tests.slack.web_api import RETRY_AFTER, WebApi


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7),
        ("0", 1),
        (None, RETRY_AFTER_SECONDS),
        ("soon", RETRY_AFTER_SECONDS),
        ("-3", RETRY_AFTER_SECONDS),
        ("99999", RETRY_AFTER_MOST_SECONDS),
    ],
)
def test_how_long_to_wait(said: str | None, seconds: int) -> None:
    assert seconds_to_wait(said) == seconds


def test_a_pause_ends_by_itself() -> None:
    now = [10.0]
    rates = Rates(lambda: now[0])
    rates.begin("chat.postMessage C1", 5)
    assert (rates.left("chat.postMessage C1"), rates.left("chat.postMessage C2")) == (5.0, 0.0)
    now[0] = 15.0
    assert rates.left("chat.postMessage C1") == 0.0


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral", *CALLS_A_MINUTE])
def test_a_method_is_left_alone_for_as_long_as_slack_says(web_api: WebApi, method: str) -> None:
    web_api.failing[method] = ["ratelimited"]
    for _ in range(2):
        with pytest.raises(SlackBusy) as caught:
            api.call(method)
    assert 0 < caught.value.again_in <= 1
    assert not web_api.calls[method]


def test_more_than_a_method_takes_in_a_minute_is_refused(web_api: WebApi) -> None:
    web_api.called("auth.test", CALLS_A_MINUTE["auth.test"] - 1)
    api.call("auth.test")
    with pytest.raises(SlackBusy):
        api.call("auth.test")


def test_more_than_a_channel_takes_at_once_waits_and_arrives_once(
    workspace: Workspace, web_api: WebApi, linked_ada: Person
) -> None:
    for _ in range(MESSAGES_AT_ONCE + 3):
        workspace.happens(**DIRECT | {"text": "help"})
    workspace.do_work()
    assert len(web_api.calls["chat.postMessage"]) == MESSAGES_AT_ONCE
    assert web_api.refused == ["chat.postMessage D1"]
    waiting = Work.objects.filter(finished_at=None)
    assert list(waiting.values_list("tries", flat=True)) == [0, 0, 0]
    assert sweep() == 0
    web_api.passed += RETRY_AFTER
    workspace.do_work()
    workspace.do_work()
    assert len(web_api.calls["chat.postMessage"]) == MESSAGES_AT_ONCE + 3


def test_a_response_address_that_is_used_up_leaves_the_direct_message(
    workspace: Workspace, web_api: WebApi, linked_ada: Person
) -> None:
    workspace.say("What is a hinge?")
    workspace.server.uses[workspace.name] = RESPONSE_USES
    workspace.do_work()
    [call] = web_api.calls["chat.postMessage"]
    assert call["channel"] == "U1"


def test_slack_that_is_busy_is_an_error_that_passes() -> None:
    assert isinstance(SlackBusy(3), SlackError)
    assert not SlackBusy(3).permanent
