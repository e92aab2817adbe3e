"""Phrasings of the guide that stand in a sentence word for word. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Span = tuple[int, int]
# A shorter phrasing counts only where it is the whole sentence: “trained on your data” stands in many
# sentences that say something else.
MIN_WORDS = 4
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_QUOTES = {"“": "”", '"': '"', "‘": "’", "«": "»"}


@dataclass(frozen=True, slots=True)
class Phrasings:
    """The phrasings of one guide entry: the breaking ones, each as its words, and the words that many of
    them have; the words of those that are fine.
    """

    wordings: tuple[str, ...] = ()
    vocabulary: frozenset[str] = frozenset()
    fine: frozenset[str] = frozenset()


def words_of(text: str) -> str:
    """Return the words of `text` in small letters, one blank apart."""
    return " ".join(_WORD.findall(text.lower()))


@dataclass(frozen=True, slots=True)
class ExactHit:
    """Where a phrasing of `entry` stands; whether it is the whole sentence, and in quotation marks."""

    entry: str
    span: Span
    is_whole: bool
    is_quoted: bool


def exact_hit(text: str, sentence: Span, phrasings: Mapping[str, Phrasings]) -> ExactHit | None:
    """Return the first phrasing that stands in the sentence; None if there is none."""
    words = words_of(text[slice(*sentence)])
    for slug, known in phrasings.items():
        for phrasing in known.wordings:
            # Comparing words is quick; a pattern is made only for a phrasing that is there.
            if phrasing in words and (hit := _hit(text, sentence, words, phrasing, slug)):
                return hit
    return None


def _hit(text: str, sentence: Span, words: str, phrasing: str, slug: str) -> ExactHit | None:
    is_whole = phrasing == words
    if not is_whole and len(phrasing.split()) < MIN_WORDS:
        return None
    match = _pattern(phrasing).search(text, *sentence)
    return ExactHit(slug, match.span(), is_whole, is_quoted(text, *match.span())) if match else None


def _pattern(phrasing: str) -> re.Pattern[str]:
    return re.compile(r"\b" + r"\W+".join(map(re.escape, phrasing.split())) + r"\b", re.IGNORECASE)


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks stand right before and right after a span."""
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip(" .,!?")[:1]
    return before in _QUOTES and after == _QUOTES[before]
