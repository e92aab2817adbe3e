"""Hold the figures of the team page against sums that the database makes by itself."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from typing import Any, Final

from django.db import connection

from enablement.management.json_command import BadInput, JsonCommand
from enablement.models import Person
from quizzes.deadlines import server_now
from quizzes.release import taking_now
from quizzes.reports.answers import answers_in
from quizzes.reports.counts import Cell
from quizzes.reports.scope import read_scope
from quizzes.reports.teams import TeamReport, team_report
from quizzes.seeding.people import LEAD

MOST_SHOWN: Final = 10

# A figure by what it is about: (n, right) for shares, (n,) for pairs of outcomes.
Figures = dict[tuple[Any, ...], tuple[int, ...]]

# From the answers and the keys themselves, and not from the table of evidence that the pages read.
_ANSWERS: Final = """
WITH people AS (
    SELECT DISTINCT member.person_id AS id FROM enablement_membership AS member
    JOIN enablement_team_managers AS managed ON managed.team_id = member.team_id
    JOIN enablement_person AS person ON person.id = member.person_id
    WHERE managed.person_id = %(reader)s AND person.is_active
), sharing AS (
    SELECT person_id FROM quizzes_practiceplan WHERE shares_answers
), asked AS (
    SELECT attempt.person_id, answer.question_id, answer.response, grade.correct, attempt.submitted_at AS at
    FROM quizzes_grade AS grade
    JOIN quizzes_answer AS answer ON answer.id = grade.answer_id
    JOIN quizzes_attempt AS attempt ON attempt.id = answer.attempt_id
    WHERE attempt.state = 'submitted'
  UNION ALL
    SELECT session.person_id, item.question_id, item.response,
           CASE WHEN item.grade IS NULL THEN item.score = 1 ELSE item.grade->'correct' = 'true' END,
           item.answered_at
    FROM quizzes_practiceitem AS item
    JOIN quizzes_practicesession AS session ON session.id = item.session_id
    WHERE item.score IS NOT NULL AND session.person_id IN (SELECT person_id FROM sharing)
), answers AS (
    SELECT asked.person_id, question.lesson_id, question.topic, question.distinction_id,
           asked.correct, asked.at,
           CASE WHEN question.kind IN ('sort', 'cheapest_step') THEN key.correct->>0 END AS truth,
           asked.response->'chosen'->>0 AS chosen
    FROM asked
    JOIN quizzes_question AS question ON question.id = asked.question_id
    JOIN quizzes_answerkey AS key ON key.question_id = question.id
  UNION ALL
    SELECT run.person_id, scenario.lesson_id, scenario.topic, scenario.distinction_id,
           turn.chosen = run.outcome, turn.said_at, run.outcome, turn.chosen
    FROM quizzes_coachturn AS turn
    JOIN quizzes_coachrun AS run ON run.id = turn.run_id
    JOIN quizzes_scenario AS scenario ON scenario.id = run.scenario_id
    WHERE turn.number = 0 AND turn.chosen <> '' AND run.person_id IN (SELECT person_id FROM sharing)
), seen AS (
    SELECT answers.* FROM answers JOIN people ON people.id = answers.person_id
    WHERE answers.lesson_id = ANY(%(lessons)s)
)
"""
_SUMS: Final = {
    "person × topic": "SELECT person_id, lesson_id, topic, count(*), count(*) FILTER (WHERE correct)"
    " FROM seen GROUP BY 1, 2, 3",
    "topic": "SELECT lesson_id, topic, count(*), count(*) FILTER (WHERE correct) FROM seen GROUP BY 1, 2",
    "week": "SELECT date_trunc('week', at AT TIME ZONE %(zone)s)::date, count(*),"
    " count(*) FILTER (WHERE correct) FROM seen GROUP BY 1",
    "chosen against true": "SELECT distinction_id, truth, coalesce(chosen, ''), count(*)"
    " FROM seen WHERE truth IS NOT NULL AND distinction_id IS NOT NULL GROUP BY 1, 2, 3",
}


class Command(JsonCommand):
    help = (
        "Recount the team page's figures from the answers by plain SQL, and list what differs. Status 1 "
        "where anything does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--as", dest="username", default=LEAD, help=f"whose page (default {LEAD})")

    def handle(self, *args: Any, **options: Any) -> None:
        self.equal = True
        super().handle(*args, **options)
        if not self.equal:
            raise SystemExit(1)

    def answer(self, **options: Any) -> dict[str, Any]:
        reader = Person.objects.filter(username=options["username"]).first()
        if reader is None or not reader.managed_teams.exists():
            raise BadInput(f"“{options['username']}” manages nobody here. Run seed_history first.")
        if taking_now(reader):
            raise BadInput(f"“{options['username']}” has a quiz open, whose answers the page leaves out.")
        begun = time.perf_counter()
        now = server_now()
        scope = read_scope(reader, {}, now)
        report = team_report(scope, now, size=None)
        told, summed = _told(report), _summed(reader, [one.pk for one in scope.lessons], str(scope.zone))
        weeks = {start.date() for start, _ in report.weeks}
        summed["week"] = {key: value for key, value in summed["week"].items() if key[0] in weeks}
        differing = {name: _differing(told[name], summed[name]) for name in told}
        listed = answers_in(scope, {}).count()
        self.equal = not any(differing.values()) and listed == report.total.n
        return {
            "people": report.people,
            "answers": report.total.n,
            "listed": listed,
            "compared": {name: len(figures) for name, figures in summed.items()},
            "differing": {name: rows[:MOST_SHOWN] for name, rows in differing.items() if rows},
            "equal": self.equal,
            "seconds": round(time.perf_counter() - begun, 1),
        }

    def describe(self, result: dict[str, Any]) -> str:
        lines = [
            f"{result['people']} people, {result['answers']:,} answers ({result['listed']:,} in the list)"
        ]
        lines += [f"  {count:>7,} figures by {name}" for name, count in result["compared"].items()]
        lines += [f"  {name}: {row}" for name, rows in result["differing"].items() for row in rows]
        return "\n".join([*lines, "All the same." if result["equal"] else "Not the same."])


def _told(report: TeamReport) -> dict[str, Figures]:
    """What the page shows. A cell of nothing is no figure."""
    lessons = {lesson.slug: lesson.pk for lesson in report.scope.lessons}
    spots = [(lessons[topic.lesson], topic.topic) for topic in report.topics]
    by_person = {
        (row.person.pk, *spot): _of(cell)
        for row in report.members
        for spot, cell in zip(spots, row.cells, strict=True)
    }
    pairs: Counter[tuple[Any, ...]] = Counter()
    for table in report.confusions:
        for (true, chosen), count in table.counts.items():
            pairs[table.slug, true, chosen] += count
    return {
        "person × topic": {key: value for key, value in by_person.items() if value[0]},
        "topic": {spot: _of(cell) for spot, cell in zip(spots, report.totals, strict=True)},
        "week": {(start.date(),): _of(cell) for start, cell in report.weeks if cell.n},
        "chosen against true": {key: (count,) for key, count in pairs.items() if count},
    }


def _of(cell: Cell) -> tuple[int, int]:
    return cell.n, cell.right


def _summed(reader: Person, lessons: list[int], zone: str) -> dict[str, Figures]:
    """The same out of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, slug FROM enablement_distinction")
        slugs = dict(cursor.fetchall())
        found: dict[str, Figures] = {}
        for name, sums in _SUMS.items():
            cursor.execute(_ANSWERS + sums, {"reader": reader.pk, "lessons": lessons, "zone": zone})
            kept = 1 if name == "chosen against true" else 2
            found[name] = {tuple(row[:-kept]): tuple(row[-kept:]) for row in cursor.fetchall()}
    pairs = found["chosen against true"]
    found["chosen against true"] = {(slugs[key[0]], *key[1:]): value for key, value in pairs.items()}
    return found


def _differing(told: Figures, summed: Figures) -> list[str]:
    keys = sorted(told.keys() | summed.keys(), key=str)
    return [
        f"{', '.join(_name(part) for part in key)}: shown {told.get(key)}, counted {summed.get(key)}"
        for key in keys
        if told.get(key) != summed.get(key)
    ]


def _name(part: object) -> str:
    return part.isoformat() if isinstance(part, date) else str(part)
