"""PostgreSQL's own programs (pg_dump, pg_restore, psql), run against a database of Django's settings.

They come with the package that carries the embedded server, so that a backup needs no install; a program of a
release reads servers of that release and older ones.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BufferedIOBase
from pathlib import Path
from typing import Any, Final, cast

from psycopg import Connection, connect

from config.embedded.binaries import postgres_binary

# Servers before release 17 do not know this setting, which the programs of later ones write first.
UNKNOWN_BEFORE_17: Final = b"SET transaction_timeout = 0;\n"
# Reads one stream to its end and writes what it makes of it to another. Raises ValueError.
Pass = Callable[[BufferedIOBase, BufferedIOBase], None]
_DUMPED: Final = ("--format=custom", "--no-owner", "--no-privileges")
_HEAD_BYTES: Final = 64 * 1024
_SETTINGS: Final = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
}
_WORDS: Final = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
_OPTIONS: Final = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT"}


class ProgramFailed(Exception):
    """A program ended with an error; its last line says which."""


def connected(database: Mapping[str, Any]) -> Connection:
    """Return a connection of its own, in UTC like Django's. Raises psycopg.OperationalError."""
    named = {word: database[name] for name, word in _WORDS.items() if database.get(name)}
    options = {name: value for name, value in database.get("OPTIONS", {}).items() if name in _OPTIONS}
    return connect(**named, **options, options="-c TimeZone=UTC", connect_timeout=10)


def dump(database: Mapping[str, Any], file: Path, snapshot: str, seal: Pass | None = None) -> None:
    """Write everything in `database`, as a snapshot sees it, to `file`. Raises ProgramFailed.

    What `seal` makes of it is written instead, where one is given: then nothing clear touches the disk.
    """
    command = [str(postgres_binary("pg_dump")), *_DUMPED, f"--snapshot={snapshot}"]
    with file.open("wb") as goal, tempfile.TemporaryFile() as said:
        done = subprocess.Popen(
            command,
            env=_environment(database),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if seal else goal,
            stderr=said,
        )
        with done:
            if seal and done.stdout:
                seal(cast(BufferedIOBase, done.stdout), goal)
        if done.returncode:
            said.seek(0)
            raise ProgramFailed(_last_line(said.read()))


def load(database: Mapping[str, Any], file: Path, first: str, unseal: Pass | None = None) -> None:
    """Run the statements `first`, then put what is in `file` into `database`: all of it, or nothing.

    `unseal` makes a dump of what `file` holds. Raises ProgramFailed.
    """
    named = [] if unseal else [str(file)]
    reader = subprocess.Popen(
        [str(postgres_binary("pg_restore")), "--no-owner", "--no-privileges", "--file=-", *named],
        stdin=subprocess.PIPE if unseal else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writer = subprocess.Popen(
        [
            str(postgres_binary("psql")),
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--output=/dev/null",
        ],
        env=_environment(database),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    feeder = _Feeder(file, unseal, reader) if unseal else None
    with reader, writer:
        problem = _pour(reader, writer, first)
        # pg_restore may be content with the beginning of what could not be opened to its end.
        problem = (feeder.problem() if feeder else b"") or problem
        if problem:
            # psql commits at the end of what it is given, and this is not the whole.
            writer.kill()
        with suppress(BrokenPipeError):
            writer.stdin.close()  # type: ignore[union-attr]
        refused = writer.stderr.read()  # type: ignore[union-attr]
    if problem or writer.returncode:
        raise ProgramFailed(_last_line(problem or refused))


def _pour(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes], first: str) -> bytes:
    """Give what one program writes to the other, after `first`. Return what the reader complains of."""
    assert reader.stdout
    assert reader.stderr
    assert writer.stdin
    try:
        writer.stdin.write(first.encode())
        writer.stdin.write(reader.stdout.read(_HEAD_BYTES).replace(UNKNOWN_BEFORE_17, b""))
        shutil.copyfileobj(reader.stdout, writer.stdin)
        writer.stdin.flush()
    except BrokenPipeError:
        # The writer has ended, and says why itself.
        reader.kill()
        return b""
    complaint = reader.stderr.read()
    return complaint if reader.wait() else b""


class _Feeder(threading.Thread):
    """Gives a program what `unseal` makes of a file, while others read what the program makes of that."""

    def __init__(self, file: Path, unseal: Pass, program: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._file, self._unseal, self._program = file, unseal, program
        self._problem = b""
        self.start()

    def run(self) -> None:
        goal = cast(BufferedIOBase, self._program.stdin)
        try:
            with self._file.open("rb") as sealed:
                self._unseal(sealed, goal)
        except BrokenPipeError:
            # The program has ended, and says why itself.
            pass
        except (OSError, ValueError) as error:
            self._problem = str(error).encode()
        with suppress(OSError):
            goal.close()

    def problem(self) -> bytes:
        """What went wrong, once all is given."""
        self.join()
        return self._problem


def _environment(database: Mapping[str, Any]) -> dict[str, str]:
    """The address by way of the environment: a password in an argument is there for every user to read."""
    named = {variable: str(database[name]) for name, variable in _SETTINGS.items() if database.get(name)}
    options = database.get("OPTIONS", {})
    extra = {variable: str(options[name]) for name, variable in _OPTIONS.items() if options.get(name)}
    return {"PATH": os.environ.get("PATH", os.defpath), "PGOPTIONS": "-c TimeZone=UTC", **named, **extra}


def _last_line(output: bytes) -> str:
    lines = [line for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower()]
    return (telling or lines or ["it said nothing"])[-1].strip()[:300]
