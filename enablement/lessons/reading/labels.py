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
NOT_AFTER = re.compile(r"\b(?:https?|e\.g|i\.e)$", re.I)


@dataclass(frozen=True, slots=True)
class Label:
    """`text` without marks; the labelled body begins at `length` characters into the line."""

    text: str
    length: int

    @property
    def key(self) -> str:
        """The label for look-ups: lower case, straight apostrophes, single blanks."""
        return " ".join(self.text.lower().replace("’", "'").split())


def label_of(text: str) -> Label | None:
    """Return the label at the beginning of a line or paragraph, or None."""
    head = text[:200]
    match = BOLD.match(head)
    if match is None or not _separated(match.group()):
        match = COLON.match(head)
    if match is None:
        return None
    label = plain(match["label"])
    too_long = len(label.split()) > MAX_WORDS
    if not label or too_long or NOT_AFTER.search(label) or (label[0] in "\"“'" and label[-1] not in "\"”'’"):
        return None
    return Label(label, match.end())


def _separated(matched: str) -> bool:
    """Return whether a bold run is set off as a label, not only stressed."""
    marks = matched.strip()
    return marks[-1] in ":—–-." or marks.rstrip("*_").endswith((":", "."))
