"""A text that is still arriving, sentence by sentence. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from enablement.sentences import ARRIVING, CITED_NUMBERS, sentence_ends

_LIST_SIGN = re.compile(r"^(?:[-*•]\s+|\d{1,2}[.)]\s+|#{1,6}\s+)")


class SentenceBuffer:
    """Takes a text in pieces of any size and hands out its sentences as soon as they are whole.

    However the text is cut into pieces, the sentences are the same.
    """

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Take the next piece and return the sentences that are whole now."""
        self._text += piece
        *whole, self._text = _split(self._text)
        return _readable(whole)

    def flush(self) -> list[str]:
        """Return what is left, whole or not."""
        left, self._text = _split(self._text), ""
        return _readable(left)


def cited_numbers(sentence: str) -> list[int]:
    """Return the numbers of the passages that a sentence cites, in order, each once."""
    groups = (match.group(1).split(",") for match in CITED_NUMBERS.finditer(sentence))
    return list(dict.fromkeys(int(number) for group in groups for number in group))


def without_numbers(sentence: str) -> str:
    """Return a sentence without the numbers that it cites."""
    return re.sub(r"\s+([.,;!?])", r"\1", " ".join(CITED_NUMBERS.sub("", sentence).split()))


def _split(text: str) -> list[str]:
    """Cut `text` at the ends of its sentences; the last part is open."""
    ends = sentence_ends(text, 0, len(text), ends=ARRIVING)
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)])]


def _readable(parts: list[str]) -> list[str]:
    lines = (_LIST_SIGN.sub("", part.strip()) for part in parts)
    return [line for line in lines if line]
