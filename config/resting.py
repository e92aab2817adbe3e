"""Something that is away is left alone for a moment, so that not everybody who needs it waits for it anew."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 3.0


class Rest:
    """Whether something failed within the last seconds. One for each process is enough."""

    def __init__(self, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._until = float("-inf")

    @property
    def lasts(self) -> bool:
        return self._clock() < self._until

    def begin(self) -> None:
        """It has just failed."""
        self._until = self._clock() + self._seconds
