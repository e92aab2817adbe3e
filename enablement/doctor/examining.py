"""Every part, those that others depend on first."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from enablement.doctor import beyond, here
from enablement.doctor.diagnosis import Diagnosis

CHECKS = here.CHECKS | beyond.CHECKS


# Reads every example again, for seconds, and with more memory than a page should take.
SLOW = frozenset({"adapters"})


def examine(without: Collection[str] = ()) -> Iterator[Diagnosis]:
    """Yield a diagnosis for every part but those left out."""
    for part, check in CHECKS.items():
        if part in without:
            continue
        health, message = check()
        yield Diagnosis(part, health, message)
