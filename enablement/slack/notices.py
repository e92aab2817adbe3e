"""Messages to people in Slack: what mail would carry, as one direct message."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from enablement import outbox
from enablement.models import MailChoice, Notice, Person
from enablement.own_forms import written_for
from enablement.slack import blocks
from enablement.slack.client import SlackError
from enablement.slack.limits import MAX_LINKS
from enablement.slack.markup import escape, link
from enablement.slack.posting import Place, send
from enablement.slack.recognising import account_of
from enablement.trust.mailing import SLACK_WORK, mail_notices, note_sent, subject, unsent_of


@outbox.handles(SLACK_WORK)
def send_notices(person: int, upto: int) -> None:
    """Send a person what is unread of their messages, up to the one with the key `upto`, in one message.

    Where Slack refuses for good (the token was revoked, the account is gone), it goes by mail. Raises
    SlackError where trying again may help.
    """
    found = Person.objects.filter(pk=person, is_active=True, slack_link__isnull=False).first()
    notices = unsent_of(person, upto)
    if found is None or found.mail == MailChoice.NEVER or not notices:
        return
    account = account_of(found)
    if account is None:
        mail_notices(person, upto)
        return
    try:
        with written_for(found):
            message = notices_message(notices)
        send(Place(channel=account.slack_user), message)
    except SlackError as error:
        if not error.permanent:
            raise
        mail_notices(person, upto)
        return
    note_sent(notices)


def notices_message(notices: Sequence[Notice]) -> blocks.Message:
    """Several messages as one, each with the page that it leads to."""
    shown = [
        blocks.section("\n".join(filter(None, [f"*{_title(notice)}*", escape(notice.text)])))
        for notice in notices[:MAX_LINKS]
    ]
    if len(notices) > MAX_LINKS:
        shown.append(blocks.section(link(reverse("notices"), f"And {len(notices) - MAX_LINKS} more")))
    how = link(f"{reverse('account')}#mail", "How often, and which way")
    return blocks.notice(subject(notices)) | {"blocks": [*shown, blocks.section(how)]}


def _title(notice: Notice) -> str:
    return link(reverse("notice", args=[notice.pk]), notice.title)
