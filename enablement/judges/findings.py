"""A finding of the wording check, and how serious it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from enablement.models import GuideEntry

# The probability that a sentence breaks the guide from which it is flagged, or hinted at. `train_judges`
# prints precision and recall at WARN_FROM on held-back phrasings of our own guide.
WARN_FROM = 0.86
HINT_FROM = 0.6
# A block stops a person, so only an entry whose own held-back phrasings show this precision may block.
BLOCK_PRECISION = 0.95
BLOCK_FROM = 0.95


@dataclass(frozen=True, slots=True)
class Finding:
    """A wording problem: where it stands, how serious it is, and what to say instead."""

    entry: str
    start: int
    end: int
    quote: str
    level: str
    confidence: float
    say: str
    why: str
    dont_say: str
    url: str

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the contract has it (and a little more)."""
        return asdict(self)


def level_of(confidence: float, precision: float | None, *, is_excused: bool) -> str:
    """Return block, warn, hint, or nothing where it is too unsure. What is excused gives a hint at most."""
    if confidence < HINT_FROM:
        return ""
    if is_excused or confidence < WARN_FROM:
        return "hint"
    return "block" if confidence >= BLOCK_FROM and (precision or 0.0) >= BLOCK_PRECISION else "warn"


def finding_of(text: str, span: tuple[int, int], entry: GuideEntry, level: str, confidence: float) -> Finding:
    """Return the finding that `text` breaks `entry` in `span`."""
    start, end = span
    return Finding(
        entry=entry.slug,
        start=start,
        end=end,
        quote=text[start:end],
        level=level,
        confidence=round(confidence, 3),
        say=entry.do_say,
        why=entry.why,
        dont_say=entry.dont_say,
        url=entry.get_absolute_url(),
    )
