"""Tables whatever they came from: merged cells filled in, the header found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enablement.lessons.documents.blocks import Block, Kind

MAX_SPAN = 60
MAX_CELLS = 20_000
HEADER_WORDS = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with how many rows and columns it covers."""

    text: str
    across: int = 1
    down: int = 1
    heading: bool = False


def table_blocks(rows: Sequence[Sequence[Cell]], caption: str = "") -> list[Block]:
    """Return a table as blocks: its caption or title row as a paragraph, then the table.

    A merged cell's text stands in each row and column that it covers, so that every row can be read alone;
    one that covers a whole row stands in its first column.
    """
    width = max((sum(cell.across for cell in row) for row in rows), default=0)
    grid = filled(rows)
    marked = bool(rows) and is_header(rows)
    above = [caption] if caption else []
    if len(grid) > 1 and len(rows[0]) == 1 and width > 1 and rows[0][0].down == 1:
        above.append(rows[0][0].text)
        grid, marked = grid[1:], is_header(rows[1:])
    blocks = [Block(Kind.PARAGRAPH, text) for text in above if text.strip()]
    kept = tuple(tuple(_plain(text) for text in row) for row in grid if any(text.strip() for text in row))
    return [*blocks, Block(Kind.TABLE, rows=_without_empty_columns(kept), marked=marked)] if kept else blocks


def filled(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the text at every place of a table, with its merged cells taken apart."""
    taken: dict[tuple[int, int], str] = {}
    for line, row in enumerate(rows):
        column = 0
        for cell in row:
            while (line, column) in taken:
                column += 1
            across, down = min(cell.across, MAX_SPAN), min(cell.down, MAX_SPAN, len(rows) - line)
            whole = len(row) == 1 and across > 1
            for y in range(down):
                for x in range(across):
                    taken[line + y, column + x] = "" if whole and x else cell.text
            column += across
            if len(taken) > MAX_CELLS:
                break
    width = max((column for _, column in taken), default=-1) + 1
    return [[taken.get((line, column), "") for column in range(width)] for line in range(len(rows))]


def is_header(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether the first row names the columns: marked as such, all bold, or short over longer ones."""
    first, rest = rows[0], rows[1:]
    texts = [cell.text.strip() for cell in first]
    if all(cell.heading for cell in first):
        return True
    # The corner over a column of row names is often left empty.
    named = texts[1:] if len(texts) > 2 and not texts[0] else texts
    if not rest or not all(named) or any(cell.down > 1 for cell in first):
        return False
    if all(is_bold(text) for text in named):
        return not all(is_bold(cell.text.strip()) for row in rest for cell in row)
    return all(_names_a_column(text) for text in named) and _is_longer(rest, texts)


def is_bold(text: str) -> bool:
    """Return whether all of a text is bold."""
    return len(text) > 4 and text.startswith("**") and text.endswith("**") and "**" not in text[2:-2]


def _plain(text: str) -> str:
    text = text.strip()
    return text[2:-2].strip() if is_bold(text) else text


def _names_a_column(text: str) -> bool:
    return (
        len(text.split()) <= HEADER_WORDS and text[-1] not in '.!;,”"' and not any(c.isdigit() for c in text)
    )


def _is_longer(rest: Sequence[Sequence[Cell]], header: Iterable[str]) -> bool:
    """Whether the cells below are on the whole at least twice as long as those of a supposed header."""
    lengths = [len(cell.text) for row in rest for cell in row if cell.text.strip()]
    heads = [len(text) for text in header if text]
    return bool(lengths and heads) and sum(lengths) / len(lengths) >= 2 * sum(heads) / len(heads)


def _without_empty_columns(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    used = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    return tuple(tuple(row[column] for column in used) for row in rows)
