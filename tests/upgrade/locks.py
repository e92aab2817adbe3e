"""Which tables a migration locks, against reading or writing, and for how long."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import psycopg

# The name under which the migration's connection is known to PostgreSQL (PGAPPNAME).
MIGRATION = "dosay-upgrade"
# Seconds between two looks; a shorter lock is not seen.
BETWEEN = 0.01
# Nobody may read under the first; under the others nobody may write.
READING = "AccessExclusiveLock"
WRITING = ("ExclusiveLock", "ShareRowExclusiveLock", "ShareLock", READING)
# Tables of before alone: one that the same transaction makes is nobody's yet.
LOOK = (
    "SELECT c.relname, l.mode FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "JOIN pg_class c ON c.oid = l.relation "
    "WHERE a.application_name = %s AND l.granted AND l.mode = ANY(%s) AND c.relkind = 'r' AND c.oid = ANY(%s)"
)


@dataclass
class Locks:
    """Seconds for which each table could not be read, or not be written, at the longest."""

    reading: dict[str, float] = field(default_factory=dict)
    writing: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, dict[str, float]]:
        """The five longest of each."""
        return {"not_readable": _longest(self.reading), "not_writable": _longest(self.writing)}


def _longest(held: dict[str, float]) -> dict[str, float]:
    first = sorted(held.items(), key=lambda item: -item[1])[:5]
    return {name: round(seconds, 2) for name, seconds in first}


class LockWatch(threading.Thread):
    """Looks at the migration's locks until told to stop."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._address = address
        self._over = threading.Event()
        self.locks = Locks()

    def __enter__(self) -> LockWatch:
        self.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as database:
            tables = [
                row[0] for row in database.execute("SELECT oid FROM pg_class WHERE relkind = 'r'").fetchall()
            ]
            since: dict[tuple[str, bool], float] = {}
            while not self._over.is_set():
                rows = database.execute(LOOK, [MIGRATION, list(WRITING), tables]).fetchall()
                self._note({(name, mode == READING) for name, mode in rows}, since)
                time.sleep(BETWEEN)

    def _note(self, held: set[tuple[str, bool]], since: dict[tuple[str, bool], float]) -> None:
        """Count from when a lock was first seen; it is held until its transaction ends."""
        now = time.monotonic()
        for gone in set(since) - held:
            del since[gone]
        for name, from_reading in held:
            seconds = now - since.setdefault((name, from_reading), now)
            # Whoever cannot read cannot write either.
            for kind in (self.locks.reading, self.locks.writing) if from_reading else (self.locks.writing,):
                kind[name] = max(kind.get(name, 0.0), seconds)
