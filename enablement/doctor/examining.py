"""Every part, those that others depend on first."""

from __future__ import annotations

from collections.abc import Iterator

from enablement.doctor import beyond, here
from enablement.doctor.diagnosis import Diagnosis

CHECKS = here.CHECKS | beyond.CHECKS


def examine() -> Iterator[Diagnosis]:
    """Yield a diagnosis for every part."""
    for part, check in CHECKS.items():
        health, message = check()
        yield Diagnosis(part, health, message)
