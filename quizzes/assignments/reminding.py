"""Telling people in time, each thing once: who joined, what is due soon, and managers how it stands.

Messages go out by the way each person chose: on the site, and by mail as often as they want it. Run again,
or twice at once, nothing is sent twice: every message has a key.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from enablement.models import Person, Role
from enablement.trust.mailing import MORNING
from enablement.trust.notices import notify
from quizzes.assignments.audience import people_of
from quizzes.assignments.dates import Standing, days_in_words, reminder_on
from quizzes.assignments.giving import ASSIGNMENT, place_people
from quizzes.assignments.overview import Board, Task, boards_of, tasks_for
from quizzes.models import Assignment
from quizzes.practice.days import day_of, zone_of

# Written in time for the day's mail, which goes out at MORNING and would else take it a day later.
FROM_HOUR: Final = MORNING - 1
# Managers hear of an assignment so many days before it is due, and on the day after.
DIGEST_DAYS: Final = (3, -1)
# Nothing is sent about what was due longer ago.
OLDEST: Final = timedelta(days=60)


def remind_of_assignments(now: datetime | None = None) -> int:
    """Send what is to be sent now and return how many messages were new."""
    now = now or timezone.now()
    standing = Assignment.objects.standing().filter(due_on__gte=(now - OLDEST).date())
    sent = 0
    for assignment in standing.select_related("quiz__lesson", "lesson", "team", "person", "made_by"):
        people = list(people_of(assignment))
        sent += place_people(assignment, people, now)
        sent += sum(_remind(task, now) for task in tasks_for(assignment, people, now))
    return sent + sum(_digest(manager, now) for manager in _managers())


def _remind(task: Task, now: datetime) -> int:
    zone = zone_of(task.person.time_zone)
    if task.standing != Standing.OPEN or task.place is None or now.astimezone(zone).hour < FROM_HOUR:
        return 0
    days = reminder_on(day_of(now, zone), task.due_on, day_of(task.place.given_at, zone))
    if days is None:
        return 0
    return notify(
        [task.person],
        ASSIGNMENT,
        f"{task.assignment.title}: {task.when}",
        # The day in the key: with another day the reminders come anew.
        key=f"assignment:{task.assignment.pk}:{task.due_on}:{days}",
        url=reverse("assignment-own", args=[task.assignment.pk]),
    )


def _managers() -> list[Person]:
    leads = Q(role__in=(Role.MANAGER, Role.ADMIN)) | Q(is_superuser=True)
    return list(Person.objects.filter(leads, is_active=True).exclude(managed_teams=None).distinct())


def _digest(manager: Person, now: datetime) -> int:
    """One message a morning at most, with a line for each assignment that is due soon or just was."""
    here = now.astimezone(zone_of(manager.time_zone))
    if here.hour < FROM_HOUR:
        return 0
    key = f"assignments:{here.date()}"
    if manager.notices.filter(key=key).exists():
        return 0
    lines = [line for board in boards_of(manager, now) if (line := _line(board, here.date()))]
    if not lines:
        return 0
    title = f"{len(lines)} assignment{'' if len(lines) == 1 else 's'} due soon or just now"
    return notify(
        [manager], ASSIGNMENT, title, key=key, text="\n".join(lines), url=reverse("assignment-list")
    )


def _line(board: Board, today: date) -> str:
    left = (board.assignment.due_on - today).days
    if left not in DIGEST_DAYS or board.assignment.withdrawn_at or not board.still_open:
        return ""
    when = "was due yesterday" if left < 0 else days_in_words(left)
    return (
        f"{board.assignment.title} ({board.assignment.whose}), {when}: "
        f"{board.done} of {len(board.tasks) - board.excused} done"
    )
