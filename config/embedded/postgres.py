"""The embedded PostgreSQL: found, started, stopped. It listens on one socket in a private folder only."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.embedded import addresses
from config.embedded.accounts import database_account
from config.embedded.binaries import postgres_binary
from config.embedded.cluster import SERVER_ENVIRONMENT, prepare_cluster
from config.embedded.errors import EmbeddedError, failure
from config.embedded.folders import make_private, prepare_socket_folders
from config.embedded.processes import living, start_detached, stop, tail

# A start is tried again while it fails with one of these: the children of a server killed a moment ago still
# hold its memory, or the one that ran is just ending.
PASSING = ("shared memory block", "lock file", "Address already in use", "database system is shut down")
RETRY_SECONDS = 10.0
# Recovery after a crash replays at most one gigabyte of changes (max_wal_size); a slow disk takes its time.
READY_SECONDS = 60.0
FAST_STOP_SECONDS = 3.0
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(addresses.DATABASE_PORT),
    "max_connections": "80",
    "shared_buffers": "64MB",
    "fsync": "on",
    "synchronous_commit": "on",
}


class Postgres:
    """The PostgreSQL of one data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._cluster = data / "postgres"
        self._log = data / "logs" / "postgres.log"
        self._sockets = addresses.database_socket_folder(data)

    def process(self) -> psutil.Process | None:
        """Return the running server of this data folder, however it was started, else None."""
        pid = self._recorded_pid()
        process = living(pid) if pid else None
        try:
            return process if process and str(self._cluster) in process.cmdline() else None
        except psutil.NoSuchProcess:
            return None

    def start(self) -> None:
        """See that the server runs and has our database. Raises EmbeddedError."""
        prepare_socket_folders(self._data)
        deadline = time.monotonic() + RETRY_SECONDS
        while not self._answers_after_start():
            said = tail(self._log)
            if time.monotonic() > deadline or not any(mark in said for mark in PASSING):
                raise failure("PostgreSQL", said, self._data, self._log)
            time.sleep(0.3)
        self._create_database()

    def stop(self) -> None:
        """End the server: open transactions are rolled back, and what was committed is on disk."""
        if process := self.process():
            stop(process, signal.SIGINT, FAST_STOP_SECONDS, signal.SIGQUIT)

    def _answers_after_start(self) -> bool:
        """Start the server unless it runs, and wait until it answers; False where it ended instead."""
        process = self.process()
        started = None if process else self._launch()
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if started.poll() is not None if started else self.process() is None:
                return False
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"PostgreSQL has been starting for {READY_SECONDS:.0f} seconds; see {self._log}."
                )
            time.sleep(0.03)
        return True

    def _launch(self) -> subprocess.Popen[bytes]:
        """Clear away what a killed server left, and start a new one."""
        account = database_account(postgres_binary("postgres"), self._data)
        prepare_cluster(self._cluster, account, self._log)
        make_private(self._sockets, owner=(account.uid, account.gid))
        for stale in (self._cluster / "postmaster.pid", *self._sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)
        settings = SETTINGS | {"unix_socket_directories": str(self._sockets)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command: list[str | Path] = [postgres_binary("postgres"), "-D", self._cluster, *options]
        return start_detached(command, self._log, SERVER_ENVIRONMENT, account=account)

    def _recorded_pid(self) -> int | None:
        """Return the number that the server wrote into its folder; it stays there after `kill -9`."""
        try:
            return int((self._cluster / "postmaster.pid").read_text(encoding="ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _connect(self) -> psycopg.Connection[tuple[str]]:
        return psycopg.connect(
            addresses.database_url(self._data, "postgres"), connect_timeout=5, autocommit=True
        )

    def _answers(self) -> bool:
        """Whether we are let in; a refusal that waiting does not cure raises EmbeddedError."""
        try:
            self._connect().close()
        except psycopg.OperationalError as problem:
            reason = " ".join(str(problem).split())
            if "FATAL" in reason and "the database system is" not in reason:
                raise EmbeddedError(f"The embedded database refuses us: {reason[-300:]}") from problem
            return False
        return True

    def _create_database(self) -> None:
        """Make the database where it is missing."""
        name = addresses.DATABASE_NAME
        with self._connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
