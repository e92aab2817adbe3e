"""Tables that are drawn with rules: where the rules cross is a grid, and words fall into its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from enablement.lessons.documents.pdf.drawing import Drawing, Edge
from enablement.lessons.documents.pdf.words import Word

NEAR = 3.0
MAX_EDGES = 3_000


@dataclass
class GridCell:
    """One cell and the words in it, in the order of the page."""

    words: list[tuple[int, Word]] = field(default_factory=list)
    across: int = 1
    down: int = 1


@dataclass
class Grid:
    """A ruled table. `cells` holds the cells of each row; `at` finds the cell of a place in it."""

    columns: list[float]
    rows: list[float]
    cells: list[list[GridCell]]
    places: dict[tuple[int, int], GridCell]

    def take(self, order: int, word: Word) -> bool:
        """Put a word into its cell. Return whether it lies in this table."""
        middle = (word.x0 + word.x1) / 2
        column, row = _between(self.columns, middle), _between(self.rows, word.y - 0.3 * word.size)
        cell = self.places.get((row, column))
        if cell is None:
            return False
        cell.words.append((order, word))
        return True


def find_grids(drawing: Drawing) -> list[Grid]:
    """Return the ruled tables of a page: at least two columns and two rows, else it is a box or a line."""
    grids: list[Grid] = []
    if len(drawing.across) + len(drawing.down) > MAX_EDGES:
        return grids
    for across, down in _connected(drawing.across, drawing.down):
        rows, columns = _clustered([edge.at for edge in across]), _clustered([edge.at for edge in down])
        if len(rows) > 2 and len(columns) > 2:
            grids.append(_grid(rows, columns, across, down))
    return grids


def _connected(across: Sequence[Edge], down: Sequence[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Group rules that touch one another."""
    groups: list[tuple[list[Edge], list[Edge]]] = []
    left_across, left_down = list(across), list(down)
    while left_down:
        group: tuple[list[Edge], list[Edge]] = ([], [left_down.pop()])
        fresh_down, fresh_across = list(group[1]), list[Edge]()
        while fresh_down or fresh_across:
            fresh_across = [edge for edge in left_across if any(_cross(edge, other) for other in fresh_down)]
            left_across = [edge for edge in left_across if edge not in fresh_across]
            fresh_down = [edge for edge in left_down if any(_cross(other, edge) for other in fresh_across)]
            left_down = [edge for edge in left_down if edge not in fresh_down]
            group[0].extend(fresh_across)
            group[1].extend(fresh_down)
        groups.append(group)
    return groups


def _cross(across: Edge, down: Edge) -> bool:
    return (
        down.start - NEAR <= across.at <= down.end + NEAR
        and across.start - NEAR <= down.at <= across.end + NEAR
    )


def _clustered(places: list[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > NEAR:
            kept.append(place)
    return kept


def _grid(rows: list[float], columns: list[float], across: list[Edge], down: list[Edge]) -> Grid:
    """Lay out the cells. Where the rule between two places is missing, they are one merged cell."""
    height, width = len(rows) - 1, len(columns) - 1
    places: dict[tuple[int, int], GridCell] = {}
    cells: list[list[GridCell]] = []
    for row in range(height):
        line: list[GridCell] = []
        for column in range(width):
            if (row, column) in places:
                continue
            cell = GridCell()
            while column + cell.across < width and not _has_rule(
                down, columns[column + cell.across], (rows[row] + rows[row + 1]) / 2
            ):
                cell.across += 1
            middle = (columns[column] + columns[column + 1]) / 2
            while row + cell.down < height and not _has_rule(across, rows[row + cell.down], middle):
                cell.down += 1
            for y in range(row, row + cell.down):
                for x in range(column, column + cell.across):
                    places.setdefault((y, x), cell)
            line.append(cell)
        cells.append(line)
    return Grid(columns, rows, cells, places)


def _has_rule(edges: list[Edge], at: float, middle: float) -> bool:
    return any(abs(edge.at - at) <= NEAR and edge.start - NEAR <= middle <= edge.end + NEAR for edge in edges)


def _between(bounds: list[float], place: float) -> int:
    """Return the index of the stretch that `place` lies in, or -1."""
    return next((index for index in range(len(bounds) - 1) if bounds[index] <= place < bounds[index + 1]), -1)
