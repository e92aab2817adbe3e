"""How often a process may be started again before the run gives up."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path

from config.embedded.errors import EmbeddedError
from config.supervisor.logs import last_words

LIMIT = 3
WITHIN_SECONDS = 60.0


class Restarts:
    """The last times that one process ended."""

    def __init__(self) -> None:
        self._ends: deque[float] = deque(maxlen=LIMIT + 1)

    def note(self, name: str, log: Path) -> None:
        """Count an end. Raises EmbeddedError, with the process' last words, when there are too many."""
        self._ends.append(time.monotonic())
        if len(self._ends) > LIMIT and self._ends[-1] - self._ends[0] < WITHIN_SECONDS:
            raise EmbeddedError(f"The {name} keeps ending; it said: {last_words(log)} (more in {log})")
