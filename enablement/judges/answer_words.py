"""An answer as words and as pieces that may each answer a question. Pure.

The stop words are fewer than those of search: in an answer, “same”, “between” and “different” carry meaning.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass

from enablement.sentences import sentence_spans
from enablement.words import is_negation, stem

# A longer answer is judged in this many pieces at most.
MAX_PIECES = 30
_WORD = re.compile(r"[^\W\d_]+(?:['’^][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_CLAUSE = re.compile(r"[,;:]\s+|\s+[–—-]\s+|\s+(?=(?:and|but|so|because|while)\s)", re.IGNORECASE)
MIN_CLAUSE_WORDS = 3
_STOP = """
a an the and or but if then so as of at by for with about to from in into on onto up down out over under again
is are was were be been being am do does did doing done has have had having i you he she it we they me him her
us them my your his its our their this that these those there here what which who whom when where why how can
could will would shall should may might must just than too very also because since while only such both each
other some any more most own it's i'm i've that's let's we're you're they're
"""
_STOP_WORDS = frozenset(_STOP.split())


@dataclass(frozen=True, slots=True)
class Words:
    """The stems of a text: all of them, those that carry meaning, and how many of its words deny."""

    all: tuple[str, ...]
    content: tuple[str, ...]
    denials: int

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(word for word in self.all if word[0].isdigit())


@functools.lru_cache(maxsize=20_000)
def answer_words(text: str) -> Words:
    """Return the words of `text`."""
    found = [word.replace("’", "'").replace("^", "'") for word in _WORD.findall(text.lower())]
    denials = [is_negation(word) for word in found]
    stems = [word if denied else _stem(word) for word, denied in zip(found, denials, strict=True)]
    content = [
        stem
        for word, stem, denied in zip(found, stems, denials, strict=True)
        if word not in _STOP_WORDS and not denied
    ]
    return Words(tuple(stems), tuple(content), sum(denials))


@functools.lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return stem(word.removesuffix("'s"))


def answer_pieces(text: str) -> list[tuple[int, int]]:
    """Return the spans that may each answer: the whole, sentences, two in a row, clauses; in that order."""
    sentences = list(sentence_spans(text))
    if not sentences:
        return []
    whole = (sentences[0][0], sentences[-1][1])
    pairs = [(a[0], b[1]) for a, b in itertools.pairwise(sentences)]
    clauses = [span for sentence in sentences for span in _clauses(text, *sentence)]
    found = dict.fromkeys([whole, *sentences, *pairs, *clauses])
    return list(found)[:MAX_PIECES]


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(start + match.end() for match in _CLAUSE.finditer(text[start:end])), end]
    spans = []
    for first, last in itertools.pairwise(cuts):
        piece = text[first:last]
        if len(piece.split()) >= MIN_CLAUSE_WORDS:
            spans.append((first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip(" ,;:–—-"))))
    return spans if len(spans) > 1 else []
