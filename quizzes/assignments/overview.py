"""How assignments stand: for the person who has them, and for those who manage that person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.urls import reverse

from enablement.models import Lesson, Person, State
from enablement.roles import may_edit
from quizzes.assignments.audience import joined, managed_people_of
from quizzes.assignments.dates import Standing, days_in_words, due_for, standing_of
from quizzes.assignments.facts import NOTHING, Fact, facts_of
from quizzes.models import Assignment, Goal, Place
from quizzes.practice.days import day_of, zone_of

# Managers look back so far without asking for older ones.
KEPT_IN_VIEW: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as one person has it. `left` is in days, below 0 once the day is over."""

    assignment: Assignment
    person: Person
    due_on: date
    left: int
    standing: Standing
    fact: Fact
    place: Place | None

    @property
    def is_open(self) -> bool:
        return self.standing in (Standing.OPEN, Standing.PAST)

    @property
    def when(self) -> str:
        """When it is due, in words."""
        return days_in_words(self.left)

    @property
    def start_url(self) -> str:
        """Where one does it."""
        if self.assignment.quiz is not None:
            return self.assignment.quiz.get_absolute_url()
        if self.assignment.goal == Goal.LESSON:
            return self.assignment.of.get_absolute_url()
        return reverse("practice")


@dataclass(frozen=True, slots=True)
class Board:
    """An assignment with everybody about whom the reader may know: open ones first, then by name."""

    assignment: Assignment
    tasks: list[Task]

    @property
    def counts(self) -> Counter[Standing]:
        return Counter(task.standing for task in self.tasks)

    @property
    def done(self) -> int:
        return self.counts[Standing.DONE]

    @property
    def excused(self) -> int:
        return self.counts[Standing.EXCUSED]

    @property
    def still_open(self) -> int:
        return sum(task.is_open for task in self.tasks)


def tasks_of(person: Person, now: datetime) -> list[Task]:
    """Return what holds for the person now and can be opened by them: open ones first, the next due first."""
    given = _with_what(Assignment.objects.given_to(person))
    if not given:
        return []
    lessons = set(Lesson.objects.visible_ids(person))
    shown = [
        one
        for one in given
        if one.of.pk in lessons and (one.quiz is None or one.quiz.state == State.RELEASED or may_edit(person))
    ]
    return _sorted(task for one in shown for task in tasks_for(one, [person], now))


def task_of(person: Person, pk: int, now: datetime) -> Task | None:
    """Return the assignment with the id `pk` as the person has it; None where they do not."""
    return next((task for task in tasks_of(person, now) if task.assignment.pk == pk), None)


def earlier_places(person: Person) -> list[Place]:
    """Return what the person was given and does not have any more: withdrawn, or they left the team."""
    now_held = Assignment.objects.given_to(person).values("pk")
    places = Place.objects.of(person).exclude(assignment__in=now_held).order_by("-given_at")
    return list(
        places.select_related("assignment__quiz__lesson", "assignment__lesson", "assignment__made_by")
    )


def board_of(assignment: Assignment, reader: Person, now: datetime) -> Board:
    """Return how an assignment stands for those of its people whom `reader` manages."""
    people = list(managed_people_of(assignment, reader))
    return Board(assignment, _sorted(tasks_for(assignment, people, now)))


def boards_of(reader: Person, now: datetime, *, older: bool = False) -> list[Board]:
    """Return the assignments that `reader` manages, the next due first; with `older`, those long over."""
    since = (now - KEPT_IN_VIEW).date()
    managed = Assignment.objects.managed_by(reader)
    managed = managed.filter(due_on__lt=since) if older else managed.filter(due_on__gte=since)
    return [board_of(one, reader, now) for one in _with_what(managed)]


def _with_what(assignments: Iterable[Assignment]) -> list[Assignment]:
    ids = [one.pk for one in assignments]
    # Most people have none, and a query of so many tables takes longer to put together than to ask.
    if not ids:
        return []
    rows = Assignment.objects.filter(pk__in=ids)
    return list(rows.select_related("quiz__lesson", "lesson", "team", "person", "made_by"))


def tasks_for(assignment: Assignment, people: Collection[Person], now: datetime) -> list[Task]:
    """Return how each of `people` stands with an assignment that holds for them."""
    ids = [person.pk for person in people]
    facts = facts_of([assignment], ids)
    places = {place.person_id: place for place in assignment.places.filter(person__in=ids)}
    since = joined(assignment, ids)
    tasks = []
    for person in people:
        zone, place = zone_of(person.time_zone), places.get(person.pk)
        came = day_of(since[person.pk], zone) if person.pk in since else None
        due_on = due_for(assignment.due_on, place.due_on if place else None, came)
        fact, today = facts.get((assignment.pk, person.pk), NOTHING), day_of(now, zone)
        excused = place is not None and place.excused_at is not None
        standing = standing_of(due_on, today, done=fact.done, excused=excused)
        tasks.append(Task(assignment, person, due_on, (due_on - today).days, standing, fact, place))
    return tasks


def _sorted(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (not task.is_open, task.due_on, task.person.name.casefold()))
