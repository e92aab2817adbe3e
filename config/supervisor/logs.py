"""Errors in the children's logs: shown as they are written, and quoted when one ends."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from config.embedded.processes import tail

# Levels as Django, Celery and gunicorn write them, and as a structured log does.
FAULT = re.compile(
    r"\b(?:ERROR|CRITICAL|FATAL)\b|\"level\": ?\"(?:error|critical)\"|\[(?:error|critical) *\]"
)
TRACEBACK = "Traceback (most recent call last)"
LONGEST = 300


def fault_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that report a fault. Of a traceback only its last line, which says what happened."""
    in_traceback = False
    for line in lines:
        if TRACEBACK in line:
            in_traceback = True
        elif in_traceback:
            in_traceback = not line[:1].strip()
            if not in_traceback:
                yield line[:LONGEST]
        elif FAULT.search(line):
            yield line.strip()[:LONGEST]


def last_words(log: Path) -> str:
    """Return the line that says best why a process ended: its last exception, or else its last line."""
    lines = [line for line in tail(log).splitlines() if line.strip()]
    raised = [line for line in fault_lines(lines) if not FAULT.search(line)]
    return (raised or lines or ["nothing"])[-1].strip()[:LONGEST]


class LogWatch:
    """Reads a log on from where it stopped last time."""

    def __init__(self, name: str, log: Path) -> None:
        self.name, self._log = name, log
        self._offset = log.stat().st_size if log.exists() else 0

    def new_lines(self) -> list[str]:
        """Return the whole lines written since the last call."""
        if not self._log.exists():
            return []
        with self._log.open("rb") as log:
            if log.seek(0, os.SEEK_END) < self._offset:
                # Shorter than what was read: a new log has taken its place.
                self._offset = 0
            log.seek(self._offset)
            written = log.read()
        whole = written[: written.rfind(b"\n") + 1]
        self._offset += len(whole)
        return whole.decode("utf-8", "replace").splitlines()
