"""Footnotes: small lines at the foot of a page that begin with a mark, and the marks in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from enablement.lessons.documents.pdf.lines import GLUED, Line
from enablement.lessons.documents.pdf.pages import Page, PartCell, TablePart, without
from enablement.lessons.documents.pdf.sizes import Sizes
from enablement.lessons.documents.pdf.words import Word

MARK = re.compile(r"(?P<mark>\d{1,3}|[*†‡§]{1,2})[.)]?")
LOWER_PART = 0.5


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote's lines without its mark; its number, or 0."""

    lines: tuple[Line, ...]
    number: int


def without_footnotes(page: Page, sizes: Sizes) -> tuple[Page, list[Footnote]]:
    """Take a page's footnotes out, and their marks in the text with them."""
    small = _foot(page, sizes)
    notes: list[Footnote] = []
    marks: set[str] = set()
    taken: list[Line] = []
    for line in small:
        match = MARK.fullmatch(line.words[0].text)
        if match and len(line.words) > 1:
            marks.add(match["mark"])
            number = int(match["mark"]) if match["mark"].isdigit() else 0
            notes.append(Footnote((Line(line.words[1:], line.order),), number))
        elif notes:
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line))
        else:
            continue
        taken.append(line)
    rest = without(page, taken)
    return replace(rest, parts=[_unmarked(part, marks) for part in rest.parts]) if marks else rest, notes


def _foot(page: Page, sizes: Sizes) -> list[Line]:
    """The small lines below the last line of the text."""
    text = [part.y for part in page.parts if isinstance(part, TablePart) or not sizes.is_small(part)]
    lowest = max(max(text, default=0.0), LOWER_PART * page.height)
    return [line for line in page.lines if sizes.is_small(line) and line.y > lowest]


def _unmarked(part: Line | TablePart, marks: set[str]) -> Line | TablePart:
    if isinstance(part, Line):
        return _without_marks(part, marks)
    rows = (tuple(replace(cell, lines=_each(cell, marks)) for cell in row) for row in part.rows)
    return replace(part, rows=tuple(rows))


def _each(cell: PartCell, marks: set[str]) -> tuple[Line, ...]:
    return tuple(_without_marks(line, marks) for line in cell.lines)


def _without_marks(line: Line, marks: set[str]) -> Line:
    """Drop raised small figures that are the mark of a footnote on this page."""
    kept: list[Word] = []
    gone: Word | None = None
    for word in line.words:
        if kept and word.text in marks and _is_raised(word, line):
            gone = word
        elif gone and word.x0 - gone.x1 <= GLUED * line.size:
            # What stood right behind the mark stands right behind the word before it.
            kept[-1] = replace(kept[-1], text=kept[-1].text + word.text, x1=word.x1)
            gone = None
        else:
            kept.append(word)
            gone = None
    return Line(tuple(kept), line.order)


def _is_raised(word: Word, line: Line) -> bool:
    return word.size < 0.8 * line.size and word.y < line.y - 0.15 * line.size
