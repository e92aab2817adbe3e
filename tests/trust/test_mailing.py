"""Messages by mail: several in one, as often as each person wants, never what was read on the site."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from enablement import outbox
from enablement.models import MailChoice, Notice, Person, Work
from enablement.trust.mailing import ask_for_mail, mail_notices
from enablement.trust.notices import OUTCOME, RECALL, notify, read_all
from tests.trust.conftest import ClientOf


def morning(hour: int = 8) -> datetime:
    """An hour of today or tomorrow, when notices written now are older than five minutes."""
    here = timezone.now().replace(hour=hour, minute=30)
    return here if here > timezone.now() + timedelta(minutes=6) else here + timedelta(days=1)


def send(now: datetime) -> list[str]:
    """Send what is due, as the worker does, and return the subjects."""
    before = len(mail.outbox)
    ask_for_mail(now)
    for work in Work.objects.filter(name="mail_notices", finished_at=None):
        outbox.run_work(work.pk)
    return [str(one.subject) for one in mail.outbox[before:]]


def test_the_days_messages_come_in_one_mail(ada: Person) -> None:
    notify([ada], OUTCOME, "Taken up: a line")
    notify([ada], OUTCOME, "Not taken up: another", text="Because it is right.", url="/cards/x/")
    assert send(morning()) == ["2 messages"]
    notice = Notice.objects.get(title="Taken up: a line")
    body = str(mail.outbox[0].body)
    assert mail.outbox[0].to == [ada.email]
    assert f"http://127.0.0.1:8000/notices/{notice.pk}/" in body
    assert "Because it is right." in body
    assert send(morning() + timedelta(days=1)) == []


def test_the_day_begins_where_the_person_is(ada: Person) -> None:
    ada.time_zone = "America/New_York"
    ada.save()
    notify([ada], OUTCOME, "Taken up")
    assert send(morning(hour=9)) == []
    assert send(morning(hour=13)) == ["Taken up"]
    assert str(Person(time_zone="Nowhere/At_All").zone) == "UTC"


def test_a_correction_does_not_wait_for_the_days_mail(ada: Person) -> None:
    now = timezone.now()
    Notice.objects.create(person=ada, kind=OUTCOME, title="Sent already", mailed_at=now)
    notify([ada], RECALL, "Corrected: “It cannot be broken”")
    assert send(now) == []
    assert send(now + timedelta(minutes=6)) == ["Corrected: “It cannot be broken”"]


def test_who_wants_mail_soon_gets_what_came_within_minutes_in_one(ada: Person) -> None:
    Person.objects.update(mail=MailChoice.SOON)
    notify([ada], OUTCOME, "One")
    notify([ada], OUTCOME, "Two")
    assert send(timezone.now() + timedelta(minutes=1)) == []
    assert send(timezone.now() + timedelta(minutes=6)) == ["2 messages"]


@pytest.mark.parametrize(
    "changed", [{"mail": "never"}, {"email": ""}, {"is_active": False}, {"is_demo": True}]
)
def test_no_mail_goes_to_those_who_are_not_to_get_it(ada: Person, changed: dict[str, object]) -> None:
    Person.objects.update(**changed)
    notify([ada], RECALL, "Corrected")
    assert send(morning()) == []


def test_what_was_read_on_the_site_is_not_mailed(ada: Person) -> None:
    notify([ada], RECALL, "Corrected")
    ask_for_mail(morning())
    read_all(ada)
    mail_notices(person=ada.pk, upto=Notice.objects.get().pk)
    assert mail.outbox == []


@override_settings(
    EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9
)
def test_a_mail_server_that_is_away_loses_nothing(ada: Person) -> None:
    notify([ada], RECALL, "Corrected")
    ask_for_mail(morning())
    assert outbox.run_work(Work.objects.get(name="mail_notices").pk) is False
    assert Notice.objects.get().mailed_at is None
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert send(morning() + timedelta(hours=1)) == ["Corrected"]


@override_settings(EMAIL_BACKEND="enablement.mail_log.LogBackend")
def test_without_a_mail_server_mail_goes_to_the_log(ada: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    notify([ada], RECALL, "Corrected")
    ask_for_mail(morning())
    outbox.run_work(Work.objects.get(name="mail_notices").pk)
    assert "mail to ada@example.org (EMAIL_URL is not set): Corrected" in caplog.text


def test_a_person_chooses_how_often_mail_comes(ada: Person, client_of: ClientOf) -> None:
    client = client_of(ada)
    assert (
        "Messages: never, by mail."
        in client.post(
            "/account/mail/", {"mail": "never", "messages_by": "mail"}, follow=True
        ).content.decode()
    )
    ada.refresh_from_db()
    assert ada.mail == MailChoice.NEVER
    assert client.post("/account/mail/", {"mail": "hourly"}).status_code == 400
