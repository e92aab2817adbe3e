"""Tables without rules: lines that part into the same columns, written row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from enablement.lessons.documents.pdf.drawing import Edge
from enablement.lessons.documents.pdf.lines import SAME_LINE, Line

ALIGNED = 6.0
EXACTLY = 0.5
FARTHEST = 3.6
"""Rows of one table follow one another within this many letter sizes."""
LARGER_GAP = 1.3
MARKER = re.compile(r"[•●○▪◦‣·∙*\uf0b7–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]")
MAX_LOWER = 0.4


@dataclass
class Columns:
    """A table of segments: `rows[row][column]` are the segments of a cell, top to bottom."""

    starts: list[float]
    lines: list[Line] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)


def find_columns(segments: Sequence[Line], across: Sequence[Edge]) -> list[Columns]:
    """Return the tables among a page's segments. `across` are rules, which part rows where there are any.

    Columns of a newspaper look alike, but are written one after the other: in a table the writing comes
    back to the left again and again.
    """
    found: list[Columns] = []
    for candidate in _candidates(_baselines(segments)):
        table = _trimmed(candidate)
        if table is not None and _is_table(table):
            _part_rows(table, across)
            if len(table.rows) > 1:
                found.append(table)
    return found


def _baselines(segments: Sequence[Line]) -> list[list[Line]]:
    """Group segments by baseline, from the top of the page, each group from left to right."""
    groups: list[list[Line]] = []
    for segment in sorted(segments, key=lambda line: line.y):
        if groups and segment.y - groups[-1][0].y <= SAME_LINE * segment.size:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return [sorted(group, key=lambda line: line.x0) for group in groups]


def _candidates(groups: list[list[Line]]) -> list[Columns]:
    tables: list[Columns] = []
    open_table: Columns | None = None
    for group in groups:
        parted = [piece for line in group for piece in _parted(open_table, line)] if open_table else group
        if open_table and _fits(open_table, parted):
            open_table.lines += parted
            continue
        open_table = None
        if len(group) > 1:
            open_table = Columns([line.x0 for line in group], list(group))
            tables.append(open_table)
    return tables


def _parted(table: Columns, line: Line) -> list[Line]:
    """Part a line where a word begins exactly at a column: narrow columns stand as near as words."""
    pieces: list[Line] = []
    first = 0
    for place, word in enumerate(line.words[1:], start=1):
        if any(abs(word.x0 - start) <= EXACTLY for start in table.starts[1:]):
            pieces.append(Line(line.words[first:place], line.order))
            first = place
    # The pieces keep their order among themselves, and stay before the next line's.
    rest = Line(line.words[first:], line.order + first)
    return [*pieces, rest]


def _fits(table: Columns, group: list[Line]) -> bool:
    bottom = max(line.y for line in table.lines)
    if group[0].y - bottom > FARTHEST * group[0].size:
        return False
    for line in group:
        column = _column(table, line)
        if column is None:
            return False
        if column + 1 < len(table.starts) and line.x1 > table.starts[column + 1] - 1:
            return False
    return True


def _column(table: Columns, line: Line) -> int | None:
    return next((n for n, start in enumerate(table.starts) if abs(line.x0 - start) <= ALIGNED), None)


def _trimmed(table: Columns) -> Columns | None:
    """Leave out what stands below the last line with two cells, if it may as well be text under the table."""
    groups = _baselines(table.lines)
    last = max((place for place, group in enumerate(groups) if len(group) > 1), default=-1)
    if sum(len(group) > 1 for group in groups) < 2:
        return None
    kept = groups[: last + 1]
    for group in groups[last + 1 :]:
        # A last cell may be longer than its neighbours; its lines follow closely.
        if group[0].y - kept[-1][0].y > 1.5 * group[0].size or _column(table, group[0]) == 0:
            break
        kept.append(group)
    table.lines = [line for group in kept for line in group]
    return table


def _is_table(table: Columns) -> bool:
    written = sorted(table.lines, key=lambda line: line.order)
    places = [_column(table, line) or 0 for line in written]
    returns = sum(after < before for before, after in pairwise(places))
    firsts = [line.text for line, place in zip(written, places, strict=True) if place == 0]
    if returns < 1 or not firsts or all(MARKER.fullmatch(text) for text in firsts):
        return False
    starts = [line for place, line in enumerate(written) if place and places[place] < places[place - 1]]
    lower = sum(line.text[:1].islower() for line in starts)
    # Text in two columns that is written line by line comes back to the left too, but in mid-sentence.
    return lower <= MAX_LOWER * len(starts)


def _part_rows(table: Columns, across: Sequence[Edge]) -> None:
    """Part the lines into rows: at a rule, else where the writing returns to the left over a larger gap."""
    written = sorted(table.lines, key=lambda line: line.order)
    returns: list[int] = []
    gaps: list[float] = []
    bottom, column = written[0].y, 0
    for place, line in enumerate(written):
        now = _column(table, line) or 0
        if place and now <= column and line.y > bottom + 1 and now == 0 and column != 0:
            returns.append(place)
            gaps.append(line.y - bottom)
        bottom, column = max(bottom, line.y), now
    ruled = [_is_ruled(written, place, across) for place in returns]
    apart = bool(gaps) and max(gaps) > LARGER_GAP * min(gaps)
    for place, line in enumerate(written):
        begins = place == 0
        if place in returns:
            index = returns.index(place)
            begins = ruled[index] if any(ruled) else not apart or gaps[index] > LARGER_GAP * min(gaps)
        if begins:
            table.rows.append([[] for _ in table.starts])
        table.rows[-1][_column(table, line) or 0].append(line)


def _is_ruled(written: list[Line], place: int, across: Sequence[Edge]) -> bool:
    line = written[place]
    above = max(other.y for other in written[:place])
    return any(above < edge.at < line.y and edge.start <= line.x0 + ALIGNED <= edge.end for edge in across)
