"""How many rows every table has, and a hash of what stands in them, to compare two databases by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import Connection, sql


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows, and the sum of the 64-bit hashes of its rows as text: the order does not matter."""

    name: str
    rows: int
    hash: str

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "rows": self.rows, "hash": self.hash}


def tables(database: Connection) -> list[Table]:
    """Return every table of the schema `public`, by name. What the database computes itself is left out."""
    rows = database.execute(
        "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attname) "
        "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 "
        "AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname NOT IN ("
        "  SELECT e.relname FROM pg_depend d JOIN pg_class e ON e.oid = d.objid WHERE d.deptype = 'e') "
        "GROUP BY c.relname ORDER BY c.relname"
    )
    return [_measured(database, name, columns) for name, columns in rows.fetchall()]


def differences(kept: list[Table], found: list[Table]) -> list[str]:
    """Say where two lists of tables differ; empty where they are equal. Pure."""
    before, after = ({table.name: table for table in side} for side in (kept, found))
    words = []
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            words.append(f"{name} is {'new' if one is None else 'missing'}")
        elif one.rows != other.rows:
            words.append(f"{name}: {other.rows} rows in place of {one.rows}")
        elif one.hash != other.hash:
            words.append(f"{name}: other content")
    return words


def _measured(database: Connection, name: str, columns: list[str]) -> Table:
    query = sql.SQL(
        "SELECT count(*), coalesce(sum(hashtextextended(ROW({})::text, 0)::numeric), 0) FROM public.{}"
    ).format(sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(name))
    rows, total = database.execute(query).fetchone() or (0, 0)
    return Table(name, rows, str(total))
