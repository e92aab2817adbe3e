"""Whom an assignment holds for now: asked anew each time, so who joins has it and who leaves has not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from enablement.models import Membership, Person, Role, State, Team
from enablement.roles import may_administer, may_lead
from quizzes.models import Assignment


def people_of(assignment: Assignment) -> QuerySet[Person]:
    """Return the active people whom `assignment` holds for, and who may open what it asks for."""
    people: QuerySet[Person] = Person.objects.filter(is_active=True)
    if assignment.person_id is not None:
        people = people.filter(pk=assignment.person_id)
    elif assignment.team_id is not None:
        people = people.filter(memberships__team=assignment.team_id)
    else:
        people = people.filter(pk__in=_in_role(assignment).values("pk"))
    return _who_may_open(assignment, people).distinct()


def _in_role(assignment: Assignment) -> QuerySet[Person]:
    people: QuerySet[Person] = Person.objects.filter(role=assignment.role)
    giver = assignment.made_by
    if giver is None or not may_lead(giver):
        return people.none()
    return people if may_administer(giver) else people.filter(memberships__team__managers=giver)


def _who_may_open(assignment: Assignment, people: QuerySet[Person]) -> QuerySet[Person]:
    """As Lesson.visible_to and Quiz.visible_to say it, for many people at once."""
    lesson, quiz = assignment.of, assignment.quiz
    editors = Q(is_superuser=True) | Q(role__in=(Role.ADMIN, Role.EDITOR))
    if lesson.state != State.RELEASED or (quiz is not None and quiz.state != State.RELEASED):
        return people.filter(editors)
    teams = Team.objects.filter(lessons=lesson).order_by()
    if not teams.exists():
        return people
    meant = Q(memberships__team__in=teams.values("pk")) | Q(managed_teams__in=teams.values("pk"))
    return people.filter(pk__in=Person.objects.filter(meant | editors).values("pk"))


def managed_people(reader: Person) -> QuerySet[Person]:
    """Return the active people about whom `reader` may know where they stand; never oneself."""
    people: QuerySet[Person] = Person.objects.visible_to(reader).filter(is_active=True)
    return people.exclude(pk=reader.pk)


def managed_assignments(reader: Person) -> QuerySet[Assignment]:
    """Return the assignments that `reader` looks after, with what they are about and whom they are for."""
    rows = Assignment.objects.managed_by(reader)
    return rows.select_related("quiz__lesson", "lesson", "team", "person", "made_by")


def managed_people_of(assignment: Assignment, reader: Person) -> QuerySet[Person]:
    """Return whom `assignment` holds for of those whom `reader` manages."""
    return people_of(assignment).filter(pk__in=managed_people(reader).values("pk"))


def joined(assignment: Assignment, people: Collection[int]) -> dict[int, datetime]:
    """Return when those of `people` joined who did so after the assignment was given to their team."""
    rows = Membership.objects.filter(person__in=people, since__gt=assignment.made_at)
    if assignment.team_id is None:
        return {}
    return dict(rows.filter(team=assignment.team_id).values_list("person", "since"))
