"""Starts the child that converts one document, listens to it, and ends it when it takes too long."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from enablement import numbers
from enablement.lessons.documents.limits import ConversionStopped, Limits, Refused

ROOT = Path(__file__).resolve().parents[3]
MODULE = "enablement.lessons.documents.child"
POLL_SECONDS = 0.2
SAVE_AGAIN = "open it in the program it was made with, save it anew and try again"
SPLIT = "split it into smaller documents"


@dataclass(frozen=True, slots=True)
class ChildResult:
    """What a child hands back."""

    text: str
    pages: int | None
    notes: list[str]


def run_child(
    data: bytes,
    format: str,
    limits: Limits,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ChildResult:
    """Convert in a process of its own. Raises Refused, and ConversionStopped when `should_stop` says so."""
    # The document goes in by a file: a pipe would block both sides when the child dies early.
    with tempfile.TemporaryFile() as document:
        document.write(data)
        document.seek(0)
        child = _start(document.fileno(), format, limits)
        try:
            for message in _messages(child, limits.seconds, should_stop):
                if "progress" in message and on_progress:
                    on_progress(*message["progress"])
                if "refused" in message:
                    raise Refused(*message["refused"])
                if "text" in message:
                    return ChildResult(message["text"], message["pages"], message["notes"])
            raise _died(child.wait())
        finally:
            _end(child)


def _start(document: int, format: str, limits: Limits) -> subprocess.Popen[bytes]:
    # It sees none of our settings and keys. In a session of its own, Ctrl-C reaches us and not the child:
    # a worker that shuts down in peace finishes its document.
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", MODULE, format, json.dumps(asdict(limits)), numbers.active()],
        stdin=document,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )


def _messages(
    child: subprocess.Popen[bytes], seconds: float, should_stop: Callable[[], bool] | None
) -> Iterator[dict[str, Any]]:
    """Yield what the child says, one JSON object a line, until it closes its end."""
    assert child.stdout is not None
    descriptor, rest = child.stdout.fileno(), b""
    deadline = time.monotonic() + seconds
    while True:
        if should_stop is not None and should_stop():
            raise ConversionStopped
        if time.monotonic() > deadline:
            raise Refused(f"took longer than the {seconds:g} seconds that a document may take", SPLIT)
        if not select.select([descriptor], [], [], min(POLL_SECONDS, seconds))[0]:
            continue
        piece = os.read(descriptor, 1 << 20)
        if not piece:
            return
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield json.loads(line)


def _died(code: int) -> Refused:
    """Say why a child ended without a word; a negative code is the signal that ended it."""
    if -code in (24, 9):  # SIGXCPU, and SIGKILL at the hard limit or from a machine short of memory
        return Refused("takes more time or memory to read than a document may", SPLIT)
    return Refused("is damaged or made in a way that cannot be read", SAVE_AGAIN)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    if child.stdout is not None:
        child.stdout.close()
