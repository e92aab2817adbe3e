"""What a conversion may cost, and how it ends before its time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`bytes` is the size of the file, `unpacked` that of a packed document's parts together, and
    `text` the length of what comes out, the most that is taken as plain text too.

    `memory` is the child's address space in bytes; `seconds` run on the wall, `cpu_seconds` in the child.
    """

    bytes: int = 20 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024
    parts: int = 5_000
    pages: int = 1_000
    text: int = 5 * 1024 * 1024
    memory: int = 1024 * 1024 * 1024
    cpu_seconds: int = 90
    seconds: float = 120.0


LIMITS = Limits()


class ConversionStopped(Exception):
    """Somebody asked for an end to the conversion: there is nothing to report and nothing to keep."""


class Refused(Exception):
    """A document that cannot be converted: what is the matter with it, and what its owner can do.

    The two parts are put behind the document's name: “notes.pdf” PROBLEM; ADVICE.
    """

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(problem, advice)
        self.problem = problem
        self.advice = advice
