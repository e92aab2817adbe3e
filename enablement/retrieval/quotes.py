"""The sentence of a passage that a question is about, and its words in it. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from enablement.sentences import split_sentences
from enablement.words import WORD, content_words


class Span(NamedTuple):
    """Characters from `start` up to, not including, `end`."""

    start: int
    end: int


def best_sentence(text: str, question: str) -> str:
    """Return the sentence of `text` that shares most content words with `question`; the first of equals."""
    wanted = set(content_words(question))
    return max(_sentences(text), key=lambda sentence: len(wanted.intersection(content_words(sentence))))


def matched_spans(text: str, question: str) -> list[Span]:
    """Return where `text` holds a word of `question` that carries meaning, in any of its forms."""
    wanted = set(content_words(question))
    return [span for span, stems in _stems(text) if not wanted.isdisjoint(stems)]


# The same passages are found for one question after another: each is taken apart once.
@lru_cache(maxsize=2_000)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(split_sentences(text)) or (text,)


@lru_cache(maxsize=2_000)
def _stems(text: str) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Every word of `text` that carries meaning: where it stands, and its stems."""
    words = ((Span(*match.span()), content_words(match.group())) for match in WORD.finditer(text))
    return tuple((span, stems) for span, stems in words if stems)
