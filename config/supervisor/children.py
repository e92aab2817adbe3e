"""The site's own processes: the web server, the worker, beat. They end when we do, however we end."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import psutil

from config.embedded.addresses import ROOT
from config.embedded.processes import ProcessRecord, rotate
from config.supervisor.restarts import Restarts

STOP_SECONDS = 3.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """One process, its log, and how often it had to be started again."""

    def __init__(self, name: str, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self.name, self.log = name, log
        self._command, self._environment = command, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._restarts = Restarts()

    def start(self) -> None:
        """Start the process in a session of its own: Ctrl-C is for us, and we tell it in our order."""
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_ending_with(os.getpid()),
            )

    def status(self) -> int | None:
        """Return the exit status of a process that has ended; None while it runs or was never started."""
        return self._process.poll() if self._process else None

    def record(self) -> ProcessRecord | None:
        """Return the process as the next run can recognise it; None where it does not run."""
        if not self._process or self._process.poll() is not None:
            return None
        with contextlib.suppress(psutil.NoSuchProcess):
            return ProcessRecord.of(self._process.pid)
        return None

    def restart(self) -> None:
        """Start an ended process again. Raises EmbeddedError when it keeps ending."""
        self._restarts.note(self.name, self.log)
        self.start()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process, if it runs."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(number)

    def sweep(self) -> None:
        """Kill what is left of the process and of its own children."""
        if self._process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def stop_all(children: Iterable[Child], seconds: float = STOP_SECONDS) -> None:
    """Ask all to end at once, wait together, and kill those that still run."""
    running = list(children)
    for child in running:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while any(child.record() for child in running) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in running:
        child.sweep()


def child(name: str, arguments: Sequence[str], data: Path, environment: Mapping[str, str]) -> Child:
    """Return a child that runs this Python with `arguments`, with a fresh log of its own."""
    log = data / "logs" / f"{name}.log"
    rotate(log)
    return Child(name, [sys.executable, *arguments], log, environment)


def _ending_with(parent: int) -> Callable[[], None] | None:
    """Return what makes a new process end when its parent is killed, where the system can do that (Linux)."""
    if _libc is None:
        return None
    prctl = _libc.prctl

    def arrange() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # The parent may have gone before the arrangement was made.
        if os.getppid() != parent:
            os._exit(1)

    return arrange
