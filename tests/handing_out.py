"""How a run in parallel deals out the tests: each file whole, in its turn.

What a module sets up is then set up once. The plugin's own groups are no help: it writes a group into the
name of a test, which pytest has ceased to heed, and then hands out test by test without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/journeys/"


class FileByFile(LoadScopeScheduling):
    """Hands out what follows one another and is of one part of the suite: a part that comes twice is two."""

    def schedule(self) -> None:
        if self.collection is None and self.registered_collections:
            self.parts = parts(next(iter(self.registered_collections.values())))
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return self.parts[nodeid]


def parts(names: Sequence[str]) -> dict[str, str]:
    """Return for each test, in their order, what it is handed out with."""
    runs = groupby(names, part_of)
    return {name: f"{number} {part}" for number, (part, run) in enumerate(runs) for name in run}


def part_of(name: str) -> str:
    """A test's file; the journeys are one part, since they go through one running site."""
    file = name.partition("::")[0]
    return JOURNEYS if file.startswith(JOURNEYS) else file
