"""What in an answer is no answer: orders to the grader, blocks of metadata, lists of keywords, copies. Pure.

What is found here is left out before the checks are made, and noted. Nothing is believed that a text says
about its own grade.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enablement.judges.answer_words import answer_words
from enablement.judges.reading import is_code, other_language, read
from enablement.sentences import sentence_spans


class Oddity(StrEnum):
    """Why a text is not taken as it stands."""

    ORDERS = "It speaks to whoever grades it."
    METADATA = "It holds a block that looks like a grade or like data."
    HIDDEN = "It holds hidden or disguised characters."
    KEYWORDS = "It is a list of words and says nothing about them."
    COPIED = "It repeats the question or the checks."
    LANGUAGE = "It is not in English."
    CODE = "It is code or data."
    THIN = "It shares hardly a word with what a good answer says."
    SEVERAL = "It gives several answers to choose from."


# What is left out and says nothing of the rest: lists of words and copies of what was asked.
LEFT_OUT = frozenset({Oddity.KEYWORDS, Oddity.COPIED})
# A text of so many words and more is sentences if at least this share are small words and verbs' helpers. The
# shares and the run were chosen on the train splits of the public sets, where nobody attacks, and on lists
# made of what good answers say: docs/grading.md.
FEWEST_WORDS, SMALL_WORDS_SHARE = 7, 0.15
# Without a full stop, words in a row have to look more like a sentence: so many without a small word among
# them, and few small words in all, are a list.
SMALL_WORDS_SHARE_UNSTOPPED, LONGEST_RUN = 0.25, 5
# So many fragments between commas, this short on average, without a full stop, are a list of words as well.
FEWEST_FRAGMENTS, FRAGMENT_WORDS = 4, 4.5
# A sentence is a copy when this share of its meaning stands in one sentence of the question or the checks,
# and it covers most of that sentence.
COPIED_SHARE, COVERED_SHARE = 0.9, 0.6

_ORDERS = re.compile(
    r"""\b(?:grader|grading|graded|examiner|evaluator|evaluation|rubric|full\ (?:marks?|score|points|credit)
    |(?:mark|grade|score|accept)\s+(?:this|it|the\s+answer|my\s+answer|all\b|every\b)
    |(?:treat|count|consider)\b.{1,40}\b(?:met|satisfied|passed|fully\s+correct|as\s+correct)
    |ignore\s+(?:the|all|any|previous|above)|(?:system|developer|admin(?:istrator)?)\s*(?:prompt|message|mode|note)?\s*:
    |(?:all|every)\s+checks?|checks?\s+(?:are|is|as)?\s*(?:met|satisfied|passed)
    |(?:has\s+been|was|is|been)\s+(?:verified|approved|reviewed|graded|accepted)|verified\s+by|approved\s+by
    |counts?\s+as\s+(?:fully\s+)?correct|this\s+(?:answer|response)|(?:correct|right|true)\s+answer
    |should\s+pass|passing\s+grade|please\s+(?:be|grade|mark|accept)|override|you\s+must\s+(?:output|give|award|mark)
    |the\s+answer\s+is\s+cor|dear\s+(?:grader|teacher|examiner)|award|instructions?\s+(?:above|before|to)
    |as\s+an?\s+(?:ai|language\s+model)|debug(?:ging)?\s+mode|for\s+reference,)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_VERDICT = re.compile(
    r"^\W*(?:correct|verified|pass(?:ed)?|approved|true|right)(?:\s+answer)?\W*$", re.IGNORECASE
)
_METADATA = re.compile(
    r"""^\s*(?:-{3,}|={3,}|\#{1,6}\s|<[^>]*>|\{|\}|\[[^\]]*\]\s*$)|</?\w+[^>]*>|\{[^{}]*:[^{}]*\}
    |\[[A-Z][A-Z _-]{3,}\]
    |^\s*[\w ]{1,30}:\s*(?:\d+(?:\.\d+)?\s*(?:/|of|%|$)|pass|met|correct|approved|true)""",
    re.IGNORECASE | re.VERBOSE,
)
_SEVERAL = re.compile(
    r"\b(?:draft\s*\d|final\s+(?:submission|answer)|corrected\s+answer|original\s+answer)\b", re.I
)
# Letters of their own that stand for a unit, and read as the letter that they look like.
_UNITS = str.maketrans("\u00b5\u2126\u212a", "\u03bc\u03a9K")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Guarded:
    """An answer as it is graded: what is left, with blanks in place of what was taken out, and why.

    `text` is as long as the answer as it reads; `read_span` leads a span of it back to what was written.
    """

    text: str
    oddities: frozenset[Oddity]


def guard(answer: str, known: Collection[str]) -> Guarded:
    """Return `answer` without what is no answer. `known`: the question, the checks' titles and so on."""
    plain = read(answer).text
    oddities = set()
    if plain != answer and _is_disguised(answer):
        oddities.add(Oddity.HIDDEN)
    if _SEVERAL.search(plain):
        oddities.add(Oddity.SEVERAL)
    if other_language(plain):
        return Guarded(" " * len(plain), frozenset({Oddity.LANGUAGE, *oddities}))
    text = plain
    for start, end in _lines_and_sentences(plain):
        if odd := _oddity(plain[start:end], known):
            oddities.add(odd)
            text = text[:start] + " " * (end - start) + text[end:]
    if is_code(text):
        return Guarded(" " * len(plain), frozenset({Oddity.CODE, *oddities}))
    return Guarded(text, frozenset(oddities))


def unguarded(answer: str) -> Guarded:
    """Return `answer` as it reads, all of it."""
    return Guarded(read(answer).text, frozenset())


def read_span(answer: str, start: int, end: int) -> tuple[int, int]:
    """Return where a span of a guarded text stands in the answer as written."""
    return read(answer).span(start, end)


def _oddity(sentence: str, known: Collection[str]) -> Oddity | None:
    if _METADATA.search(sentence):
        return Oddity.METADATA
    if _ORDERS.search(sentence) or _VERDICT.match(sentence):
        return Oddity.ORDERS
    if _is_copied(sentence, known):
        return Oddity.COPIED
    return Oddity.KEYWORDS if _is_a_list_of_words(sentence) else None


def _is_a_list_of_words(sentence: str) -> bool:
    words = answer_words(sentence)
    fragments = re.split(r"[,;|]", sentence)
    unstopped = not sentence.rstrip().endswith((".", "!", "”", '"'))
    in_fragments = unstopped and len(fragments) >= FEWEST_FRAGMENTS
    if in_fragments and len(words.all) <= FRAGMENT_WORDS * len(fragments):
        return True
    if len(words.all) < FEWEST_WORDS:
        return False
    small = 1 - len(words.content) / len(words.all)
    runs_on = unstopped and _longest_run(sentence) >= LONGEST_RUN
    return small < (SMALL_WORDS_SHARE_UNSTOPPED if runs_on else SMALL_WORDS_SHARE)


def _longest_run(sentence: str) -> int:
    """How many words in a row carry meaning, at most: without a small word or a denial among them."""
    longest = run = 0
    for words in map(answer_words, sentence.split()):
        if words.all:
            run = run + len(words.content) if words.content else 0
            longest = max(longest, run)
    return longest


def _is_copied(sentence: str, known: Collection[str]) -> bool:
    said = answer_words(sentence).content
    if len(said) < 3:
        return False
    for text in known:
        theirs = set(answer_words(text).content)
        shared = [word for word in said if word in theirs]
        if len(shared) >= COPIED_SHARE * len(said) and len(set(shared)) >= COVERED_SHARE * len(theirs):
            return True
    return False


def _is_disguised(answer: str) -> bool:
    """Whether letters are hidden or mixed inside words; typographic marks around words are nothing odd."""
    as_read = read(answer).text
    return _WORD.findall(answer.translate(_UNITS)) != _WORD.findall(as_read)


def _lines_and_sentences(text: str) -> Sequence[tuple[int, int]]:
    spans = []
    start = 0
    for line in text.splitlines(keepends=True):
        spans += list(sentence_spans(text, start, start + len(line)))
        start += len(line)
    return spans
