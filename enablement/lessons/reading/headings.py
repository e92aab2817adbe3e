"""The headings of a document: Markdown's where it has them, else those of pasted text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from enablement.lessons.reading.lines import BOLD_LINE, Line, Shape
from enablement.lessons.reading.sentences import plain

MAX_LENGTH = 110
MAX_WORDS = 15
BOLD_LEVEL = 7
BARE = re.compile(r"(\d{1,2})\s+(?=[^\W\d_])")
MIN_BARE = 3
NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\d{1,2}[.)]|[IVX]{1,4}\.|[Ss]tep \d{1,2}\s?[.:)–—-]?)"
    r"\s+(?:[–—-]\s+)?(?=[^\W\d])"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's line. `level` 0 means that the document does not say; `lines` is 2 with an underline.

    `number` is what stands before the title (“4.1”, “Step 2”), without a full stop or dash.
    """

    line: Line
    title: str
    level: int
    lines: int = 1
    number: str = ""


def with_bare_numbers(headings: list[Heading]) -> list[Heading]:
    """Take “5 Scope” for number and title where at least three headings are so numbered, in rising order."""
    bare = {place: match for place, head in enumerate(headings) if (match := BARE.match(head.title))}
    numbers = [int(match[1]) for match in bare.values()]
    if len(numbers) < MIN_BARE or numbers != sorted(set(numbers)) or numbers[0] > 1:
        return headings
    found = list(headings)
    for place, match in bare.items():
        head = headings[place]
        found[place] = replace(head, title=head.title[match.end() :], number=match[1])
    return found


def heading_of(line: Line, words: str, level: int, lines: int = 1) -> Heading:
    """Return a heading with its number apart from its title."""
    title = plain(words) or line.text
    numbered = NUMBERED.match(title)
    if numbered is None:
        return Heading(line, title, level, lines)
    return Heading(line, title[numbered.end() :], level, lines, numbered["number"].rstrip(" .):–—-"))


def markdown_headings(written: list[Line]) -> list[Heading] | None:
    """Return the headings of a Markdown document, or None when the lines are not Markdown.

    One line that happens to begin with # does not make a Markdown document, unless it is the first.
    """
    found = _marked(written)
    first_is_marked = bool(found) and found[0].line is written[0]
    if first_is_marked or sum(heading.level < BOLD_LEVEL for heading in found) >= 2:
        return with_bare_numbers(found)
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
        return heading_of(line, line.body, line.level)
    if line.shape is not Shape.TEXT:
        return None
    if below is not None and _is_underline(line, below):
        return heading_of(line, line.text, 1 if below.text[0] == "=" else 2, 2)
    bold = BOLD_LINE.fullmatch(line.text)
    if bold and len(bold["title"].split()) <= MAX_WORDS:
        return heading_of(line, bold["title"], BOLD_LEVEL)
    return None


def _is_underline(line: Line, below: Line) -> bool:
    adjoins = below.shape is Shape.RULE and below.number == line.number + 1
    return adjoins and below.text[0] in "=-" and " " not in below.text and len(line.text) <= MAX_LENGTH
