"""A circuit breaker: a model that keeps failing is left alone for a while, so nobody waits for it in vain."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

FAILURES = 5
WITHIN = 30.0
OPEN_FOR = 30.0


class Breaker:
    """Opens at five failures within 30 seconds, for 30 seconds; then lets one call try.

    One for each process: every process learns for itself, at the price of five failures.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: deque[float] = deque(maxlen=FAILURES)
        self._opened_at: float | None = None

    def lets_pass(self) -> bool:
        """Whether a call may be made now. While open, one per 30 seconds may, to see whether it works."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._clock() - self._opened_at < OPEN_FOR:
                return False
            self._opened_at = self._clock()
            return True

    def note_success(self) -> None:
        """A call went well: close."""
        with self._lock:
            self._failures.clear()
            self._opened_at = None

    def note_failure(self) -> None:
        """A call failed: open if it was one too many, or the one that was to see whether it works."""
        with self._lock:
            now = self._clock()
            self._failures.append(now)
            many = len(self._failures) == FAILURES and now - self._failures[0] <= WITHIN
            if many or self._opened_at is not None:
                self._opened_at = now
