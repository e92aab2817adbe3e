"""The daily check of the store: what does not hold is in the log, and the admins are told."""

from __future__ import annotations

from django.utils import timezone

from enablement.models import Person, Role
from enablement.numbers import number
from enablement.store.invariants import Outcome, broken
from enablement.trust.notices import notify

STORE = "store"


def verify_and_tell() -> list[Outcome]:
    """Check every invariant and return what is broken. Admins are told at most once a day."""
    found = broken()
    if found:
        notify(
            Person.objects.filter(role=Role.ADMIN, is_active=True),
            STORE,
            f"The daily check of the store: {len(found)} of its rules broken",
            key=f"{STORE}:{timezone.localdate():%Y-%m-%d}",
            text=lambda: "\n".join(_sentence(outcome) for outcome in found),
        )
    return found


def _sentence(outcome: Outcome) -> str:
    return f"Does not hold: {outcome.sentence} {number(outcome.broken)} cases, such as {outcome.cases[0]}."
