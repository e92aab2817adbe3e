"""Messages in Slack in place of mail: the same ones, as often, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from enablement.models import MailChoice, MessagesBy, Notice, Person, Work
from enablement.slack.limits import MAX_LINKS
from enablement.slack.notices import notices_message
from enablement.trust.mailing import MOST_A_DAY, ask_for_mail
from enablement.trust.notices import OUTCOME, RECALL, notify, read_all
from tests.slack.conftest import Workspace
from tests.slack.slack_server import stray_mentions
from tests.slack.web_api import WebApi


@pytest.fixture
def reader(linked_ada: Person, web_api: WebApi) -> Person:
    Person.objects.update(messages_by=MessagesBy.SLACK, mail=MailChoice.SOON)
    linked_ada.refresh_from_db()
    return linked_ada


def sent(
    workspace: Workspace, web_api: WebApi, after: timedelta = timedelta(minutes=6)
) -> list[dict[str, Any]]:
    before = len(web_api.calls["chat.postMessage"])
    ask_for_mail(timezone.now() + after)
    workspace.do_work()
    return web_api.calls["chat.postMessage"][before:]


def test_several_messages_come_as_one_and_once(workspace: Workspace, web_api: WebApi, reader: Person) -> None:
    notify([reader], OUTCOME, "Taken up: <@U9> a line", text="Because it is right.")
    notify([reader], RECALL, "Corrected: “It cannot be broken”")
    [message] = sent(workspace, web_api)
    assert message["channel"] == "U1"
    assert message["text"] == "2 messages, one of them a correction"
    assert stray_mentions(message) == []
    notice = Notice.objects.get(kind=RECALL)
    assert f"https://dosay.example/notices/{notice.pk}/" in str(message["blocks"])
    assert sent(workspace, web_api) == []
    assert mail.outbox == []


def test_what_was_read_on_the_site_is_not_sent(workspace: Workspace, web_api: WebApi, reader: Person) -> None:
    notify([reader], OUTCOME, "One")
    ask_for_mail(timezone.now() + timedelta(minutes=6))
    read_all(reader)
    workspace.do_work()
    assert not web_api.calls["chat.postMessage"]


def test_without_a_link_mail_is_used(workspace: Workspace, web_api: WebApi, ada: Person) -> None:
    Person.objects.update(messages_by=MessagesBy.SLACK, mail=MailChoice.SOON)
    notify([ada], OUTCOME, "One")
    ask_for_mail(timezone.now() + timedelta(minutes=6))
    assert list(Work.objects.values_list("name", flat=True)) == ["mail_notices"]


def test_where_slack_refuses_for_good_mail_is_used(
    workspace: Workspace, web_api: WebApi, reader: Person
) -> None:
    notify([reader], OUTCOME, "One")
    web_api.failing["chat.postMessage"] = ["account_inactive"]
    assert sent(workspace, web_api) == []
    assert [one.subject for one in mail.outbox] == ["One"]


def test_only_so_many_a_day_but_corrections_always(
    workspace: Workspace, web_api: WebApi, reader: Person
) -> None:
    midday = timezone.now().replace(hour=12, minute=0)
    for minutes in range(MOST_A_DAY):
        sent_at = midday - timedelta(minutes=10 * minutes)
        Notice.objects.create(person=reader, kind=OUTCOME, title="Sent", mailed_at=sent_at)
    notify([reader], OUTCOME, "One too many")
    Notice.objects.update(made_at=midday - timedelta(hours=1))
    assert ask_for_mail(midday) == 0
    notify([reader], RECALL, "Corrected")
    Notice.objects.update(made_at=midday - timedelta(hours=1))
    assert ask_for_mail(midday) == 1


def test_many_messages_end_with_where_the_rest_is(workspace: Workspace, ada: Person) -> None:
    notify([ada], OUTCOME, "One of many")
    message = notices_message([Notice.objects.get()] * (MAX_LINKS + 4))
    assert "|And 4 more>" in message["blocks"][-2]["text"]["text"]
