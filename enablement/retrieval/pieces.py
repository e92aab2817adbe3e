"""A long text in pieces that the encoder can read whole. Pure.

The encoder reads 256 word pieces and ignores the rest; a long text embedded as one loses badly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from enablement.sentences import sentence_spans

# 256 word pieces are about 190 English words; terms of a field and numbers take more.
PIECE_WORDS = 150
_PARAGRAPH = re.compile(r"\S.*?(?=\n[^\S\n]*\n|\Z)", re.DOTALL)
_WORD = re.compile(r"\S+")

Span = tuple[int, int]


def split_pieces(text: str, words: int = PIECE_WORDS) -> list[str]:
    """Return `text` in pieces of at most `words` words, cut between paragraphs where that is possible.

    A longer paragraph is cut between sentences, a longer sentence between words. Each piece stands in `text`
    as it is; a blank text has none.
    """
    pieces: list[Span] = []
    held = 0
    for start, end in _units(text, words):
        count = len(text[start:end].split())
        if pieces and held + count <= words:
            pieces[-1], held = (pieces[-1][0], end), held + count
        else:
            pieces.append((start, end))
            held = count
    return [text[start:end].strip() for start, end in pieces]


def _units(text: str, words: int) -> Iterator[Span]:
    """The longest parts of `text` that need not be cut."""
    for paragraph in _PARAGRAPH.finditer(text):
        if len(paragraph.group().split()) <= words:
            yield paragraph.span()
            continue
        for start, end in sentence_spans(paragraph.group()):
            yield from _parts(text, paragraph.start() + start, paragraph.start() + end, words)


def _parts(text: str, start: int, end: int, words: int) -> Iterator[Span]:
    found = [match.span() for match in _WORD.finditer(text, start, end)]
    for first in range(0, len(found), words):
        yield found[first][0], found[min(first + words, len(found)) - 1][1]
