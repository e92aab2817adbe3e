"""Being asked to stop, by Ctrl-C, by a signal, or by the terminal going away."""

from __future__ import annotations

import signal
import time
from types import FrameType
from typing import Self

ASKED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopFlag:
    """Set by the first signal. Further ones change nothing: an impatient Ctrl-C does not cut it short."""

    def __init__(self) -> None:
        self.set = False

    def __enter__(self) -> Self:
        for number in ASKED_BY:
            # Under nohup the terminal's end is none of our business.
            if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        for number in ASKED_BY:
            signal.signal(number, signal.SIG_IGN)

    def pause(self, seconds: float) -> None:
        """Sleep, or less when asked to stop meanwhile."""
        deadline = time.monotonic() + seconds
        while not self.set and time.monotonic() < deadline:
            time.sleep(min(0.05, seconds))

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.set = True
