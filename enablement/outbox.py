"""Follow-up work that is never lost: a row in the same transaction as the change, then Celery.

`add_work` writes the row and, once the transaction has committed, hands its id to Celery. Where the
broker is away the row stays, and the sweeper sends it later. `run_work` claims the row, so the same
work sent twice runs once; a claim runs out, so work of a killed worker runs again, and at once where the
broker hands out again the very message that claimed it. After MAX_TRIES the work stays unfinished with its
error, for `doctor` and the admin to show. Arguments are kept while the
work may be done and no longer: what somebody wrote does not stay behind in a row that nobody needs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from config.celery import app
from config.resting import Rest
from enablement.models import Work
from enablement.not_now import NotNow

log = logging.getLogger(__name__)

Handler = Callable[..., None]
HANDLERS: dict[str, Handler] = {}

MAX_TRIES = 5
# Longer than Celery's hard time limit (300 s), so that a claim never runs out under a living task.
CLAIM = timedelta(seconds=330)
# Work not taken up by then is sent again: the queue may have been emptied. With the sweeper's 15 seconds,
# what Redis forgot is under way again within 45; the goal is 60.
RESEND_AFTER = timedelta(seconds=30)
# How long work that failed is left alone after its first, second… try: what is broken for a moment is not to
# use up the tries.
PAUSES = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20))
# What a worker says of work that it cannot say more about, because it was killed.
KILLED = "The worker was killed while it was at this."
# A broker that did not take one piece of work is not asked for every other: a person waits for the page.
BROKER = Rest()


def handles(name: str) -> Callable[[Handler], Handler]:
    """Register the function that does the work called `name`. It must bear being run twice."""

    def register(handler: Handler) -> Handler:
        if HANDLERS.setdefault(name, handler) is not handler:
            raise ValueError(f"two handlers for the work “{name}”")
        return handler

    return register


def add_work(name: str, *, key: str | None = None, **arguments: Any) -> Work | None:
    """Write follow-up work and send it after commit. Work with a `key` that exists already is not added."""
    if key is None:
        work, made = Work.objects.create(name=name, arguments=arguments), True
    else:
        work, made = Work.objects.get_or_create(key=key, defaults={"name": name, "arguments": arguments})
    if not made:
        return None
    transaction.on_commit(lambda: send_work(work.pk))
    return work


def send_work(work_id: int) -> bool:
    """Hand the work to Celery. Return whether the broker took it; if not, the sweeper tries again."""
    if BROKER.lasts:
        return False
    try:
        # One try: a person may be waiting for the page that asked for this.
        app.send_task("enablement.tasks.run_work", [work_id], retry=False)
    except (OperationalError, OSError) as error:
        BROKER.begin()
        log.warning("work %s waits for the broker: %s", work_id, type(error).__name__)
        return False
    Work.objects.filter(pk=work_id).update(sent_at=timezone.now())
    return True


def run_work(work_id: int, message: str = "") -> bool:
    """Do the work unless it is done or somebody is at it. Return whether it was done now.

    `message` names what the broker handed out. The broker hands the same one out again only once whoever had
    it is dead, so its own claim does not hold it up.
    """
    now = timezone.now()
    claim = {"claimed_until": now + CLAIM, "claimed_by": message, "error": KILLED}
    if not _open_work(now, message).filter(pk=work_id).update(**claim, tries=models.F("tries") + 1):
        return False
    work = Work.objects.get(pk=work_id)
    try:
        HANDLERS[work.name](**work.arguments)
    except Exception as error:
        _note_failure(work, error)
        return False
    finally:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
    Work.objects.filter(pk=work_id).update(
        finished_at=timezone.now(), claimed_until=None, claimed_by="", error="", arguments={}
    )
    return True


def _note_failure(work: Work, error: Exception) -> None:
    """Let go of work for a while. What only waits for something that is away has not used up a try."""
    waits = isinstance(error, NotNow)
    pause = PAUSES[0] if waits else PAUSES[min(work.tries, len(PAUSES)) - 1]
    Work.objects.filter(pk=work.pk).update(
        claimed_until=None,
        claimed_by="",
        error=f"{type(error).__name__}: {error}",
        tries=work.tries - waits,
        # The sweeper sends again what was sent so long ago.
        sent_at=timezone.now() + pause - RESEND_AFTER,
    )
    if waits:
        log.warning("work %s (%s) waits: %s", work.pk, work.name, error)
    else:
        log.error(
            "work %s (%s) failed, try %s of %s", work.pk, work.name, work.tries, MAX_TRIES, exc_info=error
        )


def sweep() -> int:
    """Send all open work that was never sent, or was sent and not taken up. Return how many were sent."""
    now = timezone.now()
    waiting = _open_work(now).filter(models.Q(sent_at=None) | models.Q(sent_at__lt=now - RESEND_AFTER))
    sent = 0
    for work_id in waiting.order_by("created_at").values_list("pk", flat=True)[:1000]:
        if not send_work(work_id):
            break
        sent += 1
    return sent


def given_up() -> models.QuerySet[Work]:
    """Work that failed MAX_TRIES times."""
    return Work.objects.filter(finished_at=None, tries__gte=MAX_TRIES)


def forget_given_up(name: str, before: datetime) -> int:
    """Blank the arguments of work that was given up and written before a time. Return how many rows."""
    rows = given_up().filter(name=name, created_at__lt=before).exclude(arguments={})
    return rows.update(arguments={})


def _open_work(now: datetime, message: str = "") -> models.QuerySet[Work]:
    unclaimed = models.Q(claimed_until=None) | models.Q(claimed_until__lt=now)
    if message:
        unclaimed |= models.Q(claimed_by=message)
    return Work.objects.filter(unclaimed, finished_at=None, tries__lt=MAX_TRIES)
