"""What must hold in the store at any time, whatever was killed, cut or restarted.

Each invariant reads and changes nothing. An application adds its own from `AppConfig.ready()`, by dotted
path.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

# A report names this many cases of one fault; the count says how many there are.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Invariant:
    """One thing that must hold. `faults` yields a few words for every case where it does not."""

    name: str
    sentence: str
    faults: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one invariant stands: how many cases break it, and the first few of them."""

    name: str
    sentence: str
    broken: int
    cases: list[str]


_paths: list[str] = ["enablement.store.knowledge.INVARIANTS", "enablement.store.people.INVARIANTS"]


def add_invariants(path: str) -> None:
    """Add the invariants that stand under a dotted path, once."""
    if path not in _paths:
        _paths.append(path)


def verify() -> Iterator[Outcome]:
    """Check every invariant, in the order they were added."""
    for path in _paths:
        for invariant in import_string(path):
            yield _check(invariant)


def broken() -> list[Outcome]:
    """Return what does not hold, and write it to the log."""
    found = [outcome for outcome in verify() if outcome.broken]
    for outcome in found:
        log.error("verify: %s (%s): %s", outcome.sentence, outcome.broken, "; ".join(outcome.cases))
    return found


def _check(invariant: Invariant) -> Outcome:
    count, cases = 0, []
    for case in invariant.faults():
        count += 1
        if count <= SHOWN:
            cases.append(case)
    return Outcome(invariant.name, invariant.sentence, count, cases)
