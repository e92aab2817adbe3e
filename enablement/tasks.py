"""What the worker does. Every task takes ids, bears being run twice, and is bounded in time."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from celery.signals import worker_init
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from config import env
from enablement import heartbeat, outbox
from enablement.audit import keeping as audit_keeping
from enablement.audit.settings import note_settings as note_changed_settings
from enablement.chat import keeping
from enablement.chat.beforehand import load_beforehand
from enablement.judges.training import train_guide, train_sorting
from enablement.judges.vectors import MoreToRead
from enablement.lessons import importing
from enablement.models import KeptResponse, Lesson, Passage, SlackRequest
from enablement.origins import TASK, Origin, coming_from
from enablement.retrieval.indexing import index_lesson
from enablement.sign_on import sessions
from enablement.slack import answering, home, notices
from enablement.slack.limits import RESPONSE_LIFETIME
from enablement.store import daily
from enablement.trust import mailing, readings, reminders

__all__ = [
    "answering",
    "forget_audit",
    "forget_card_openings",
    "forget_old_keys",
    "forget_old_sessions",
    "forget_slack_requests",
    "home",
    "note_settings",
    "notices",
    "remind_owners",
    "run_work",
    "send_mail",
    "sweep_outbox",
    "verify_store",
]

# A first refit has thousands of texts to read. After so many, some seconds, other work has its turn.
READ_AT_ONCE = 500
# Slack's timestamps are refused after five minutes, so an older row guards nothing.
SLACK_REQUESTS_KEPT = timedelta(hours=1)


@worker_init.connect
def make_ready(**_: object) -> None:
    """Load what answers need before the processes of the worker are forked, which then share it."""
    load_beforehand()


@shared_task
def run_work(work_id: int) -> None:
    """Do one piece of the outbox."""
    outbox.run_work(work_id)


@shared_task
def sweep_outbox() -> None:
    """Send what the broker has not taken yet, and say that the regular work runs."""
    outbox.sweep()
    heartbeat.note_regular_work()


@shared_task
def forget_slack_requests() -> None:
    """Drop the rows that guard against requests too old to be accepted, and what can be answered no more."""
    now = timezone.now()
    SlackRequest.objects.filter(received_at__lt=now - SLACK_REQUESTS_KEPT).delete()
    outbox.forget_given_up(answering.WORK, now - RESPONSE_LIFETIME)


@shared_task
def forget_old_keys() -> None:
    """Drop the answers kept for requests that are sent again no more."""
    KeptResponse.objects.outlived(timezone.now()).delete()


@shared_task
def forget_old_sessions() -> None:
    """Drop what is left of sessions that are over."""
    sessions.forget_old(timezone.now())
    call_command("clearsessions")


@shared_task
def forget_card_openings() -> None:
    """Drop who opened which card, half a year later."""
    readings.forget_openings()


@shared_task
def remind_owners() -> None:
    """Ask owners to look again at what is due or has expired."""
    reminders.remind_owners()


@shared_task
def send_mail() -> None:
    """Send people their unread messages, as often as each of them wants."""
    mailing.ask_for_mail()


@shared_task
def forget_conversations() -> None:
    """Delete for good what was put away, or is older than the days set."""
    keeping.forget(timezone.now())


@shared_task
def forget_audit() -> None:
    """Forget what the audit holds longer than the days set."""
    if settings.AUDIT_DAYS:
        with coming_from(Origin(TASK)):
            audit_keeping.forget_before(timezone.now() - timedelta(days=settings.AUDIT_DAYS))


@shared_task
def note_settings() -> None:
    """Put into the audit which settings differ from those that it noted last."""
    with coming_from(Origin(TASK)):
        note_changed_settings(env.values_read())


# A million answers take some minutes, and nobody waits. Acknowledged at once: it may take longer than the
# broker waits before it hands a message out again, and a run that was lost comes again tomorrow.
@shared_task(time_limit=3600, soft_time_limit=3500, acks_late=False)
def verify_store() -> None:
    """Check what must hold in the store, and tell the admins what does not."""
    daily.verify_and_tell()


@outbox.handles("index_lesson")
def index_one_lesson(lesson: int) -> None:
    """Bring the passages of one lesson up to date, then the guide, which learns from them what is fine."""
    found = Lesson.objects.filter(pk=lesson).first()
    if found:
        index_lesson(found)
        outbox.add_work("train_guide")


@outbox.handles("train_sorting")
def refit_sorting() -> None:
    """Refit the distinctions whose statements have changed."""
    try:
        train_sorting(at_most=READ_AT_ONCE)
    except MoreToRead:
        outbox.add_work("train_sorting")


@outbox.handles("train_guide")
def refit_guide() -> None:
    """Refit the wording check if the guide or what it learns from has changed.

    While passages still wait for their vectors there is nothing to do: whoever embeds them asks again.
    """
    if Passage.objects.filter(dense=None).exists():
        return
    try:
        train_guide(at_most=READ_AT_ONCE)
    except MoreToRead:
        outbox.add_work("train_guide")


@outbox.handles(importing.WORK)
def import_one_document(job: str) -> None:
    """Read a document that somebody handed in."""
    importing.run_import(job)


@outbox.handles(importing.CHECK)
def check_one_document(source: int, person: int) -> None:
    """Check a document against the guide and the others once more."""
    importing.check_again(source, person)
