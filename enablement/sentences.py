"""Texts into sentences, with where they stand. Pure.

One rule for every text: a sentence ends at . ! ? … (with the quotation marks, brackets and citation numbers
that follow it) before white space and what can begin another, unless an abbreviation ends there. What differs
is what a line break means: see WRITTEN and WRAPPED.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# One number, or several: [1], [1, 2].
CITED_NUMBERS = re.compile(r"\[\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)\s*\]")

_STOP = rf"(?P<stop>(?<=[.!?…])[\"”’)\]]*(?:\s*{CITED_NUMBERS.pattern})*)"
# An opening quote or bracket, emphasis, then a letter or digit (“[1” is the beginning of a citation number);
# or a new line with the sign of a list, a heading, a table or a drawing.
_BEGINNING = re.compile(
    r"\s+(?:[\"“‘(*_]*(?P<first>[^\W_])|\[(?P<inside>[^\W\d_]))|[^\S\n]*\n\s*(?P<sign>[^\w\s\[\"“‘(])"
)
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|al|cf|approx|Dr|Mr|Ms|Mrs|St|Inc|Ltd|Fig|pp)\.$", re.IGNORECASE
)
_NUMBER_SIGN = re.compile(r"\bNo\.$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 8

# Written for the product or pasted into it: an empty line, and a line of a list, begin another sentence.
WRITTEN = re.compile(rf"{_STOP}|\n\s*\n|\n(?=\s*[-•*\d])")
# Prose of a document: line breaks only wrap it.
WRAPPED = re.compile(_STOP)


def sentence_spans(
    text: str, start: int = 0, end: int | None = None, *, ends: re.Pattern[str] = WRITTEN
) -> Iterator[tuple[int, int]]:
    """Yield start and end of every sentence of `text[start:end]`, without the white space around it."""
    end = len(text) if end is None else end
    for cut in (*sentence_ends(text, start, end, ends=ends), end):
        piece = text[start:cut]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = cut


def split_sentences(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return [text[start:end] for start, end in sentence_spans(text)]


def sentence_ends(text: str, start: int, end: int, *, ends: re.Pattern[str]) -> Iterator[int]:
    """Yield the places in `text[start:end]` where a sentence is over and another begins. Linear in time."""
    last = start
    for match in ends.finditer(text, start, end):
        if match["stop"] is not None and not _is_end(text, last, match, end):
            continue
        last = match.end()
        yield last


def _is_end(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether a stop ends the sentence that began at `start`: by what is before it and what comes after."""
    begins = _BEGINNING.match(text, match.end(), end)
    first = (begins["first"] or begins["inside"] or begins["sign"]) if begins else ""
    if not first or first.islower():
        return False
    before = text[max(start, match.start() - _LONGEST_ABBREVIATION) : match.start()]
    return not (_ABBREVIATION.search(before) or (first.isdigit() and _NUMBER_SIGN.search(before)))
