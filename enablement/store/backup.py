"""Everything into a folder, and back: the database with its index, and a note of what must be there again.

The folder holds `database.dump` (PostgreSQL's own format), or `database.dump.age` where it is encrypted, and
`backup.json`: when, by which release, how many rows each table had and a hash of them, taken in the very
snapshot that was dumped. A restore compares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.db.migrations.loader import MigrationLoader
from psycopg import Connection, OperationalError

from enablement.store import programs
from enablement.store.sealing import read_identities, read_recipients, seal, unseal
from enablement.store.tables import Table, differences, tables

DUMP: Final = "database.dump"
SEALED: Final = "database.dump.age"
NOTE: Final = "backup.json"
FORMAT: Final = 1
OURS: Final = ("enablement", "quizzes")


# The part of Django's settings that says where a database is.
Address = Mapping[str, Any]


class BadBackup(ValueError):
    """A folder that cannot be written to or restored from, in one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    folder: Path
    made_at: str
    migrations: list[str]
    tables: list[Table]

    @property
    def is_sealed(self) -> bool:
        return not (self.folder / DUMP).is_file()

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


def write_backup(database: Address, folder: Path, to: Sequence[str] = ()) -> Backup:
    """Write everything in `database` to `folder`, which must be new or empty. Raises BadBackup, BadKey.

    With `to` (age1… or public SSH keys), only who has the key to one of these can read it. People may go on
    working: it is the state of one moment. The note is written last; a folder without one is not a backup.
    """
    recipients = read_recipients(to)
    _make_empty(folder)
    file, by = (SEALED, partial(seal, to=recipients)) if recipients else (DUMP, None)
    with _connected(database) as moment:
        moment.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (snapshot,) = moment.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        try:
            programs.dump(database, folder / file, snapshot, by)
        except (programs.ProgramFailed, OSError) as error:
            raise _unwritten(error) from error
        applied = moment.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
        backup = Backup(folder, datetime.now(UTC).isoformat(), [name for (name,) in applied], tables(moment))
    try:
        _write_note(backup)
    except OSError as error:
        raise _unwritten(error) from error
    return backup


def read_backup(folder: Path) -> Backup:
    """Read what a folder holds. Raises BadBackup."""
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        if note["format"] != FORMAT or not any((folder / name).is_file() for name in (DUMP, SEALED)):
            raise KeyError(NOTE)
        kept = [Table(**row) for row in note["tables"]]
        return Backup(folder, note["made_at"], note["migrations"], kept)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadBackup(
            f"{folder} is not a backup: name the folder that manage.py backup wrote, with {NOTE} and {DUMP}."
        ) from error


def restore_backup(
    database: Address, folder: Path, *, replace: bool = False, key: Path | None = None
) -> Backup:
    """Put a backup into `database`, all of it or nothing, and compare every table. Raises BadBackup, BadKey.

    With `replace`, what is there is deleted in the same transaction; without, there must be nothing. `key` is
    the file of the key that opens an encrypted one.
    """
    backup = read_backup(folder)
    file, by = _opened(backup, key)
    if unknown := _unknown(backup):
        raise BadBackup(
            f"This backup was made by a newer release ({unknown[-1]} is not known here): update Dosay first."
        )
    if _has_rows(database) and not replace:
        raise BadBackup(
            "This database is not empty. Back it up, then give --replace to delete what is in it, or restore "
            "to another one."
        )
    try:
        programs.load(database, file, "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n", by)
    except programs.ProgramFailed as error:
        raise BadBackup(f"Nothing was restored, and the database is as it was: {error}") from error
    _analyse(database)
    _compare(database, backup)
    return backup


def _opened(backup: Backup, key: Path | None) -> tuple[Path, programs.Pass | None]:
    """The dump's file, and what makes it readable."""
    if not backup.is_sealed:
        return backup.folder / DUMP, None
    if key is None:
        raise BadBackup("This backup is encrypted: give --identity FILE with the key that opens it.")
    return backup.folder / SEALED, partial(unseal, identities=read_identities(key))


def _analyse(database: Address) -> None:
    """Let the database plan by the rows that there are now: the dump carries no statistics."""
    with _connected(database) as restored:
        restored.execute("ANALYZE")


def _compare(database: Address, backup: Backup) -> None:
    with _connected(database) as restored:
        words = differences(backup.tables, tables(restored))
    if words:
        raise BadBackup(f"The restored database differs from the backup: {'; '.join(words)}.")


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BadBackup(f"{folder} is not empty: name a new folder for the backup.")
        # Scores are personnel data: nobody else on the machine reads them.
        folder.chmod(0o700)
    except OSError as error:
        raise BadBackup(f"{folder} cannot be written: {error.strerror}.") from error


def _write_note(backup: Backup) -> None:
    note: Mapping[str, Any] = {
        "format": FORMAT,
        "made_at": backup.made_at,
        "migrations": backup.migrations,
        "tables": [table.as_json() for table in backup.tables],
    }
    text = json.dumps(note, ensure_ascii=False, indent=1)
    draft = backup.folder / f"{NOTE}.new"
    draft.write_text(text, encoding="utf-8")
    draft.rename(backup.folder / NOTE)


def _unwritten(error: Exception) -> BadBackup:
    said = " ".join(str(getattr(error, "strerror", None) or error).split())
    return BadBackup(f"The backup could not be written: {said}")


def _unknown(backup: Backup) -> list[str]:
    """Migrations of ours that this release lacks. Those of packages come and go with their versions."""
    own = tuple(f"{package}." for package in OURS)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return sorted(name for name in backup.migrations if name.startswith(own) and name not in known)


def _has_rows(database: Address) -> bool:
    with _connected(database) as present:
        return any(table.rows for table in tables(present))


def _connected(database: Address) -> Connection:
    try:
        return programs.connected(database)
    except OperationalError as error:
        raise no_answer(error) from error


def no_answer(error: Exception) -> BadBackup:
    """Return the sentence for a database that cannot be reached."""
    return BadBackup(f"The database does not answer: {str(error).splitlines()[0]}")
