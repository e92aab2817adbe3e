"""Texts into sentences, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A sentence ends at . ! ? (and a closing quote or bracket) before white space and what can begin another.
_END = re.compile(r"(?<=[.!?])[\"”’)\]]*(?=\s+[\"“‘(\[]?[A-Z0-9])|\n\s*\n|\n(?=\s*[-•*\d])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|al|Dr|Mr|Ms|Mrs|St|No|approx|cf)\.$", re.IGNORECASE)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of every sentence of `text`, without the white space around it."""
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def split_sentences(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    start, end = start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
    if start < end:
        yield start, end
