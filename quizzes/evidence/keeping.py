"""Evidence is written with the answer it follows from, in the same transaction, and can be made anew.

Every function here runs the derivation; none works anything out itself. The teams somebody was in are noted
when the evidence is first written and stay: who leaves a team leaves no trace by which to find out later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection, transaction

from enablement.models import Person
from quizzes.evidence.derivation import COACH, COLUMNS, ORIGINS, PRACTICE, QUIZ, Origin, narrowed

_TEAMS: Final = """
ARRAY(SELECT membership.team_id FROM enablement_membership AS membership
      WHERE membership.person_id = found.person_id AND membership.since <= found.at
      ORDER BY membership.team_id)
"""


def note_grades(answers: Iterable[int]) -> None:
    """Bring the evidence of `answers` (ids), which were graded just now, to what their grades say."""
    _write(QUIZ, narrowed(QUIZ, "answer.id"), [list(answers)])


def note_practice(item: int) -> None:
    """Note an item of practice (its id) that was answered, if its person shares their practice."""
    _write(PRACTICE, narrowed(PRACTICE, PRACTICE.fact_column), [[item]])


def note_coaching(turn: int) -> None:
    """Note a turn with the coach (its id), if its person shares their practice."""
    _write(COACH, narrowed(COACH, COACH.fact_column), [[turn]])


@transaction.atomic
def renew_evidence(person: Person) -> None:
    """Bring a person's evidence to what follows now, as when they begin or cease to share their practice."""
    for origin in ORIGINS:
        select = narrowed(origin, origin.person_column)
        _drop(origin, select, "person_id = %s AND", [[person.pk], person.pk])
        _write(origin, select, [[person.pk]])


@transaction.atomic
def rebuild_evidence() -> int:
    """Bring everybody's evidence to what follows now, and return how many rows had been wrong or missing."""
    wrong = differing_evidence()
    for origin in ORIGINS:
        _drop(origin, origin.select, "", [])
        _write(origin, origin.select, [])
    return wrong


def differing_evidence() -> int:
    """Return how many rows of evidence are missing, too many, or other than what follows from the answers."""
    return sum(_differing(origin) for origin in ORIGINS)


def _differing(origin: Origin) -> int:
    columns = _listed([*COLUMNS, origin.fact])
    derived, kept = (", ".join(f'{rows}."{column}"' for column in COLUMNS) for rows in ("derived", "kept"))
    # One pass over both, joined by what they rest on: where one has no row, its columns are null.
    return _number(
        f"SELECT count(*) FROM ({origin.select}) AS derived ({columns})"
        f" FULL JOIN (SELECT {columns} FROM quizzes_evidence WHERE {origin.fact} IS NOT NULL) AS kept"
        f" USING ({origin.fact}) WHERE ROW({derived}) IS DISTINCT FROM ROW({kept})"
    )


def _write(origin: Origin, select: str, parameters: Sequence[Any]) -> None:
    columns = _listed([*COLUMNS, origin.fact])
    changes = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in COLUMNS)
    _run(
        f"INSERT INTO quizzes_evidence ({columns}, teams) SELECT found.*, {_TEAMS}"
        f" FROM ({select}) AS found ({columns}) ON CONFLICT ({origin.fact}) DO UPDATE SET {changes}",
        parameters,
    )


def _drop(origin: Origin, select: str, of: str, parameters: Sequence[Any]) -> None:
    columns = _listed([*COLUMNS, origin.fact])
    derived = f"WITH derived ({columns}) AS ({select}) "
    _run(
        f"{derived}DELETE FROM quizzes_evidence WHERE {of} {origin.fact} IS NOT NULL"
        f" AND NOT EXISTS (SELECT FROM derived WHERE derived.{origin.fact} = quizzes_evidence.{origin.fact})",
        parameters,
    )


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _run(sql: str, parameters: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        number: int = cursor.fetchone()[0]
    return number
