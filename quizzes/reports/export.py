"""Answers as CSV: streamed, so that two hundred thousand rows take no more memory than two thousand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from quizzes.reports.answers import AnswerRow

COLUMNS: Final = (
    "name",
    "username",
    "when",
    "where",
    "lesson",
    "topic",
    "quiz",
    "question",
    "version",
    "true",
    "chosen",
    "result",
)
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# Rows that are sent together: one by one they would cost a system call each.
TOGETHER: Final = 500


class _Line:
    """What csv writes to: hands back what it is given."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[AnswerRow], zone: ZoneInfo) -> Iterator[str]:
    """Yield the header at once, then the rows in blocks. Times are in `zone`, with their distance to UTC."""
    writer = csv.writer(_Line())
    # The mark lets spreadsheets know that it is UTF-8.
    yield "\ufeff" + writer.writerow(COLUMNS)
    block: list[str] = []
    for row in rows:
        block.append(writer.writerow(safe_cells(row, zone)))
        if len(block) == TOGETHER:
            yield "".join(block)
            block = []
    yield "".join(block)


def safe_cells(row: AnswerRow, zone: ZoneInfo) -> list[str]:
    """The cells of a row, none of which a spreadsheet runs."""
    cells = (
        row.name,
        row.username,
        _when(row.at, zone),
        row.source,
        row.lesson,
        row.topic,
        row.quiz,
        row.question,
        "" if row.version is None else str(row.version),
        row.true,
        row.chosen,
        row.result,
    )
    return [safe(cell) for cell in cells]


def safe(cell: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _when(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")
