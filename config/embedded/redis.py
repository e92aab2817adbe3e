"""The embedded Redis: found, started, stopped. It listens on one socket in a private folder only."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil

from config.embedded import addresses
from config.embedded.binaries import redis_binary
from config.embedded.errors import EmbeddedError, explained, failure
from config.embedded.folders import prepare_socket_folders
from config.embedded.processes import ProcessRecord, start_detached, stop, tail

READY_SECONDS = 30.0
STOP_SECONDS = 2.0


class Redis:
    """The Redis of one data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._log = data / "logs" / "redis.log"
        self._record = data / "run" / "redis.json"
        self._socket = addresses.redis_socket(data)

    def process(self) -> psutil.Process | None:
        """Return the running server of this data folder, else None."""
        record = ProcessRecord.read(self._record)
        return record.process() if record else None

    def start(self) -> None:
        """See that the server runs and answers. Raises EmbeddedError."""
        prepare_socket_folders(self._data)
        if not self.process():
            self._launch()
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if not self.process():
                raise self._damaged() or failure("Redis", tail(self._log), self._data, self._log)
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"Redis has been starting for {READY_SECONDS:.0f} seconds; see {self._log}."
                )
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server; what is queued is on disk."""
        if process := self.process():
            stop(process, signal.SIGTERM, STOP_SECONDS, signal.SIGKILL)
        self._record.unlink(missing_ok=True)

    def _damaged(self) -> EmbeddedError | None:
        """Return the error for a queue that cannot be read back, if that is what happened."""
        if "Bad file format" not in tail(self._log):
            return None
        return EmbeddedError(
            f"The queue in {self._data / 'redis'} is damaged: move that folder away and start again. Work "
            "that was waiting is queued again from the database."
        )

    def _launch(self) -> subprocess.Popen[bytes]:
        folder = self._data / "redis"
        with explained(self._data):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._socket.unlink(missing_ok=True)
        started = start_detached(
            [redis_binary(), "-", *_options(folder, self._socket)], self._log, os.environ
        )
        ProcessRecord.of(started.pid).write(self._record)
        return started

    def _answers(self) -> bool:
        """Whether the server answers a ping; while it reads its file it does not."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(self._socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        return False


def _options(folder: Path, path: Path) -> list[str]:
    """Keep every queued task on disk within a second, and refuse writes rather than forget one."""
    settings = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [word for name, value in settings.items() for word in (f"--{name}", value)]
