"""What Slack wants to be left alone with, and for how long: a method, or a method and a channel."""

from __future__ import annotations

import time
from collections.abc import Callable


class Rates:
    """Ends of pauses by what they are for. Nothing is called before its pause is over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def begin(self, what: str, seconds: float) -> None:
        """Slack has just refused it."""
        self._until[what] = self._clock() + seconds

    def left(self, what: str) -> float:
        """Return the seconds until it may be called again; 0.0 for now."""
        left = self._until.get(what, 0.0) - self._clock()
        if left <= 0:
            self._until.pop(what, None)
        return max(0.0, left)

    def clear(self) -> None:
        """Forget all pauses."""
        self._until.clear()
