"""Why an embedded server cannot be had, in one line that a person can act on."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOG_BYTES = 64 * 1024
# What PostgreSQL and Redis write before a message: the time, a process number, a level.
STAMP = re.compile(
    r"^\d{4}-\d\d-\d\d .*?\b(?:FATAL|PANIC|ERROR|LOG): +|^\d+:\w \d+ \w+ \d{4} [\d:.]+ [#*.-] "
)


class EmbeddedError(Exception):
    """One sentence about what is wrong and what to do. Callers print it and stop with status 2."""


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the operating system says about `folder` into an EmbeddedError."""
    try:
        yield
    except OSError as problem:
        raise EmbeddedError(
            sentence_for(problem.errno, folder) or f"{folder}: {problem.strerror}."
        ) from problem


def sentence_for(code: int | None, folder: Path) -> str | None:
    """Return our sentence for an error number of the operating system, or None where we have none."""
    if code in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk that holds {folder} is full: free some space and start again."
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{folder} cannot be written: make it writable, or name another data folder in DOSAY_DATA."
    if code in (errno.EEXIST, errno.ENOTDIR):
        return f"{folder} is not a folder: remove it, or name another data folder in DOSAY_DATA."
    return None


def failure(server: str, output: str, folder: Path, log: Path) -> EmbeddedError:
    """Return the error for a server that ended while starting, read from what it wrote last."""
    if _is_full(folder):
        return EmbeddedError(str(sentence_for(errno.ENOSPC, folder)))
    for code in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
        if os.strerror(code) in output and (sentence := sentence_for(code, folder)):
            return EmbeddedError(sentence)
    return EmbeddedError(f"{server} did not start: {_telling_line(output)} (more in {log})")


def _telling_line(output: str) -> str:
    """Return the last line that names a fault, or the last line, or words for silence."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    marks = ("FATAL", "PANIC", "error", "Error", "ERROR", "#", "Bad", "Fatal")
    telling = [line for line in lines if any(mark in line for mark in marks)]
    return STAMP.sub("", (telling or lines or ["it said nothing"])[-1])[:300]


def _is_full(folder: Path) -> bool:
    """Whether not even a log can be written any more: then no server says what is wrong."""
    return shutil.disk_usage(folder).free < LOG_BYTES
