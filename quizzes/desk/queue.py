"""What waits on the desk of somebody who manages people: oldest first, never an answer of one's own.

Nor one to a question that they are being asked in a quiz themselves: its checks say what is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from enablement.models import Membership, Person, Team
from quizzes.models import Answer, Appeal, GradeChange, PendingGrade
from quizzes.release import asked_now


class Why(StrEnum):
    """Why an answer needs a person."""

    UNSURE = "unsure"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer on the desk. `due` is there for an objection; `since` is when the older of the two came."""

    answer: Answer
    why: Why
    since: datetime
    due: datetime | None = None


def queue_for(reader: Person, team: Team | None = None, why: Why | None = None) -> list[Waiting]:
    """Return what waits for `reader`, oldest first. Four queries."""
    found: dict[int, Waiting] = {}
    unsure, objections = _unsure(reader), _objections(reader)
    for pending in unsure.select_related(
        "answer__attempt__person", "answer__attempt__quiz", "answer__question"
    ):
        found[pending.answer_id] = Waiting(pending.answer, Why.UNSURE, pending.since)
    for appeal in objections.select_related(
        "answer__attempt__person", "answer__attempt__quiz", "answer__question"
    ).order_by("made_at"):
        known = found.get(appeal.answer_id)
        since = min(known.since, appeal.made_at) if known else appeal.made_at
        due = min(known.due, appeal.due_at) if known and known.due else appeal.due_at
        found[appeal.answer_id] = Waiting(appeal.answer, Why.OBJECTION, since, due)
    rows = [row for row in found.values() if why in (None, row.why)]
    if team is not None:
        members = set(Membership.objects.filter(team=team).values_list("person", flat=True))
        rows = [row for row in rows if row.answer.attempt.person_id in members]
    return sorted(rows, key=lambda row: (row.since, row.answer.pk))


def count_for(reader: Person) -> int:
    """Return how many answers wait for `reader`. One query."""
    return (
        _unsure(reader)
        .order_by()
        .values("answer")
        .union(_objections(reader).order_by().values("answer"))
        .count()
    )


def left_out_for(reader: Person) -> int:
    """Return how many answers wait that `reader` is not shown: a quiz that they have open asks the same."""
    slugs = set(asked_now(reader))
    if not slugs:
        return 0
    waiting = (_all_unsure(reader), _all_objections(reader))
    answers = [rows.filter(answer__question__slug__in=slugs).order_by().values("answer") for rows in waiting]
    return answers[0].union(answers[1]).count()


def on_desk(reader: Person) -> QuerySet[Answer]:
    """Return the answers that wait for `reader`, and those that somebody decided on."""
    decided = GradeChange.objects.visible_to(reader).decisions()
    rows = (_unsure(reader), _objections(reader), decided)
    wanted = Q()
    for found in rows:
        wanted |= Q(pk__in=found.order_by().values("answer"))
    answers: QuerySet[Answer] = Answer.objects.exclude(attempt__person=reader)
    answers = answers.exclude(question__slug__in=asked_now(reader))
    return answers.filter(wanted)


def _unsure(reader: Person) -> QuerySet[PendingGrade]:
    return _all_unsure(reader).exclude(answer__question__slug__in=asked_now(reader))


def _objections(reader: Person) -> QuerySet[Appeal]:
    return _all_objections(reader).exclude(answer__question__slug__in=asked_now(reader))


def _all_unsure(reader: Person) -> QuerySet[PendingGrade]:
    return PendingGrade.objects.visible_to(reader).for_review().exclude(answer__attempt__person=reader)


def _all_objections(reader: Person) -> QuerySet[Appeal]:
    return Appeal.objects.visible_to(reader).open().exclude(answer__attempt__person=reader)
