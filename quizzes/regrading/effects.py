"""What a regrade comes to for each attempt. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Two scores closer than this are one: means of many grades are off by a rounding error now and then.
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Line:
    """An answer that changes: its scores before and after (None: it does not count), and whether it waits."""

    attempt: Any
    before: float | None
    after: float | None
    waited: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """An attempt as it stands: the sum and number of its grades, what it carries over, what waits."""

    total: float
    count: int
    carried: int
    waiting: int

    @property
    def score(self) -> float | None:
        counted = self.count + self.carried
        return (self.total + self.carried) / counted if counted else None

    @property
    def is_empty(self) -> bool:
        """Nothing in it counts, and nothing that waits will."""
        return not self.count and not self.carried and not self.waiting

    def passes(self, pass_mark: int) -> bool:
        return self.score is not None and not self.waiting and self.score * 100 + SAME >= pass_mark


def after_all(standings: Mapping[Any, Standing], lines: Sequence[Line]) -> dict[Any, Standing]:
    """Return how the attempts stand once all of `lines` are applied."""
    found = dict(standings)
    for line in lines:
        now = found[line.attempt]
        found[line.attempt] = Standing(
            total=now.total + (line.after or 0.0) - (line.before or 0.0),
            count=now.count + (line.after is not None) - (line.before is not None),
            carried=now.carried,
            waiting=now.waiting + line.waits - line.waited,
        )
    return found
