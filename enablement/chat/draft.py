"""An answer while it is being written: what its end state will store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from enablement.deliveries import Line
from enablement.judges.sorting import Verdict
from enablement.models import TurnState
from enablement.retrieval.search import Hit

LOCAL = "local"
REFUSAL = (
    "The knowledge base does not cover this, so there is no answer to give. "
    "Ask the owner of the lesson, or look at what comes nearest."
)
MOST_NEAREST = 3


@dataclass(slots=True)
class Cited:
    """A passage that the answer stands on, and the stretch of it that it stands on."""

    n: int
    hit: Hit
    start: int
    end: int

    def widen(self, start: int, end: int) -> None:
        """Take in another stretch, and what lies between: a quote stays one piece of the passage."""
        self.start, self.end = min(self.start, start), max(self.end, end)

    @property
    def quote(self) -> str:
        return self.hit.text[self.start : self.end]

    def as_json(self) -> dict[str, Any]:
        return {"n": self.n, **target_json(self.hit), "quote": self.quote}


@dataclass(slots=True)
class Draft:
    """What has been written so far."""

    engine: str = LOCAL
    state: TurnState = TurnState.STREAMING
    say: Hit | None = None
    understood: str = ""
    verdict: Verdict | None = None
    sentences: list[str] = field(default_factory=list)
    citations: dict[int, Cited] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    nearest: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return REFUSAL if self.state == TurnState.REFUSED else " ".join(self.sentences)

    def add(self, text: str, spans: Sequence[tuple[Hit, int, int]]) -> str:
        """Add a sentence that stands on `spans`, and return it with its numbers."""
        numbers = "".join(f"[{self._cite(*span)}]" for span in spans)
        self.sentences.append(f"{text} {numbers}")
        return self.sentences[-1]

    def give_line(self, line: Hit) -> None:
        """Put an approved line before the sentences. It is the first citation: it has an owner, too."""
        self.say = line
        self._cite(line, 0, len(line.text))

    def withdraw(self) -> None:
        """Forget what was written, for another engine to begin anew. The approved line stays."""
        self.sentences.clear()
        self.citations.clear()
        self.engine = LOCAL
        if self.say is not None:
            self.give_line(self.say)

    def refuse(self, hits: Sequence[Hit]) -> None:
        """There is no answer; name the nearest pieces of content instead."""
        self.say = None
        self.withdraw()
        self.state = TurnState.REFUSED
        nearest = {(hit.kind, hit.slug): target_json(hit) for hit in reversed(hits)}
        self.nearest = list(reversed(nearest.values()))[:MOST_NEAREST]

    def fail(self, message: str) -> None:
        self.state, self.notes = TurnState.FAILED, [message]

    def citations_json(self) -> list[dict[str, Any]]:
        return [cited.as_json() for cited in self.citations.values()]

    def lines(self) -> list[Line]:
        """The released lines that the person was given."""
        cited = self.citations.values()
        lines = [Line(one.hit.kind, one.hit.slug, one.hit.field, one.quote) for one in cited]
        if self.verdict is not None and self.verdict.say:
            lines.append(
                Line("distinction", self.verdict.distinction, f"{self.verdict.outcome}.say", self.verdict.say)
            )
        return lines

    def _cite(self, hit: Hit, start: int, end: int) -> int:
        known = self.citations.get(hit.passage_id)
        if known is None:
            known = self.citations[hit.passage_id] = Cited(len(self.citations) + 1, hit, start, end)
        known.widen(start, end)
        return known.n


def target_json(hit: Hit) -> dict[str, Any]:
    """A piece of content as the contract names it."""
    return {"kind": hit.kind, "slug": hit.slug, "title": hit.title, "url": hit.url}
