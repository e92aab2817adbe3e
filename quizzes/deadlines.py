"""When an attempt ends, by the server's clock. Pure, but for asking the database what time it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

# What was on its way when the time ended still counts (docs/threats.md, T07: five seconds).
GRACE: Final = timedelta(seconds=5)
# An attempt without a time limit stays open this long; then it is graded from what was saved.
OPEN_FOR: Final = timedelta(days=14)


def deadline_of(started_at: datetime, time_limit: int | None) -> datetime:
    """Return when an attempt ends that began at `started_at`; `time_limit` is in minutes, None for none."""
    return started_at + (OPEN_FOR if time_limit is None else timedelta(minutes=time_limit))


def is_over(deadline: datetime, now: datetime) -> bool:
    """Whether what arrives `now` comes too late to count."""
    return now > deadline + GRACE


def server_now() -> datetime:
    """Return the database's time: one clock, however many web servers there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
