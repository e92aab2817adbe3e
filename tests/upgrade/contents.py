"""What stands in the tables, in the columns that an older version knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection, sql

Columns = Mapping[str, Sequence[str]]
# What people did. It comes through an upgrade as it was; content is loaded anew from its files.
KEPT = (
    "quizzes_attempt",
    "quizzes_answer",
    "quizzes_grade",
    "enablement_person",
    "enablement_team",
    "enablement_membership",
    "enablement_conversation",
    "enablement_turn",
    "enablement_auditentry",
)


@dataclass(frozen=True, slots=True)
class Content:
    """Rows of a table, and the sum of their hashes."""

    rows: int
    hash: str


def columns(database: Connection) -> Columns:
    """The columns of every table of ours, by name."""
    rows = database.execute(
        "SELECT table_name, array_agg(column_name::text ORDER BY column_name) "
        "FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name"
    ).fetchall()
    return dict(rows)


def contents(database: Connection, known: Columns) -> dict[str, Content]:
    """Measure the KEPT tables that there are, by those of the known columns that there still are."""
    now = columns(database)
    measured = {}
    for table in KEPT:
        names = [name for name in known.get(table, []) if name in now.get(table, [])]
        if not names:
            continue
        row = sql.SQL(", ").join(map(sql.Identifier, names))
        counted = database.execute(
            sql.SQL(
                "SELECT count(*), coalesce(sum(hashtextextended(ROW({row})::text, 0)), 0)::text FROM {table}"
            ).format(row=row, table=sql.Identifier(table))
        ).fetchone()
        assert counted
        measured[table] = Content(*counted)
    return measured
