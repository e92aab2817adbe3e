"""Whether somebody vouches for a line: computed from facts, never stored. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

# How long before the end a verification is asked for, and how long a line that somebody else changed, or
# that got a new owner, may stand before it counts as expired.
DUE_DAYS = 14
DEFAULT_INTERVAL_DAYS = 180


class TrustState(StrEnum):
    """What a reader may think of a line."""

    VERIFIED = "verified"
    DUE = "due"
    EXPIRED = "expired"
    UNOWNED = "unowned"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    TrustState.VERIFIED: "Verified",
    TrustState.DUE: "Check due",
    TrustState.EXPIRED: "Expired",
    TrustState.UNOWNED: "No owner",
}


def state_of(
    *, is_owned: bool, until: datetime | None, now: datetime, interval_days: int = DEFAULT_INTERVAL_DAYS
) -> TrustState:
    """`is_owned`: somebody active answers for it. `until`: the end of the last verification, if any."""
    if not is_owned:
        return TrustState.UNOWNED
    if until is None:
        return TrustState.DUE
    if until <= now:
        return TrustState.EXPIRED
    return TrustState.DUE if until - now <= due_window(interval_days) else TrustState.VERIFIED


def due_window(interval_days: int) -> timedelta:
    """How long before its end a verification is due: 14 days, or half of a shorter interval."""
    return timedelta(days=min(DUE_DAYS, interval_days / 2))
