"""Attempts that nobody came back to: closed when their time is over, and graded from what was saved."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from quizzes.attempts import NothingVouchedFor, close_attempt
from quizzes.deadlines import GRACE, server_now
from quizzes.models import Attempt

log = logging.getLogger(__name__)

MOST_AT_ONCE: Final = 500


def close_overdue_attempts(now: datetime | None = None) -> int:
    """Close every open attempt whose time is over and return how many were closed now.

    Run twice, or twice at the same time, it closes each once. An attempt that cannot be graded yet, because
    all that it asks about has expired, stays open and is tried again; one that fails keeps no other back.
    """
    now = now or server_now()
    overdue = Attempt.objects.open().filter(deadline__lt=now - GRACE).order_by("deadline")
    return sum(_close(attempt, now) for attempt in overdue[:MOST_AT_ONCE])


def _close(attempt: Attempt, now: datetime) -> bool:
    try:
        return close_attempt(attempt, now=now)
    except NothingVouchedFor:
        log.info("attempt %s waits: what it asks about has expired", attempt.pk)
    except Exception:
        log.exception("attempt %s could not be closed", attempt.pk)
    return False
