"""What many tests begin with: made once by the product's own code, and from then on copied row by row.

Loading even a small lesson takes a hundred statements and more, and hundreds of tests begin with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from tests.emptying import filled_by_tests

Row = dict[str, Any]
_COPIES: dict[str, Copy] = {}


def bring(name: str, make: Callable[[], object]) -> None:
    """Have in the database what `make` writes there. It is run when a process is first asked for a name."""
    known = f"{timezone.now():%F} {name}"
    if known not in _COPIES:
        _COPIES[known] = _copy_of(make)
    _COPIES[known].put_in(timezone.now())


@dataclass
class Copy:
    """The rows of each table, which of their moments are those of the making, and when that ended."""

    ended: datetime
    rows: dict[str, list[Row]]
    moments: list[tuple[Row, str, datetime]]

    def put_in(self, now: datetime) -> None:
        """Write the rows as if their making had ended `now`."""
        for row, column, moment in self.moments:
            row[column] = (moment + (now - self.ended)).isoformat()
        query = sql.SQL("WITH {} SELECT").format(sql.SQL(", ").join(map(_insert, self.rows)))
        with connection.cursor() as cursor:
            cursor.execute(query, [json.dumps(rows) for rows in self.rows.values()])


def _copy_of(make: Callable[[], object]) -> Copy:
    """Run `make`, take back what it did, and see that a copy of it is the same."""
    begun, before = timezone.now(), _all_rows()
    with transaction.atomic():
        make()
        ended, after = timezone.now(), _all_rows()
        transaction.set_rollback(True)
    rows: dict[str, list[Row]] = {}
    for table, row in sorted(after - before):
        rows.setdefault(table, []).append(json.loads(row))
    moments = [
        (row, column, moment)
        for table, columns in _moments().items()
        for row in rows.get(table, [])
        for column in columns
        if row[column] and begun <= (moment := datetime.fromisoformat(row[column])) <= ended
    ]
    copy = Copy(ended, rows, moments)
    with transaction.atomic():
        copy.put_in(ended)
        assert _all_rows() == after, "what was made is more than new rows"
        transaction.set_rollback(True)
    return copy


def _all_rows() -> set[tuple[str, str]]:
    """Return every row as JSON, with its table."""
    tables = filled_by_tests()
    each = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, row_to_json(t)::text FROM {} t").format(table, sql.Identifier(table))
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return set(cursor.fetchall())


def _insert(table: str) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, _columns()[table]))
    return sql.SQL("{} AS (INSERT INTO {} ({}) SELECT {} FROM json_populate_recordset(NULL::{}, %s))").format(
        sql.Identifier(f"into {table}"), sql.Identifier(table), columns, columns, sql.Identifier(table)
    )


@cache
def _columns(kind: str = "%") -> dict[str, list[str]]:
    """Return the columns of each table that can be written, of a kind of type."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND is_generated = 'NEVER' AND data_type LIKE %s ORDER BY ordinal_position",
            [kind],
        )
        for table, column in cursor.fetchall():
            found.setdefault(table, []).append(column)
    return found


def _moments() -> dict[str, list[str]]:
    return _columns("timestamp with time zone")
