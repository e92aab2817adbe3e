"""Giving, extending, excusing, withdrawing. Each can be taken back, and each is audited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse

from enablement import audit
from enablement.models import Lesson, Person, Team
from enablement.own_forms import day, day_and_month
from enablement.texts import tidy_text
from enablement.trust.notices import notify
from quizzes.assignments.audience import people_of
from quizzes.models import Assignment, Goal, Place, Quiz
from quizzes.practice.days import day_of, zone_of

# The kind of the messages about assignments.
ASSIGNMENT: Final = "assignment"
LONGEST_NOTE: Final = 500
FURTHEST: Final = timedelta(days=366)
MOST_ANSWERS: Final = 200


class BadAssignment(ValueError):
    """Cannot be assigned so. The message is one sentence for the manager."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done and by whom: a quiz, or a lesson to read, or so many of its questions to practise.

    Exactly one of `person`, `team`, `role` is given.
    """

    quiz: Quiz | None = None
    lesson: Lesson | None = None
    answers: int = 0
    person: Person | None = None
    team: Team | None = None
    role: str = ""

    @property
    def goal(self) -> Goal:
        if self.quiz is not None:
            return Goal.QUIZ
        return Goal.PRACTICE if self.answers else Goal.LESSON


@transaction.atomic
def give_assignment(
    maker: Person,
    wanted: Wanted,
    due_on: date,
    *,
    note: str = "",
    counts_earlier: bool = True,
    told: bool = False,
    now: datetime,
) -> Assignment:
    """Give something to do until the end of `due_on`, and tell whom it is for.

    They are not told where `told` says that they hear of it otherwise. Raises BadAssignment.
    What `maker` may give and to whom is the caller's to ask.
    """
    _check_day(due_on, day_of(now, zone_of(maker.time_zone)))
    if wanted.answers and not 1 <= wanted.answers <= MOST_ANSWERS:
        raise BadAssignment(f"Choose from 1 to {MOST_ANSWERS} questions to practise.")
    note = tidy_text(note)
    if len(note) > LONGEST_NOTE:
        raise BadAssignment(f"The note is longer than {LONGEST_NOTE} characters. Shorten it and try again.")
    # The lock makes the same thing sent twice at once wait for itself.
    Person.objects.select_for_update(no_key=True).get(pk=maker.pk)
    assignment = Assignment(
        goal=wanted.goal,
        quiz=wanted.quiz,
        lesson=wanted.lesson,
        answers=wanted.answers,
        person=wanted.person,
        team=wanted.team,
        role=wanted.role,
        due_on=due_on,
        counts_earlier=counts_earlier and wanted.goal != Goal.PRACTICE,
        note=note,
        made_by=maker,
        made_at=now,
    )
    _check_new(assignment)
    assignment.save()
    after = {"what": assignment.title, "whose": assignment.whose, "due_on": str(due_on)}
    audit.record(maker, "give_assignment", assignment, after=after)
    place_people(assignment, people_of(assignment), now, told=told)
    return assignment


def _check_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise BadAssignment("This day is over. Choose today or a later one.")
    if due_on > today + FURTHEST:
        raise BadAssignment("This day is more than a year away. Choose an earlier one.")


def _check_new(assignment: Assignment) -> None:
    same = Assignment.objects.standing().filter(
        goal=assignment.goal,
        quiz=assignment.quiz,
        lesson=assignment.lesson,
        person=assignment.person,
        team=assignment.team,
        role=assignment.role,
        due_on__gte=assignment.made_at.date(),
    )
    if assignment.role:
        same = same.filter(made_by=assignment.made_by)
    if there := same.first():
        raise BadAssignment(
            f"{there.whose} has this already, due {day(there.due_on)}. Change that one, or withdraw it."
        )


def place_people(
    assignment: Assignment, people: Iterable[Person], now: datetime, *, told: bool = False
) -> int:
    """Note each of `people` whom it was not given to yet, and tell them. Return how many were told."""
    known = set(assignment.places.values_list("person", flat=True))
    new = [person for person in people if person.pk not in known]
    Place.objects.bulk_create(
        [Place(assignment=assignment, person=person, given_at=now) for person in new], ignore_conflicts=True
    )
    if told:
        return 0
    giver = assignment.made_by.name if assignment.made_by else "Your manager"
    return notify(
        [person for person in new if person.pk != assignment.made_by_id],
        ASSIGNMENT,
        lambda: f"{giver} asks you: {assignment.title}, by {day_and_month(assignment.due_on)}",
        key=f"assignment:{assignment.pk}:given",
        text=assignment.note,
        url=reverse("assignment-own", args=[assignment.pk]),
    )


def extend_place(
    assignment: Assignment, person: Person, due_on: date | None, actor: Person, *, now: datetime
) -> Place:
    """Agree on another day with one person; None goes back to everybody's. Raises BadAssignment."""
    if due_on is not None:
        _check_day(due_on, day_of(now, zone_of(person.time_zone)))
    return _agree(assignment, person, actor, "extend_assignment", now, due_on=due_on)


def excuse_place(
    assignment: Assignment, person: Person, actor: Person, *, excused: bool, now: datetime
) -> Place:
    """Ask nothing of one person any more, or, with `excused` False, ask it again."""
    agreed = {"excused_at": now if excused else None, "excused_by": actor if excused else None}
    return _agree(assignment, person, actor, "excuse_from_assignment", now, **agreed)


@transaction.atomic
def _agree(
    assignment: Assignment, person: Person, actor: Person, verb: str, now: datetime, **agreed: object
) -> Place:
    Place.objects.get_or_create(assignment=assignment, person=person, defaults={"given_at": now})
    place = Place.objects.select_for_update().get(assignment=assignment, person=person)
    before = _agreed(place)
    for name, value in agreed.items():
        setattr(place, name, value)
    place.save(update_fields=list(agreed))
    audit.record(actor, verb, assignment, before=before, after=_agreed(place))
    return place


def _agreed(place: Place) -> dict[str, object]:
    return {"person": place.person_id, "due_on": place.due_on, "excused": place.excused_at is not None}


@transaction.atomic
def move_assignment(assignment: Assignment, due_on: date, actor: Person, *, now: datetime) -> None:
    """Give everybody another day. Raises BadAssignment."""
    _check_day(due_on, day_of(now, zone_of(actor.time_zone)))
    before = {"due_on": assignment.due_on}
    assignment.due_on = due_on
    assignment.save(update_fields=["due_on"])
    audit.record(actor, "move_assignment", assignment, before=before, after={"due_on": due_on})


@transaction.atomic
def withdraw_assignment(assignment: Assignment, actor: Person, *, withdrawn: bool, now: datetime) -> None:
    """Take an assignment back, or, with `withdrawn` False, let it stand again."""
    assignment.withdrawn_at = now if withdrawn else None
    assignment.save(update_fields=["withdrawn_at"])
    audit.record(actor, "withdraw_assignment", assignment, after={"withdrawn": withdrawn})
