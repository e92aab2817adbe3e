"""A text that is still arriving, sentence by sentence. Pure."""

from __future__ import annotations

import re

# One number, or several: [1], [1, 2], [1][2].
MARKER = re.compile(r"\[\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)\s*\]")
_MARKERS = rf"(?:\s*{MARKER.pattern})*"
# A sentence is over where the next one has begun: its numbers may follow the full stop (“… style. [1] Next”).
_END = re.compile(rf"(?<=[.!?])[\"”’)]*{_MARKERS}\s+(?=[^\s\[a-z])|\n\s*(?=[^\s\[])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|al|Dr|Mr|Ms|Mrs|St|No|approx|cf)\.\s+$", re.IGNORECASE)
_LIST_SIGN = re.compile(r"^(?:[-*•]\s+|\d{1,2}[.)]\s+|#{1,6}\s+)")


class SentenceBuffer:
    """Takes a text in pieces of any size and hands out its sentences as soon as they are whole.

    However the text is cut into pieces, the sentences are the same.
    """

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Take the next piece and return the sentences that are whole now."""
        self._text += piece
        *whole, self._text = _split(self._text)
        return _readable(whole)

    def flush(self) -> list[str]:
        """Return what is left, whole or not."""
        left, self._text = _split(self._text), ""
        return _readable(left)


def cited_numbers(sentence: str) -> list[int]:
    """Return the numbers of the passages that a sentence cites, in order, each once."""
    groups = (match.group(1).split(",") for match in MARKER.finditer(sentence))
    return list(dict.fromkeys(int(number) for group in groups for number in group))


def without_numbers(sentence: str) -> str:
    """Return a sentence without the numbers that it cites."""
    return re.sub(r"\s+([.,;!?])", r"\1", " ".join(MARKER.sub("", sentence).split()))


def _split(text: str) -> list[str]:
    """Cut `text` at the ends of its sentences; the last part is open."""
    parts, start = [], 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text, max(start, match.end() - 12), match.end()):
            continue
        parts.append(text[start : match.end()])
        start = match.end()
    return [*parts, text[start:]]


def _readable(parts: list[str]) -> list[str]:
    lines = (_LIST_SIGN.sub("", part.strip()) for part in parts)
    return [line for line in lines if line]
