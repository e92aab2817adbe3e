"""Figures out of the evidence: one query each, for any number of people.

Only what was handed in, or shared, is evidence, so nothing of an open attempt is ever counted. Callers pass
evidence of the people that the reader may read about, narrowed as the reader wants it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, DateTimeField, F, Func, IntegerField, Max, Q, QuerySet, Value

from enablement.models import Outcome
from quizzes.models import Evidence
from quizzes.reports.counts import Cell, Confusion

# A topic of a lesson, by the lesson's id and the topic's slug.
Spot = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers, and how many of them right, share lesson, topic, outcomes and week (from 1).

    `last` is known only where people are counted one by one: over all of them it is always today or so.
    """

    lesson: int
    topic: str
    distinction: int | None
    true: str
    chosen: str
    week: int
    n: int
    right: int
    last: datetime | None = None


def tallies(evidence: QuerySet[Evidence], weeks: Sequence[datetime]) -> list[Tally]:
    """Count everything at once. `weeks` are the moments at which weeks begin, in order; before them is 0."""
    week = Func(
        F("at"),
        Value(list(weeks), output_field=ArrayField(DateTimeField())),
        function="width_bucket",
        output_field=IntegerField(),
    )
    rows = (
        evidence.order_by()
        .annotate(week=week)
        .values_list("lesson", "topic", "distinction", "true", "chosen", "week")
        .annotate(n=Count("pk"), right=Count("pk", filter=Q(correct=True)))
    )
    return [Tally(*row) for row in rows]


def cells_of(found: Iterable[Tally]) -> dict[Spot, Cell]:
    """Right answers by topic, over all the tallies."""
    cells: dict[Spot, Cell] = {}
    for one in found:
        spot = (one.lesson, one.topic)
        cells[spot] = cells.get(spot, Cell()) + Cell(one.n, one.right, one.last)
    return cells


def weeks_of(found: Iterable[Tally], weeks: Sequence[datetime]) -> list[Cell]:
    """Right answers by week; what lies before the first counts in none."""
    cells = [Cell()] * len(weeks)
    for one in found:
        if one.week:
            cells[one.week - 1] += Cell(one.n, one.right, one.last)
    return cells


def confusions_of(found: Iterable[Tally], tables: Mapping[int, Confusion]) -> list[Confusion]:
    """One table for each distinction of which statements were sorted. `tables` are those without counts."""
    counts: dict[int, dict[tuple[str, str], int]] = {}
    for one in found:
        if one.distinction is not None and one.distinction in tables and one.true:
            table = counts.setdefault(one.distinction, {})
            table[one.true, one.chosen] = table.get((one.true, one.chosen), 0) + one.n
    return [replace(tables[distinction], counts=table) for distinction, table in sorted(counts.items())]


def tallies_by_person(evidence: QuerySet[Evidence], people: Collection[int]) -> dict[int, list[Tally]]:
    """Count for each of `people`; weeks are not told apart."""
    rows = (
        evidence.filter(person__in=people)
        .order_by()
        .values_list("person", "lesson", "topic", "distinction", "true", "chosen")
        .annotate(n=Count("pk"), right=Count("pk", filter=Q(correct=True)), last=Max("at"))
    )
    found: dict[int, list[Tally]] = {person: [] for person in people}
    for person, lesson, topic, distinction, true, chosen, n, right, last in rows:
        found[person].append(Tally(lesson, topic, distinction, true, chosen, 0, n, right, last))
    return found


def empty_tables() -> dict[int, Confusion]:
    """A table without counts for every distinction that has outcomes, by its id. One query."""
    rows = Outcome.objects.select_related("distinction").order_by("distinction", "position", "pk")
    tables: dict[int, Confusion] = {}
    for row in rows:
        one = row.distinction
        known = tables.get(one.pk) or Confusion(one.slug, one.title, ())
        tables[one.pk] = replace(known, outcomes=(*known.outcomes, (row.name, row.title)))
    return tables
