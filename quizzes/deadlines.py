"""When an attempt ends, by the server's clock. Pure, but for asking the database what time it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

# What was on its way when the time ended still counts (docs/threats.md, T07: five seconds).
GRACE: Final = timedelta(seconds=5)
# An attempt without a time limit stays open this long; then it is graded from what was saved.
OPEN_FOR: Final = timedelta(days=14)
# So often whoever takes a quiz may add to its time themselves: the number of WCAG 2.2, criterion 2.2.1.
MOST_EXTENSIONS: Final = 10


def deadline_of(started_at: datetime, time_limit: int | None, extensions: int = 0) -> datetime:
    """Return when an attempt ends that began at `started_at`; `time_limit` is in minutes, None for none.

    Each of the `extensions` gives the whole limit once more.
    """
    if time_limit is None:
        return started_at + OPEN_FOR
    return started_at + min(OPEN_FOR, timedelta(minutes=time_limit * (1 + extensions)))


def lengthened(deadline: datetime, started_at: datetime, minutes: int | None) -> datetime:
    """Return when an attempt ends that is given `minutes` more; None: as late as any attempt may."""
    latest = started_at + OPEN_FOR
    return latest if minutes is None else min(latest, deadline + timedelta(minutes=minutes))


def own_limit(time_limit: int | None, per_cent: int) -> int | None:
    """Return the minutes of somebody who has so many per cent of a quiz's; 0 per cent: no limit at all."""
    return None if time_limit is None or not per_cent else -(-time_limit * per_cent // 100)


def is_over(deadline: datetime, now: datetime) -> bool:
    """Whether what arrives `now` comes too late to count."""
    return now > deadline + GRACE


def is_ahead(deadline: datetime, now: datetime) -> bool:
    """Whether the end is further off than clocks differ: a page on which it has come knows an older one."""
    return deadline > now + GRACE


def server_now() -> datetime:
    """Return the database's time: one clock, however many web servers there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
