"""Of one process a few requests are computed at once; the others wait, first come first served.

Threads of one process share its interpreter. With thirty requests in it each advances by a thirtieth, so one
that needs three times the work takes three times as long as the others. In turn, all wait for about as long,
and each is then done at once.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds that a request waits for its turn at the most; then it says that the site is busy. Pages give up
# after eight (quizzes/static/quizzes/attempt.js), and who has gone should not be computed for.
PATIENCE = 6.0


class Busy(Exception):
    """So many were there before that the turn of this request did not come. Trying again is worth it."""


class Turns:
    """The places of a process. Whoever waits gets the place of whoever leaves, in the order of coming."""

    def __init__(self, places: int, patience: float = PATIENCE) -> None:
        self._free, self._patience = places, patience
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def take(self) -> None:
        """Wait for a place. Raises Busy."""
        with self._lock:
            if self._free > 0 and not self._waiting:
                self._free -= 1
                return
            turn = threading.Event()
            self._waiting.append(turn)
        if not turn.wait(self._patience):
            self._give_up(turn)

    def take_back(self) -> None:
        """Take a place though none be free: those who have one may wait for a lock of this request's."""
        with self._lock:
            self._free -= 1

    def give(self) -> None:
        """Give a place to who waits the longest."""
        with self._lock:
            self._free += 1
            if self._free > 0 and self._waiting:
                self._free -= 1
                self._waiting.popleft().set()

    def _give_up(self, turn: threading.Event) -> None:
        with self._lock:
            # The turn may have come in this very moment.
            if not turn.is_set():
                self._waiting.remove(turn)
                raise Busy


class _Here(threading.local):
    """The place that this thread's request has."""

    turns: Turns | None = None


_here = _Here()


@contextmanager
def in_turn(turns: Turns) -> Iterator[None]:
    """Compute while having a place, unless it is left meanwhile. Raises Busy."""
    turns.take()
    before, _here.turns = _here.turns, turns
    try:
        yield
    finally:
        leave()
        _here.turns = before


def leave() -> None:
    """Give the place back for good: what comes now is waiting."""
    turns, _here.turns = _here.turns, None
    if turns:
        turns.give()


@contextmanager
def aside() -> Iterator[None]:
    """Let others compute while this thread waits for another process; without a place nothing happens."""
    turns = _here.turns
    leave()
    try:
        yield
    finally:
        if turns:
            turns.take_back()
            _here.turns = turns
