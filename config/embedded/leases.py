"""Who still needs a server. A lease is a lock on a file; the kernel gives it back however its holder ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.errors import EmbeddedError, explained

# A start may first have to recover a database that was killed while it wrote.
TURN_TIMEOUT_SECONDS = 120.0


class Lease:
    """One user's claim on one server. Only the holder of the turn starts, stops, takes or gives back."""

    def __init__(self, folder: Path, name: str) -> None:
        self._name = name
        self._turn = folder / f"{name}.turn"
        self._users = folder / f"{name}.users"
        self._held: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn: nobody else starts or stops this server meanwhile. Raises EmbeddedError."""
        handle = _open(self._turn)
        try:
            self._wait_for_turn(handle)
            yield
        finally:
            os.close(handle)

    def take(self) -> None:
        """Join the users of the server."""
        self._held = _open(self._users)
        fcntl.flock(self._held, fcntl.LOCK_SH)

    def give_back(self) -> bool:
        """Leave, and say whether nobody else uses the server any more."""
        if self._held is None:
            return False
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            return False
        finally:
            os.close(self._held)
            self._held = None

    def _wait_for_turn(self, handle: int) -> None:
        deadline = time.monotonic() + TURN_TIMEOUT_SECONDS
        while True:
            try:
                return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EmbeddedError(
                        f"Another process has been starting or stopping the {self._name} server for "
                        f"{TURN_TIMEOUT_SECONDS:.0f} seconds: look for it, end it, and start again."
                    ) from None
                time.sleep(0.05)


def _open(path: Path) -> int:
    with explained(path.parent):
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
