"""Messages by mail or in Slack: what is new and unread, several in one, as often as each person wants.

Each minute a task finds who is to get one and writes it as work of the outbox; the worker sends it. What
was read on the site by then is left out. A correction of a line that somebody was given does not wait for
the day's mail: the old line may be used on the next call.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from enablement import outbox
from enablement.models import MailChoice, MessagesBy, Notice, Person
from enablement.numbers import number
from enablement.own_forms import written_for
from enablement.trust.notices import RECALL, shortened

WORK = "mail_notices"
# The same in Slack; who does it is not known here.
SLACK_WORK = "notices_slack"
# The day's mail goes out from this hour on, in the person's own time.
MORNING = 7
# What waited longer, because mail was chosen only now or no server took it, is left to the site.
OLDEST = timedelta(days=7)
# What comes within this time goes into one mail.
GATHERED = timedelta(minutes=5)
MOST_IN_ONE = 30
# Corrections come whenever there are some; everything else waits for tomorrow after this many in a day.
MOST_A_DAY = 5
_SUBJECT = 120


def ask_for_mail(now: datetime | None = None) -> int:
    """Write the mails that are due as work and return how many. Asked twice, it writes them once."""
    now = now or timezone.now()
    waiting: models.QuerySet[Person] = Person.objects.filter(is_active=True, is_demo=False)
    waiting = waiting.exclude(mail=MailChoice.NEVER).filter(pk__in=_unsent(now).values("person"))
    return sum(_ask(person, now) for person in waiting.select_related("slack_link") if way_to(person))


def way_to(person: Person) -> MessagesBy | None:
    """Which way a person's messages go: as chosen; by mail where no Slack account is linked; or None."""
    if person.messages_by == MessagesBy.SLACK and settings.SLACK_BOT_TOKEN and hasattr(person, "slack_link"):
        return MessagesBy.SLACK
    return MessagesBy.MAIL if person.email else None


@outbox.handles(WORK)
def mail_notices(person: int, upto: int) -> None:
    """Send a person what is unread of their messages, up to the one with the key `upto`, in one mail."""
    found = Person.objects.filter(pk=person, is_active=True).exclude(mail=MailChoice.NEVER).first()
    notices = unsent_of(person, upto)
    if found is None or not found.email or not notices:
        return
    with written_for(found):
        mail = message(found, notices)
    mail.send()
    note_sent(notices)


def unsent_of(person: int, upto: int) -> list[Notice]:
    """Return what is unread of a person's messages and was not sent, up to a key, the newest first."""
    return list(_unsent(timezone.now()).filter(person=person, pk__lte=upto).order_by("-made_at"))


def note_sent(notices: Sequence[Notice]) -> None:
    """Keep that messages have been sent, by whichever way."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())


def message(person: Person, notices: Sequence[Notice]) -> EmailMessage:
    """One mail in plain text with all of `notices`, each with the page that it leads to."""
    site = settings.SITE_URL.rstrip("/")
    account = f"{site}{reverse('account')}#mail"
    shown = [(notice, f"{site}{reverse('notice', args=[notice.pk])}") for notice in notices[:MOST_IN_ONE]]
    text = render_to_string(
        "trust/mail.txt",
        {
            "person": person,
            "shown": shown,
            "more": len(notices) - len(shown),
            "all": f"{site}{reverse('notices')}",
            "account": account,
        },
    )
    return EmailMessage(
        subject(notices), text, to=[person.email], headers={"List-Unsubscribe": f"<{account}>"}
    )


def subject(notices: Sequence[Notice]) -> str:
    """What a mail is about: its one message, or how many there are."""
    if len(notices) == 1:
        return shortened(notices[0].title, _SUBJECT)
    corrections = sum(notice.kind == RECALL for notice in notices)
    told = {0: "", 1: ", one of them a correction"}.get(corrections, f", {corrections} of them corrections")
    return f"{number(len(notices))} messages{told}"


def _ask(person: Person, now: datetime) -> bool:
    last = _unsent(now).filter(person=person).order_by("-pk").values_list("pk", flat=True).first()
    due = last is not None and _is_due(person, now)
    # The hour in the key: what no server took is tried again in the next hour.
    key = f"mail:{person.pk}:{last}:{now:%Y%m%d%H}"
    work = SLACK_WORK if way_to(person) == MessagesBy.SLACK else WORK
    return due and outbox.add_work(work, key=key, person=person.pk, upto=last) is not None


def _is_due(person: Person, now: datetime) -> bool:
    """Whether a mail goes out now: what is urgent has been gathered, or the day's mail is due."""
    urgent = _unsent(now).filter(person=person)
    if person.mail == MailChoice.DAILY or _sent_today(person, now) >= MOST_A_DAY:
        urgent = urgent.filter(kind=RECALL)
    if urgent.filter(made_at__lte=now - GATHERED).exists():
        return True
    return person.mail == MailChoice.DAILY and _is_morning_after(person, now)


def _is_morning_after(person: Person, now: datetime) -> bool:
    """Whether it is past seven where the person is, and they got no mail since that hour today."""
    here = now.astimezone(person.zone)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return here >= morning and not Notice.objects.filter(person=person, mailed_at__gte=morning).exists()


def _sent_today(person: Person, now: datetime) -> int:
    """How often something was sent to a person since their midnight: what is sent together counts once."""
    midnight = now.astimezone(person.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        Notice.objects.filter(person=person, mailed_at__gte=midnight).values("mailed_at").distinct().count()
    )


def _unsent(now: datetime) -> models.QuerySet[Notice]:
    return Notice.objects.filter(read_at=None, mailed_at=None, made_at__gte=now - OLDEST)
