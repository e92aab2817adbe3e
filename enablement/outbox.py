"""Follow-up work that is never lost: a row in the same transaction as the change, then Celery.

`add_work` writes the row and, once the transaction has committed, hands its id to Celery. Where the
broker is away the row stays, and the sweeper sends it later. `run_work` claims the row, so the same
work sent twice runs once; a claim is renewed while somebody is at the work and runs out otherwise, so work of
a killed worker runs again within a minute. After MAX_TRIES the work stays unfinished with its error, for
`doctor` and the admin to show. Arguments are kept while the work may be done and no longer: what somebody
wrote does not stay behind in a row that nobody needs.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError

from config.celery import app
from config.resting import Rest
from enablement.meters import WORK
from enablement.models import Work
from enablement.not_now import NotNow
from enablement.origins import TASK, Origin, coming_from, current_origin

log = logging.getLogger(__name__)

Handler = Callable[..., None]
HANDLERS: dict[str, Handler] = {}

MAX_TRIES = 5
# With the sweeper's 15 seconds, work of a killed worker is under way again within a minute; the goal is 60 s.
CLAIM = timedelta(seconds=40)
# Seconds after which a worker says again that it is at it.
RENEW = 10.0
# Work not taken up by then is sent again: the queue may have been emptied. With the sweeper's 15 seconds,
# what Redis forgot is under way again within 45; the goal is 60.
RESEND_AFTER = timedelta(seconds=30)
# How long work that failed is left alone after its first, second… try: what is broken for a moment is not to
# use up the tries.
PAUSES = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20))
# What stands in place of an error as soon as work is begun: a worker that is killed says nothing more.
BEGUN = "Begun and not heard of since: the worker was killed, or is still at it."
# The work that this thread is at, by its id.
_CURRENT: ContextVar[int | None] = ContextVar("work", default=None)
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
    fields = {"name": name, "arguments": arguments, "request": current_origin().request}
    if key is None:
        work, made = Work.objects.create(**fields), True
    else:
        work, made = Work.objects.get_or_create(key=key, defaults=fields)
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


def current_work() -> int | None:
    """Return the id of the work that is being done here, so that a handler can note what it has begun."""
    return _CURRENT.get()


def run_work(work_id: int) -> bool:
    """Do the work unless it is done or somebody is at it. Return whether it was done now."""
    claim = {"claimed_until": Now() + CLAIM, "error": BEGUN, "tries": models.F("tries") + 1}
    if not _open_work().filter(pk=work_id).update(**claim):
        return False
    work = Work.objects.get(pk=work_id)
    began = time.perf_counter()
    current = _CURRENT.set(work_id)
    try:
        # What it writes to the log and the audit has the number of the request that asked for it.
        with coming_from(Origin(TASK, work.request)), _claim_kept(work):
            HANDLERS[work.name](**work.arguments)
    except Exception as error:
        WORK.labels(work.name, "failed").observe(time.perf_counter() - began)
        # A handler that lost its connection leaves a broken one behind.
        _drop_broken_connection()
        _note_failure(work, error)
        return False
    finally:
        _CURRENT.reset(current)
        _drop_broken_connection()
    Work.objects.filter(pk=work_id).update(
        finished_at=timezone.now(), claimed_until=None, error="", arguments={}
    )
    WORK.labels(work.name, "done").observe(time.perf_counter() - began)
    return True


@contextmanager
def _claim_kept(work: Work) -> Iterator[None]:
    """Renew the claim from a thread of its own for as long as the block runs in a process that lives."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(RENEW):
            try:
                Work.objects.filter(pk=work.pk, finished_at=None).update(claimed_until=Now() + CLAIM)
            except DatabaseError as error:
                # Tried again in a moment; meanwhile the claim still stands.
                log.warning("the claim on work %s was not renewed: %s", work.pk, type(error).__name__)
            finally:
                connection.close()

    renewing = threading.Thread(target=renew, name="claim", daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        # A renewal that is under way would write over what comes next.
        renewing.join(timeout=CLAIM.total_seconds())


def _drop_broken_connection() -> None:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _note_failure(work: Work, error: Exception) -> None:
    """Let go of work for a while. What only waits for something that is away has not used up a try."""
    waits = isinstance(error, NotNow)
    pause = PAUSES[0] if waits else PAUSES[min(work.tries, len(PAUSES)) - 1]
    if isinstance(error, NotNow):
        pause = max(pause, timedelta(seconds=error.again_in))
    Work.objects.filter(pk=work.pk).update(
        claimed_until=None,
        error=f"{type(error).__name__}: {error}",
        tries=work.tries - waits,
        # The sweeper sends again what was sent so long ago.
        sent_at=timezone.now() + pause - RESEND_AFTER,
    )
    fields = {"request": work.request, "work": work.name, "tries": work.tries}
    if waits:
        log.warning("work %s (%s) waits: %s", work.pk, work.name, error, extra=fields)
    else:
        words = "work %s (%s) failed, try %s of %s"
        log.error(words, work.pk, work.name, work.tries, MAX_TRIES, exc_info=error, extra=fields)


def sweep() -> int:
    """Send all open work that was never sent, or was sent and not taken up. Return how many were sent."""
    long_ago = timezone.now() - RESEND_AFTER
    waiting = _open_work().filter(models.Q(sent_at=None) | models.Q(sent_at__lt=long_ago))
    sent = 0
    for work_id in waiting.order_by("created_at").values_list("pk", flat=True)[:1000]:
        if not send_work(work_id):
            break
        sent += 1
    return sent


def waiting() -> models.QuerySet[Work]:
    """Work that is still to be done."""
    return Work.objects.filter(finished_at=None, tries__lt=MAX_TRIES)


def given_up() -> models.QuerySet[Work]:
    """Work that failed MAX_TRIES times."""
    return Work.objects.filter(finished_at=None, tries__gte=MAX_TRIES)


def try_again(work_id: int) -> bool:
    """Give up work its tries back and send it. Return whether it was given up; what was blanked stays so."""
    rows = given_up().filter(pk=work_id)
    if not rows.update(tries=0, claimed_until=None, sent_at=None):
        return False
    transaction.on_commit(lambda: send_work(work_id))
    return True


def forget_given_up(name: str, before: datetime) -> int:
    """Blank the arguments of work that was given up and written before a time. Return how many rows."""
    rows = given_up().filter(name=name, created_at__lt=before).exclude(arguments={})
    return rows.update(arguments={})


def _open_work() -> models.QuerySet[Work]:
    """Work to be done that nobody is at, by the database's clock: those of several machines may differ."""
    unclaimed = models.Q(claimed_until=None) | models.Q(claimed_until__lt=Now())
    return Work.objects.filter(unclaimed, finished_at=None, tries__lt=MAX_TRIES)
