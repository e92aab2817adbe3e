"""When something is due where a person is, and on which day they are reminded. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from quizzes.practice.days import start_of

# Days before the due day.
REMINDERS: Final = (7, 3, 1)
# Who joins a team late gets at least so many days for what the team has to do.
DAYS_TO_SETTLE: Final = 7


class Standing(StrEnum):
    """Where somebody is with an assignment."""

    DONE = "done"
    EXCUSED = "excused"
    OPEN = "open"
    PAST = "past"


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which `day` ends in `zone`, 23 to 25 hours after it began."""
    return start_of(day + timedelta(days=1), zone)


def due_for(due_on: date, own: date | None, joined_on: date | None) -> date:
    """Return the last day for one person: agreed with them, or late enough for somebody who joined late.

    `joined_on`: the day of joining, where that was after the assignment was given.
    """
    if own is not None:
        return own
    return due_on if joined_on is None else max(due_on, joined_on + timedelta(days=DAYS_TO_SETTLE))


def standing_of(due_on: date, today: date, *, done: bool, excused: bool) -> Standing:
    """Return where somebody is on `today`, their day. What is done is done, however late."""
    if done:
        return Standing.DONE
    if excused:
        return Standing.EXCUSED
    return Standing.OPEN if today <= due_on else Standing.PAST


def reminder_on(today: date, due_on: date, told_on: date) -> int | None:
    """Return which of REMINDERS is to be sent on `today`, or was and did not go out; None for none.

    Never one for a day that had come already when the person was told.
    """
    left = (due_on - today).days
    fitting = [days for days in REMINDERS if 0 <= left <= days]
    if not fitting:
        return None
    days = min(fitting)
    return days if told_on < due_on - timedelta(days=days) else None


def days_in_words(left: int) -> str:
    """Return how far off a due day is, without reproach."""
    if left < 0:
        return "still open"
    return ("due today", "due tomorrow")[left] if left < 2 else f"due in {left} days"
