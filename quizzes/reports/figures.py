"""Figures out of the evidence: one query each, for any number of people.

Only what was handed in, or shared, is evidence, so nothing of an open attempt is ever counted. Callers pass
evidence of the people that the reader may read about, narrowed as the reader wants it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from enablement.models import Outcome
from quizzes.models import Evidence
from quizzes.reports.counts import Cell, Confusion

# A topic of a lesson, by the lesson's id and the topic's slug.
Spot = tuple[int, str]

# The answers are read once, into a few thousand groups; what is shown are sums of those. `who` is a person,
# or 0 for everybody.
_SUMS = """
SELECT who, grouping(topic) = 0, grouping(week) = 0, lesson, topic, week, distinction, outcome, chosen,
       sum(n)::bigint, sum(correct)::bigint, CASE WHEN grouping(topic) = 0 THEN max(last) END
FROM (
    SELECT {who} AS who, lesson, topic, width_bucket(at, %s::timestamptz[]) AS week,
           distinction, outcome, chosen,
           count(*) AS n, count(*) FILTER (WHERE correct) AS correct, {last} AS last
    FROM ({evidence}) AS evidence (person, lesson, topic, distinction, outcome, chosen, at, correct)
    GROUP BY 1, 2, 3, 4, 5, 6, 7
) AS groups
GROUP BY GROUPING SETS ((who, lesson, topic), (who, week), (who, distinction, outcome, chosen))
"""
_READ = ("person", "lesson", "topic", "distinction", "true", "chosen", "at", "correct")
# `width_bucket` knows no empty list: before this moment there is nothing.
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """Right answers by topic and by week (from 1; 0 lies before the first), and by distinction how often
    each true outcome was taken for each that was chosen.

    When the last answer to a topic was given is known only where people are counted one by one: over all of
    them it is always today or so.
    """

    cells: dict[Spot, Cell] = field(default_factory=dict)
    weeks: dict[int, Cell] = field(default_factory=dict)
    chosen: dict[int, dict[tuple[str, str], int]] = field(default_factory=dict)

    @property
    def total(self) -> Cell:
        return sum(self.cells.values(), Cell())

    def by_week(self, starts: Sequence[datetime]) -> list[tuple[datetime, Cell]]:
        """Each week by its beginning; what lies before the first counts in none."""
        return [(start, self.weeks.get(number, Cell())) for number, start in enumerate(starts, 1)]

    def confusions(self, tables: Mapping[int, Confusion]) -> list[Confusion]:
        """One table for each distinction that was sorted by; `tables` are those without counts."""
        known = sorted(distinction for distinction in self.chosen if distinction in tables)
        return [replace(tables[one], counts=self.chosen[one]) for one in known]


def figures_of(evidence: QuerySet[Evidence], starts: Sequence[datetime] = ()) -> Figures:
    """Count everything at once. `starts` are the moments at which weeks begin, in order."""
    return _counted(evidence, starts, who="0", last="NULL::timestamptz").get(0, Figures())


def figures_by_person(
    evidence: QuerySet[Evidence], people: Collection[int], starts: Sequence[datetime] = ()
) -> dict[int, Figures]:
    """Count for each of `people`."""
    found = _counted(evidence.filter(person__in=people), starts, who="person", last="max(at)")
    return {person: found.get(person, Figures()) for person in people}


def _counted(
    evidence: QuerySet[Evidence], starts: Sequence[datetime], *, who: str, last: str
) -> dict[int, Figures]:
    try:
        rows, parameters = evidence.order_by().values_list(*_READ).query.sql_with_params()
    except EmptyResultSet:
        return {}
    with connection.cursor() as cursor:
        sql = _SUMS.format(evidence=rows, who=who, last=last)
        cursor.execute(sql, [list(starts) or [_LONG_AGO], *parameters])
        return _told_apart(cursor.fetchall())


def _told_apart(rows: Iterable[tuple[Any, ...]]) -> dict[int, Figures]:
    found: dict[int, Figures] = {}
    for row in rows:
        who, of_topic, of_week, lesson, topic, week, distinction, true, chosen, n, right, last = row
        figures = found.setdefault(who, Figures())
        if of_topic:
            figures.cells[lesson, topic] = Cell(n, right, last)
        elif of_week:
            figures.weeks[week] = Cell(n, right)
        elif distinction is not None and true:
            figures.chosen.setdefault(distinction, {})[true, chosen] = n
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
