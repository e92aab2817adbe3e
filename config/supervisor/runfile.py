"""Which run is under way in a data folder, and which processes it has started."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import psutil

from config.embedded.errors import explained
from config.embedded.processes import ProcessRecord, ended

STOP_SECONDS = 4.0


class AlreadyRunning(Exception):
    """Another run holds the data folder; `args[0]` is its address."""


class RunFile:
    """The file that says where the site is and which processes belong to it."""

    def __init__(self, data: Path, url: str) -> None:
        self._path, self._lock, self._url = data / "run" / "site.json", data / "run" / "site.lock", url

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the one run of this data folder, after ending what a killed one left. Raises AlreadyRunning."""
        with explained(self._lock.parent):
            handle = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._claim(handle)
            self._end_orphans()
            self.write([])
            yield
            self._path.unlink(missing_ok=True)
        finally:
            os.close(handle)

    def write(self, children: Iterable[ProcessRecord]) -> None:
        """Note the address and the processes; the file is replaced at once."""
        draft = self._path.with_suffix(".new")
        content = {"url": self._url, "children": [asdict(record) for record in children]}
        with explained(self._path.parent):
            draft.write_text(json.dumps(content), encoding="ascii")
            draft.replace(self._path)

    def _claim(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(self._read()[0] or "another address") from None

    def _read(self) -> tuple[str, list[ProcessRecord]]:
        """Return what was noted; nothing where the file is missing or was cut off by a crash."""
        try:
            content = json.loads(self._path.read_text(encoding="ascii"))
            return str(content["url"]), [ProcessRecord(**entry) for entry in content["children"]]
        except (OSError, ValueError, TypeError, KeyError):
            return "", []

    def _end_orphans(self) -> None:
        """End processes of a run that was killed and could not end them itself."""
        orphans = [process for record in self._read()[1] if (process := record.process())]
        families = [each for orphan in orphans for each in (orphan, *orphan.children(recursive=True))]
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in families:
                _send(process, number)
            families = [process for process in families if not ended(process, STOP_SECONDS)]


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)
