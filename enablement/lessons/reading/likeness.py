"""A sentence that likens: “Prompting is like giving someone instructions.” “Think of X as Y.”"""

from __future__ import annotations

import re
from dataclasses import dataclass

from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.sentences import first_sentence

IS_LIKE = re.compile(
    r"(?P<x>[\w][\w /&-]{1,60}?) (?:is|are|works?|acts?|behaves?)"
    r"(?: (?:a bit|a little|much|rather|just|a lot|more|very much))? like (?P<y>[^\n]+)",
    re.I,
)
THINK_OF = re.compile(r"(?:think of|picture|imagine) (?P<x>[\w][\w /&-]{1,60}?) as (?P<y>[^\n]+)", re.I)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`thing` is likened to `familiar`."""

    thing: str
    familiar: str
    sentence: str

    def span_in(self, text: str, span: Span) -> Span:
        """Where the familiar thing stands inside a span of the document."""
        place = text.find(self.familiar[:20], *span)
        start = place if place >= 0 else span[0]
        return start, min(start + len(self.familiar), span[1])


def likeness_in(text: str) -> Likeness | None:
    """Return what the first sentence of a text likens to what, or None."""
    sentence = first_sentence(text[:600])
    match = IS_LIKE.match(sentence) or THINK_OF.match(sentence)
    return Likeness(match["x"], match["y"].rstrip(" ."), sentence) if match else None
