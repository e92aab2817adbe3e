"""A page as its parts, tables and lines, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]

from enablement.lessons.documents.pdf.columns import Columns, find_columns
from enablement.lessons.documents.pdf.drawing import Drawing, read_drawing
from enablement.lessons.documents.pdf.grids import Grid, find_grids
from enablement.lessons.documents.pdf.lines import Line, joined, segments_of
from enablement.lessons.documents.pdf.words import Word, read_words

LEADERS = re.compile(r"(?:\.\s?){4,}\s*[\divxl]+$|…{2,}\s*\d+$")
JUMPS = 6
JUMP_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class PartCell:
    """A cell's lines, and how many columns and rows it covers."""

    lines: tuple[Line, ...]
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table where it stands on the page."""

    rows: tuple[tuple[PartCell, ...], ...]
    order: int
    y: float


@dataclass
class Page:
    """`parts` stand in reading order. `askew` counts words that do not stand upright, `listed`
    the lines of a table of contents: both are left out.
    """

    number: int
    height: float
    parts: list[Line | TablePart]
    dots: list[tuple[float, float]] = field(default_factory=list)
    is_picture: bool = False
    pictures: int = 0
    askew: int = 0
    listed: int = 0

    @property
    def lines(self) -> list[Line]:
        """The lines outside tables."""
        return [part for part in self.parts if isinstance(part, Line)]


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Read page `number`, counted from 0."""
    page = document[number]
    text = page.get_textpage()
    try:
        width, height = page.get_size()
        words, turn, askew = read_words(text.raw, height)
        drawing = read_drawing(page.raw, turn, width * height)
    finally:
        text.close()
        page.close()
    parts, listed = _parts(words, drawing)
    return Page(
        number,
        width if turn.quarters % 2 else height,
        parts,
        drawing.dots,
        drawing.is_picture,
        drawing.pictures,
        askew,
        listed,
    )


def _parts(words: Sequence[Word], drawing: Drawing) -> tuple[list[Line | TablePart], int]:
    """Return the parts, and how many lines of a table of contents were left out."""
    grids = find_grids(drawing)
    free = [
        (order, word) for order, word in enumerate(words) if not any(grid.take(order, word) for grid in grids)
    ]
    segments, listed = _without_contents(segments_of(free))
    columns = find_columns(segments, drawing.across)
    # A table may hold pieces of segments: they are known by their words.
    taken = {id(word) for table in columns for line in table.lines for word in line.words}
    left = [segment for segment in segments if id(segment.words[0]) not in taken]
    parts: list[Line | TablePart] = [*joined(left)]
    parts += [part for grid in grids if (part := _ruled(grid))]
    parts += [_aligned(table) for table in columns]
    return _in_reading_order(parts), listed


def _without_contents(segments: list[Line]) -> tuple[list[Line], int]:
    """Leave out the lines of a table of contents, told by the dots that lead to a page. Return how many."""
    listed = [line for line in joined(segments) if LEADERS.search(line.text)]
    gone = {id(word) for line in listed for word in line.words}
    return [segment for segment in segments if id(segment.words[0]) not in gone], len(listed)


def _ruled(grid: Grid) -> TablePart | None:
    orders = [order for row in grid.cells for cell in row for order, _ in cell.words]
    if not orders:
        return None
    rows = tuple(
        tuple(PartCell(tuple(joined(segments_of(cell.words))), cell.across, cell.down) for cell in row)
        for row in grid.cells
    )
    return TablePart(rows, min(orders), grid.rows[0])


def _aligned(table: Columns) -> TablePart:
    rows = tuple(tuple(PartCell(tuple(cell)) for cell in row) for row in table.rows)
    return TablePart(rows, min(line.order for line in table.lines), min(line.y for line in table.lines))


def _in_reading_order(parts: list[Line | TablePart]) -> list[Line | TablePart]:
    """Order parts as they were written, which keeps columns apart; from the top where that order is wild."""
    written = sorted(parts, key=lambda part: part.order)
    jumps = sum(below.y < above.y - 2 for above, below in pairwise(written))
    if jumps > max(JUMPS, JUMP_SHARE * len(written)):
        return sorted(parts, key=lambda part: part.y)
    return written


def without(page: Page, dropped: Sequence[Line]) -> Page:
    """Return the page without some of its lines."""
    gone = {id(line) for line in dropped}
    return replace(page, parts=[part for part in page.parts if id(part) not in gone])
