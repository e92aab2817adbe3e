"""The bench beside the form of a guide entry: what the check makes of its phrasings as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enablement.judges.findings import Finding
from enablement.judges.wording import check_wording
from enablement.models import Person
from enablement.texts import BadText

GUIDE_ENTRY = "guide_entry"
# Of each list the last ones are tried: those are being written, and one try takes the encoder some 15 ms.
TRIED = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """A phrasing, and the finding that the check has for it. `problem`: why it was not tried."""

    text: str
    breaks: bool
    entry: str
    finding: Finding | None = None
    problem: str = ""

    @property
    def level(self) -> str:
        """block, warn or hint; empty where nothing was found."""
        return self.finding.level if self.finding else ""

    @property
    def is_right(self) -> bool:
        """Whether the check does what the list says: a hint stops nobody and is no alarm."""
        return not self.problem and (self.level in ("block", "warn")) == self.breaks

    @property
    def by_another(self) -> str:
        """What must not be said by the entry that it was found under, where that is another one."""
        return self.finding.dont_say if self.finding and self.finding.entry != self.entry else ""


@dataclass(frozen=True, slots=True)
class Bench:
    """The phrasings that were tried, breaking ones first, the newest on top; how many were not."""

    rows: tuple[Tried, ...]
    left_out: int

    @property
    def right(self) -> int:
        return sum(row.is_right for row in self.rows)


def try_phrasings(item: Mapping[str, Any], person: Person) -> Bench:
    """Try the last phrasings of each list of a guide entry against the guide as `person` sees it.

    Nothing is stored or counted as given. Raises EncoderUnavailable, NotTrained.
    """
    breaks, fine = list(item.get("breaks") or []), list(item.get("fine") or [])
    slug = str(item.get("slug") or "")
    rows = [
        _try(str(text), slug, person, breaks=side)
        for side, texts in ((True, breaks), (False, fine))
        for text in reversed(texts[-TRIED:])
    ]
    return Bench(tuple(rows), len(breaks) + len(fine) - len(rows))


def _try(text: str, entry: str, person: Person, *, breaks: bool) -> Tried:
    try:
        findings = check_wording(text, person)
    except BadText as error:
        return Tried(text, breaks, entry, problem=str(error))
    ordered = sorted(findings, key=lambda found: (found.entry != entry, -found.confidence))
    return Tried(text, breaks, entry, ordered[0] if ordered else None)
