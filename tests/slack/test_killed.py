"""A worker that is killed at any point of a piece of work: its answer stands in Slack once."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from enablement.models import Person, Turn, Work
from enablement.outbox import run_work
from enablement.slack import posting
from enablement.slack.limits import EVENT_RETRIES
from tests.slack.conftest import Workspace
from tests.slack.test_events import MENTION
from tests.slack.web_api import WebApi

KILLED = -signal.SIGKILL


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(work: int, before_posting: bool) -> int:
    """Do the work in a process that is killed as it begins to post, or as soon as Slack has the message."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        # The parent's connection stays the parent's.
        kept = [one.connection for one in connections.all()]
        for one in connections.all():
            one.connection = None
        post = posting._send
        if before_posting:
            posting.is_first = die  # type: ignore[assignment]
        posting._send = lambda place, message: die(post(place, message))  # type: ignore[assignment]
        run_work(work)
        del kept
    finally:
        os._exit(1)


def taken_up_again(work: int) -> bool:
    """Do the work once the claim of the one that was killed has run out."""
    Work.objects.filter(pk=work).update(claimed_until=timezone.now() - timedelta(seconds=1))
    return run_work(work)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_answered_once_under_retries_and_a_worker_killed_anywhere(
    workspace: Workspace, web_api: WebApi, linked_ada: Person
) -> None:
    for number, before_posting in enumerate([True, False], 1):
        ts = f"1690000000.{number:06}"
        workspace.happens(f"Ev{number}", **MENTION, ts=ts)
        [work] = workspace.work()
        assert die_at(work.pk, before_posting) == KILLED
        for _ in range(EVENT_RETRIES):
            assert workspace.happens(f"Ev{number}", **MENTION, ts=ts).status_code == 200
        assert [one.pk for one in workspace.work()] == [work.pk]
        assert taken_up_again(work.pk)
        assert not run_work(work.pk)
        assert len(web_api.calls["chat.postEphemeral"]) == Turn.objects.count() == number
