"""The headings of a document: Markdown's where it has them, else those of pasted text."""

from __future__ import annotations

from dataclasses import dataclass

from enablement.lessons.reading.lines import BOLD_LINE, Line, Shape
from enablement.lessons.reading.sentences import plain

MAX_LENGTH = 110
MAX_WORDS = 15
BOLD_LEVEL = 7


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's line. `level` 0 means that the document does not say; `lines` is 2 with an underline."""

    line: Line
    title: str
    level: int
    lines: int = 1


def markdown_headings(written: list[Line]) -> list[Heading] | None:
    """Return the headings of a Markdown document, or None when the lines are not Markdown.

    One line that happens to begin with # does not make a Markdown document, unless it is the first.
    """
    found = _marked(written)
    first_is_marked = bool(found) and found[0].line is written[0]
    if first_is_marked or sum(heading.level < BOLD_LEVEL for heading in found) >= 2:
        return found
    return None


def _marked(written: list[Line]) -> list[Heading]:
    found: list[Heading] = []
    in_code = False
    for line, below in zip(written, [*written, None][1:], strict=True):
        in_code ^= line.shape is Shape.FENCE
        if not in_code and (heading := _heading(line, below)):
            found.append(heading)
    return found


def _heading(line: Line, below: Line | None) -> Heading | None:
    if line.shape is Shape.HEADING:
        return Heading(line, plain(line.body) or line.text, line.level)
    if line.shape is not Shape.TEXT:
        return None
    if below is not None and _is_underline(line, below):
        return Heading(line, plain(line.text) or line.text, 1 if below.text[0] == "=" else 2, 2)
    bold = BOLD_LINE.fullmatch(line.text)
    if bold and len(bold["title"].split()) <= MAX_WORDS:
        return Heading(line, plain(bold["title"]) or line.text, BOLD_LEVEL)
    return None


def _is_underline(line: Line, below: Line) -> bool:
    adjoins = below.shape is Shape.RULE and below.number == line.number + 1
    return adjoins and below.text[0] in "=-" and " " not in below.text and len(line.text) <= MAX_LENGTH
