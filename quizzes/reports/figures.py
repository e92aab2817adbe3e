"""Figures by person, straight from the database: one or two queries each, for any number of people.

Only handed-in attempts have grades, so nothing of an open attempt is ever counted. `quiz` narrows every
figure to one quiz. Callers pass the people that the reader may read about.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from enablement.models import Distinction
from quizzes.models import Attempt, AttemptState, Grade, Quiz
from quizzes.models.attempts import per_cent
from quizzes.reports.counts import Cell, Confusion


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's attempts: how many handed in, still open, and the scores (0 to 1) with the last date."""

    attempts: int = 0
    in_progress: int = 0
    last: float | None = None
    best: float | None = None
    last_at: datetime | None = None

    @property
    def last_per_cent(self) -> int | None:
        return per_cent(self.last)

    @property
    def best_per_cent(self) -> int | None:
        return per_cent(self.best)


def standings(people: Collection[int], quiz: Quiz | None = None) -> dict[int, Standing]:
    """The standing of each of `people` who has begun an attempt."""
    attempts = _attempts(people, quiz)
    handed_in = attempts.filter(state=AttemptState.SUBMITTED)
    latest = handed_in.exclude(score=None).order_by("person", "-submitted_at").distinct("person")
    last = dict(latest.values_list("person", "score"))
    rows = (
        attempts.order_by()
        .values("person")
        .annotate(
            handed_in=Count("pk", filter=Q(state=AttemptState.SUBMITTED)),
            open=Count("pk", filter=Q(state=AttemptState.OPEN)),
            best=Max("score"),
            last_at=Max("submitted_at"),
        )
    )
    return {
        row["person"]: Standing(
            row["handed_in"], row["open"], last.get(row["person"]), row["best"], row["last_at"]
        )
        for row in rows
    }


def topic_cells(people: Collection[int], quiz: Quiz | None = None) -> dict[int, dict[str, Cell]]:
    """For each of `people`, right answers by topic. An unanswered question counts as not right."""
    rows = (
        _grades(people, quiz)
        .values_list("answer__attempt__person", "answer__question__topic")
        .annotate(n=Count("pk"), right=Count("pk", filter=Q(correct=True)))
        .order_by("answer__question__topic")
    )
    cells: dict[int, dict[str, Cell]] = {person: {} for person in people}
    for person, topic, n, right in rows:
        cells[person][topic] = Cell(n, right)
    return cells


def confusions(people: Collection[int], quiz: Quiz | None = None) -> dict[int, list[Confusion]]:
    """For each of `people`, one table for each distinction of which they sorted statements."""
    rows = (
        _grades(people, quiz)
        .exclude(true="")
        .exclude(answer__question__distinction=None)
        .values_list("answer__attempt__person", "answer__question__distinction", "true", "chosen")
        .annotate(n=Count("pk"))
        .order_by("answer__question__distinction")
    )
    counts: dict[int, dict[int, dict[tuple[str, str], int]]] = {person: {} for person in people}
    for person, distinction, true, chosen, n in rows:
        counts[person].setdefault(distinction, {})[true, chosen] = n
    tables = _empty_tables({distinction for person in counts.values() for distinction in person})
    return {
        person: [replace(tables[distinction], counts=found) for distinction, found in by_distinction.items()]
        for person, by_distinction in counts.items()
    }


def _empty_tables(distinctions: Collection[int]) -> dict[int, Confusion]:
    rows = Distinction.objects.filter(pk__in=distinctions).prefetch_related("outcomes")
    return {row.pk: Confusion(row.slug, row.title, _outcomes(row)) for row in rows}


def _outcomes(distinction: Distinction) -> tuple[tuple[str, str], ...]:
    return tuple((outcome.name, outcome.title) for outcome in distinction.outcomes.all())


def _attempts(people: Collection[int], quiz: Quiz | None) -> QuerySet[Attempt]:
    attempts = Attempt.objects.filter(person__in=people)
    return attempts.filter(quiz=quiz) if quiz else attempts


def _grades(people: Collection[int], quiz: Quiz | None) -> QuerySet[Grade]:
    grades = Grade.objects.filter(answer__attempt__person__in=people)
    return grades.filter(answer__attempt__quiz=quiz) if quiz else grades
