"""Tables: rows of cells, with or without outer pipes, or set apart by tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.lines import Line, is_separator

BREAK = re.compile(r"<br ?/?>", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, trimmed, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `rule` marks the line under a header."""

    cells: tuple[Cell, ...]
    span: Span
    rule: bool = False


def read_row(line: Line) -> Row:
    """Split a row at its pipes (a pipe after a backslash is text), or at its tabs where it has no pipe."""
    if is_separator(line.text):
        return Row((), line.span, rule=True)
    mark = "|" if "|" in line.text else "\t"
    start, end = line.span[1] - len(line.text), line.span[1]
    inner = line.text
    if mark == "|":
        lead = inner.startswith("|")
        tail = inner.endswith("|") and not inner.endswith("\\|") and len(inner) > 1
        start, end = start + lead, end - tail
        inner = inner[lead : len(inner) - tail]
    cells: list[Cell] = []
    for piece in _pieces(inner, mark):
        lead_blanks = len(piece) - len(piece.lstrip())
        cell_start = start + lead_blanks
        trimmed = piece.strip()
        cells.append(Cell(_shown(trimmed), (cell_start, cell_start + len(trimmed))))
        start += len(piece) + 1
    return Row(tuple(cells), line.span)


def header_and_rows(all_rows: tuple[Row, ...]) -> tuple[Row, tuple[Row, ...]] | None:
    """Return the header and the rows below it. An empty header (as Word's tables give) is passed over."""
    rows = [row for row in all_rows if not row.rule and any(cell.text for cell in row.cells)]
    if len(rows) < 2:
        return None
    header, body = rows[0], rows[1:]
    if all(len(row.cells) == len(header.cells) + 1 for row in body):
        # The first cell of the header was empty, and its tab or pipe got lost.
        corner = Cell("", (header.span[0], header.span[0]))
        header = Row((corner, *header.cells), header.span)
    return header, tuple(body)


def cell_at(row: Row, column: int) -> Cell | None:
    """Return a cell that has text, or None."""
    if 0 <= column < len(row.cells) and row.cells[column].text:
        return row.cells[column]
    return None


def spread(table: Span, rows: list[Row]) -> list[Span]:
    """Share a table out among the rows kept, so that its header, rules and empty rows lie in a span too."""
    starts = [table[0], *(row.span[0] for row in rows[1:])]
    ends = [*(start - 1 for start in starts[1:]), table[1]]
    return list(zip(starts, ends, strict=True))


def _pieces(inner: str, mark: str) -> list[str]:
    pieces: list[str] = []
    for piece in inner.split(mark):
        if pieces and mark == "|" and pieces[-1].endswith("\\"):
            pieces[-1] += mark + piece
        else:
            pieces.append(piece)
    return pieces


def _shown(cell: str) -> str:
    return " ".join(BREAK.sub(" ", cell.replace("\\|", "|")).split())
