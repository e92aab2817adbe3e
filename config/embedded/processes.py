"""Starting a process that outlives us, finding it again, and ending it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from config.embedded.accounts import Account

# The clock that dates processes may be set while one runs; two of one number are further apart than this.
CLOCK_SLACK_SECONDS = 2.0


@dataclass(frozen=True)
class ProcessRecord:
    """A process by number and birth: numbers are given again, so the number alone proves nothing."""

    pid: int
    created: float

    @classmethod
    def of(cls, pid: int) -> ProcessRecord:
        """Return the record of a process that we have just started."""
        return cls(pid, psutil.Process(pid).create_time())

    def process(self) -> psutil.Process | None:
        """Return the process while it lives, else None."""
        process = living(self.pid)
        if process and abs(process.create_time() - self.created) <= CLOCK_SLACK_SECONDS:
            return process
        return None

    def write(self, path: Path) -> None:
        """Keep the record in a file that is replaced at once."""
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self)), encoding="ascii")
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> ProcessRecord | None:
        """Return the record in a file; None where there is none or it was cut off."""
        try:
            return cls(**json.loads(path.read_text(encoding="ascii")))
        except (OSError, ValueError, TypeError):
            return None


def living(pid: int) -> psutil.Process | None:
    """Return the process of this number unless it has ended (a zombie has)."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process
    except psutil.NoSuchProcess:
        return None


def start_detached(
    command: Sequence[str | Path],
    log: Path,
    environment: Mapping[str, str],
    *,
    account: Account | None = None,
    folder: Path = Path("/"),
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C in our terminal is not meant for it."""
    rotate(log)
    with log.open("ab") as output:
        return subprocess.Popen(
            [*(account.prefix if account else ()), *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd=folder,
            env=dict(environment),
            **(account.arguments if account else {}),
        )


def rotate(log: Path) -> None:
    """Keep the log of the run before as `NAME.log.1`."""
    if log.exists() and log.stat().st_size:
        log.replace(log.with_name(f"{log.name}.1"))


def tail(log: Path, size: int = 4000) -> str:
    """Return the last bytes of a log as text."""
    try:
        with log.open("rb") as lines:
            lines.seek(max(0, os.fstat(lines.fileno()).st_size - size))
            return lines.read().decode("utf-8", "replace")
    except OSError:
        return ""


def stop(process: psutil.Process, polite: signal.Signals, seconds: float, last: signal.Signals) -> None:
    """Ask a process to end; after `seconds` send `last` and wait once more."""
    for asked in (polite, last):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(asked)
        if ended(process, seconds):
            return


def ended(process: psutil.Process, seconds: float) -> bool:
    """Wait at most `seconds` for a process to end. A zombie has: not every container collects them."""
    deadline = time.monotonic() + seconds
    while process.is_running() and living(process.pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
