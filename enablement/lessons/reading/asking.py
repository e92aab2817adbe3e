"""Who asks and who answers: “Q: …”, “**A.** …”, “Buyer: “…””."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.sentences import clean, plain, unquoted
from enablement.lessons.reading.vocabulary import (
    ANSWERERS,
    ASKERS,
    DO_SAY,
    DONT_SAY,
    EXAMPLES,
    NOTES,
    WHY,
)

# The mark may be in bold, alone or with the words after it.
MARK = r"(?:\*\*|__)?(?:{word})\s?\d{{0,2}}\s?[.:)](?:\*\*|__)?\s+"
QUESTION = re.compile(MARK.format(word="Q|Question"))
ANSWER = re.compile(MARK.format(word="A|Answer"))
MAX_SPEAKER_WORDS = 3
QUOTES = "\"“„«'‘"
NO_SPEAKERS = ANSWERERS | DONT_SAY | DO_SAY | WHY | EXAMPLES | NOTES


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and where its words stand."""

    text: str
    span: Span


def answer_start(text: str, *, asking: bool = False) -> int:
    """Return how long the mark of an answer (or of a question) at the beginning of a text is; 0 for none."""
    match = (QUESTION if asking else ANSWER).match(text[:40])
    return match.end() if match else 0


def asked_in(source: str, block: Block) -> Asked | None:
    """Return what a block asks, when it is marked as a question or is somebody's spoken line."""
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return None
    start, end = block.text_span
    length = answer_start(source[start:end], asking=True)
    if length:
        return Asked(unquoted(plain(clean(source[start + length : end]))), (start + length, end))
    if block.label is None or not block.body:
        return None
    spoken = block.body[0] in QUOTES and len(block.label.text.split()) <= MAX_SPEAKER_WORDS
    if block.label.key not in ASKERS and not (spoken and block.label.key not in NO_SPEAKERS):
        return None
    return Asked(unquoted(block.body), block.body_span)


def is_answer(source: str, block: Block) -> bool:
    """Return whether a block is marked as an answer."""
    if block.label is not None and block.label.key in ANSWERERS:
        return True
    return answer_start(source[slice(*block.text_span)]) > 0
