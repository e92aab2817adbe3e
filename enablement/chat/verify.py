"""The check after: whether a passage says what a model's sentence says. Pure.

A sentence passes when one of the passages that it cites has its content words (nearly all), its numbers and
names (all), its qualifiers (all), and speaks in the same sense: a negated sentence stands on a negated one.
What is checked is wording, not logic: a sentence that swaps two things around in the same words passes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from enablement.chat.sentences import cited_numbers, without_numbers
from enablement.sentences import sentence_spans
from enablement.words import content_words, is_negated, names_of, numbers_of, words_of

# At most one content word in five may be the model's own: room for a linking verb, not for a claim.
OWN_WORDS = 0.2
# Small words that change what a sentence promises: a passage must have them too.
_QUALIFIERS = """
more less fewer most least always never only all every any must before after entirely completely fully
guarantee guarantees guaranteed
"""
QUALIFIERS = frozenset(_QUALIFIERS.split())
# Addresses, markup and code: an answer is plain sentences.
_FOREIGN = re.compile(r"https?:|www\.|javascript:|data:|[<>`\\]|!\[|\]\(|\w@\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Supported:
    """A sentence without its numbers, and where in which passages it stands (number → start, end)."""

    text: str
    spans: Mapping[int, tuple[int, int]]


def check_sentence(sentence: str, passages: Mapping[int, tuple[str, str]]) -> Supported | None:
    """Return `sentence` with the passages that support it, or None when none that it cites does.

    `passages` maps the offered numbers to (title, text). A number that was not offered fails the sentence.
    """
    numbers, text = cited_numbers(sentence), without_numbers(sentence)
    if not numbers or any(number not in passages for number in numbers) or _FOREIGN.search(text):
        return None
    spans = {number: span for number in numbers if (span := find_support(text, *passages[number]))}
    return Supported(text, spans) if spans else None


def find_support(sentence: str, title: str, text: str) -> tuple[int, int] | None:
    """Return where `text` says what `sentence` says: start and end of its nearest sentence, or None."""
    wanted = content_words(sentence)
    has = set(content_words(f"{title}. {text}"))
    own = sum(word not in has for word in wanted)
    if not wanted or own > OWN_WORDS * len(wanted):
        return None
    if not (names_of(sentence) <= has and numbers_of(sentence) <= numbers_of(text)):
        return None
    if not (QUALIFIERS & set(words_of(sentence))) <= set(words_of(text)):
        return None
    start, end = nearest_span(sentence, text)
    return (start, end) if is_negated(text[start:end]) == is_negated(sentence) else None


def nearest_span(sentence: str, text: str) -> tuple[int, int]:
    """Return start and end of the sentence of `text` that shares most content words with `sentence`."""
    wanted = set(content_words(sentence))
    spans = list(sentence_spans(text)) or [(0, len(text))]
    return max(spans, key=lambda span: len(wanted & set(content_words(text[slice(*span)]))))
