"""Work that kills whoever does it, and work that takes its time. For a worker that is to be tried."""

from __future__ import annotations

import os
import signal
import time

from enablement import outbox

POISON, SLOW = "chaos_poison", "chaos_slow"


@outbox.handles(POISON)
def poison() -> None:
    """End the worker's process, as a parser does that runs out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


@outbox.handles(SLOW)
def slow(seconds: float) -> None:
    """Take `seconds`."""
    time.sleep(seconds)
