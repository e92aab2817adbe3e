"""The sentence of a passage that a question is about, and its words in it. Pure."""

from __future__ import annotations

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
    sentences = split_sentences(text) or [text]
    return max(sentences, key=lambda sentence: len(wanted.intersection(content_words(sentence))))


def matched_spans(text: str, question: str) -> list[Span]:
    """Return where `text` holds a word of `question` that carries meaning, in any of its forms."""
    wanted = set(content_words(question))
    found = (match for match in WORD.finditer(text) if wanted.intersection(content_words(match.group())))
    return [Span(*match.span()) for match in found]
