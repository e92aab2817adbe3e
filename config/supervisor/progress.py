"""What the terminal shows while the site starts and runs."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence


class Progress:
    """Lines, and for a part of the start the seconds since it began."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def step(self, name: str, words: str) -> None:
        """Say that a part of the start is done."""
        self.note(f"{name:<12} {words:<54} {time.monotonic() - self._start:5.1f} s")

    def note(self, words: str) -> None:
        """Say something that happened. A terminal that has gone away must not keep us from stopping."""
        with contextlib.suppress(OSError):
            print(f"  {words}", flush=True)

    def ready(self, url: str, sign_ins: Sequence[str]) -> None:
        """Say where the site is and who may sign in."""
        self.step("ready", url)
        if sign_ins:
            self.note(f"\n  Sign in with one click at {url}/sign-in/ as")
            for person in sign_ins:
                self.note(f"  {person}")
        self.note("\n  Ctrl-C stops everything.\n")
