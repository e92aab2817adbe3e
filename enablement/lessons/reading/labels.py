"""A paragraph that begins by saying what it is: “What it does: …”, “**Note:** …”, “**Term** — …”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enablement.lessons.reading.sentences import plain

MAX_WORDS = 9
BOLD = re.compile(
    r"(?P<mark>\*\*|__)(?P<label>[^*_\n]{1,80}?)[:.]?\s*(?P=mark)\s*(?:[:—–]|-(?=\s)|\.(?=\s))?\s*"
)
COLON = re.compile(r"(?P<label>[\w“\"'’(][^:|.!?\n]{0,79}?)\s?:(?=\s|$)\s*")
LIKENS = re.compile(r"\b(?:is|are|works?|acts?) (?:\w+ )?like\b", re.I)
NOT_AFTER = re.compile(r"\b(?:https?|e\.g|i\.e)$", re.I)


def label_key(text: str) -> str:
    """Return a label or heading for look-ups: lower case, straight apostrophes, no mark at its end."""
    return " ".join(text.lower().replace("’", "'").split()).rstrip(" :.?")


@dataclass(frozen=True, slots=True)
class Label:
    """`text` without marks; the labelled body begins at `length` characters into the line."""

    text: str
    length: int

    @property
    def key(self) -> str:
        """The label for look-ups, as `label_key` gives it."""
        return label_key(self.text)


def label_of(text: str) -> Label | None:
    """Return the label at the beginning of a line or paragraph, or None."""
    head = text[:200]
    match = BOLD.match(head)
    if match is None or not _separated(match.group()):
        match = COLON.match(head)
    if match is None or LIKENS.search(match["label"]):
        return None
    label = plain(match["label"])
    too_long = len(label.split()) > MAX_WORDS
    if not label or too_long or NOT_AFTER.search(label) or (label[0] in "\"“'" and label[-1] not in "\"”'’"):
        return None
    return Label(label, match.end())


def _separated(matched: str) -> bool:
    """Return whether a bold run is set off as a label, not only stressed."""
    marks = matched.strip()
    return marks[-1] in ":—–-." or marks.rstrip("*_").endswith((":", ".", "?"))
