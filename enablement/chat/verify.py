"""The check after: whether a passage says what a model's sentence says. Pure.

A model names for every sentence one passage and the words of it that the sentence rests on. The sentence
passes when these words stand in that passage, when they have its content words (nearly all), its numbers,
names and qualifiers (all), and when it speaks in the same sense as the sentences that they stand in: a quote
that leaves out the “not” does not turn it round. What is checked is wording, not logic: a sentence that swaps
two things around in the same words passes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from enablement.sentences import sentence_spans
from enablement.words import content_words, is_negated, names_of, numbers_of, words_of

# At most one content word in five may be the model's own, and one in all: room for a linking verb, not for a
# claim, and a long quotation makes no room for a short one.
OWN_WORDS, MOST_OWN = 0.2, 1
# A quote of fewer words stands in every other passage.
SHORTEST_QUOTE = 3
LONGEST_LINE = 2_000
# Small words that change what a sentence promises, or who says that they did something: the quote must have
# them too.
_QUALIFIERS = """
i me my mine i'm i've i'll i'd
more less fewer most least always never only all every any must before after entirely completely fully
guarantee guarantees guaranteed
"""
QUALIFIERS = frozenset(_QUALIFIERS.split())
# Addresses, markup and code: an answer is plain sentences, and the numbers of citations are ours to write.
_FOREIGN = re.compile(
    r"https?:|www\.|javascript:|data:|[<>`\\]|!\[|\]\(|\[\d|\w@\w|[\x00-\x1f]", re.IGNORECASE
)
_QUOTES = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a model, the number of the passage it names, and the words it says it rests on."""

    sentence: str
    passage: int
    quote: str


@dataclass(frozen=True, slots=True)
class Supported:
    """A sentence, the number of its passage, and where in the passage's text it stands."""

    text: str
    passage: int
    start: int
    end: int


def read_claim(line: str) -> Claim | None:
    """Read one line of a model's answer. None where it is no claim in the form that was asked for."""
    if len(line) > LONGEST_LINE:
        return None
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict):
        return None
    sentence, passage, quote = row.get("sentence"), row.get("passage"), row.get("quote")
    if not isinstance(sentence, str) or not isinstance(quote, str) or type(passage) is not int:
        return None
    return Claim(" ".join(sentence.split()), passage, quote)


def check_claim(claim: Claim, passages: Mapping[int, tuple[str, str]]) -> Supported | None:
    """Return a claim that its passage supports, or None.

    `passages` maps the offered numbers to (title, text). A number that was not offered fails the claim.
    """
    if claim.passage not in passages or _FOREIGN.search(claim.sentence):
        return None
    title, text = passages[claim.passage]
    found = find_quote(claim.quote, text)
    if found is None:
        return None
    start, end = whole_sentences(text, *found)
    if not has_words_of(claim.sentence, title, text[slice(*found)]):
        return None
    if is_negated(text[start:end]) != is_negated(claim.sentence):
        return None
    return Supported(claim.sentence, claim.passage, start, end)


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Return where `quote` stands in `text`, word for word but for line breaks and the shape of quotes."""
    words = quote.translate(_QUOTES).strip(" .…\"'").split()
    if len(words) < SHORTEST_QUOTE:
        return None
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in words) + r"(?!\w)"
    match = re.search(pattern, text.translate(_QUOTES))
    return match.span() if match else None


def whole_sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentences of `text` that the stretch from `start` to `end` touches."""
    touched = [span for span in sentence_spans(text) if span[0] < end and span[1] > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def is_covered(sentence: str, title: str, quote: str) -> bool:
    """Whether one of the sentences of `quote` says `sentence`, under the title of their passage."""
    return any(
        has_words_of(sentence, title, quote[start:end])
        and is_negated(quote[start:end]) == is_negated(sentence)
        for start, end in sentence_spans(quote)
    )


def has_words_of(sentence: str, title: str, quote: str) -> bool:
    """Whether a quote has the content words, numbers, names and qualifiers of a sentence."""
    wanted, has = content_words(sentence), set(content_words(f"{title}. {quote}"))
    own = sum(word not in has for word in wanted)
    return (
        bool(wanted)
        and own <= min(MOST_OWN, OWN_WORDS * len(wanted))
        and names_of(sentence) <= has
        and numbers_of(sentence) <= numbers_of(quote) | _names_with_digits(title)
        and (QUALIFIERS & set(words_of(sentence))) <= set(words_of(quote))
    )


def _names_with_digits(title: str) -> set[str]:
    """What a title names is no amount: BM25, but not 2 or two."""
    return {word for word in numbers_of(title) if re.search(r"\d", word) and re.search(r"[a-z]", word)}
