"""The one place that makes text safe in a spreadsheet, and turns rows into CSV as they come. Pure."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

# What spreadsheets take for the beginning of a formula (OWASP, CSV injection); “;” parts cells in some.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", ";")
# A negative number is a number.
_NUMBER: Final = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*")
# Lets spreadsheets know that it is UTF-8.
MARK: Final = "\ufeff"
# Rows that are sent together: one by one they would cost a system call each.
TOGETHER: Final = 500


def safe_cell(cell: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet might take it for a formula.

    The first sign that is seen decides, also one written in full width (＝).
    """
    return f"'{cell}" if _is_risky(cell) else cell


def plain_cell(cell: str) -> str:
    """Take off again what `safe_cell` put before a text."""
    return cell[1:] if cell.startswith("'") and _is_risky(cell[1:]) else cell


def csv_blocks(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a CSV file: its header at once, then the rows in blocks. Every cell is made safe."""
    writer = csv.writer(_Line())
    yield MARK + writer.writerow(columns)
    block: list[str] = []
    for row in rows:
        block.append(writer.writerow([safe_cell(cell) for cell in row]))
        if len(block) == TOGETHER:
            yield "".join(block)
            block = []
    yield "".join(block)


def _is_risky(cell: str) -> bool:
    # A text that has apostrophes before a formula gets one more, so that reading it back gives the same text.
    return _seen(cell.lstrip("'")).startswith(FORMULA) and not _NUMBER.fullmatch(cell)


def _seen(cell: str) -> str:
    """The beginning of a cell as a reader sees it: blanks and unseen signs are passed over."""
    for place, sign in enumerate(cell):
        if sign in "\t\r\n" or not (sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc")):
            return unicodedata.normalize("NFKC", cell[place : place + 1])
    return ""


class _Line:
    """What csv writes to: hands back what it is given."""

    def write(self, text: str) -> str:
        return text
