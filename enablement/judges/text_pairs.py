"""Two texts as one, for an encoder that reads them together. Pure."""

from __future__ import annotations

import re

SEPARATOR = " [SEP] "
# What the encoder's tokenizer takes for marks of its own, wherever they stand.
_MARKS = re.compile(r"\[+(SEP|CLS|MASK|PAD|UNK)\]+", re.IGNORECASE)


def without_marks(text: str) -> str:
    """Return the text with the brackets gone from what would pass for one of the encoder's own marks."""
    return _MARKS.sub(r"\1", text)


def joined(way: str, answer: str) -> str:
    """Return a way to say it and an answer as one text."""
    return SEPARATOR.join(map(without_marks, (way, answer)))
