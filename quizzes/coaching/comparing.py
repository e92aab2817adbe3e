"""Before and after, with what chance alone could make of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from enablement.evaluation.metrics import wilson
from enablement.numbers import per_cents
from quizzes.reports.counts import FEW


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `n` answers."""

    n: int = 0
    right: int = 0

    @property
    def is_few(self) -> bool:
        return self.n < FEW

    @property
    def share(self) -> float:
        return self.right / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval (Wilson), from 0 to 1."""
        low, high = wilson(self.right, self.n)
        return low, high

    @property
    def interval_in_words(self) -> str:
        """The interval in whole per cent; empty for no answers."""
        low, high = self.interval
        return per_cents(100 * low, 100 * high) if self.n else ""

    @property
    def bar(self) -> tuple[int, int, int]:
        """Where the interval begins, how long it is, and where the share lies: in whole per cent."""
        low, high = self.interval
        # The mark of the share is a little wide, and stays inside the whole.
        return round(100 * low), max(1, round(100 * (high - low))), round(98 * self.share)


def difference(before: Share, after: Share) -> tuple[float, float]:
    """Return the 95 % interval of after's share less before's (Newcombe 1998, method 10), from -1 to 1."""
    rise = after.share - before.share
    (low_1, high_1), (low_2, high_2) = before.interval, after.interval
    down = sqrt((after.share - low_2) ** 2 + (high_1 - before.share) ** 2)
    up = sqrt((high_2 - after.share) ** 2 + (before.share - low_1) ** 2)
    return rise - down, rise + up


def verdict(before: Share, after: Share) -> str:
    """Return one sentence that says no more than the numbers do."""
    counts = f"{before.right} of {before.n} right before, {after.right} of {after.n} in the re-check"
    if before.is_few or after.is_few:
        return f"Too few answers to tell: {counts}."
    low, high = difference(before, after)
    if low > 0:
        return f"Better than before, and chance alone would hardly do that: {counts}."
    if high < 0:
        return f"Worse than before, and chance alone would hardly do that: {counts}."
    return f"No difference that chance alone could not make: {counts}."
