"""Answers as CSV: streamed, so that two hundred thousand rows take no more memory than two thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from enablement.spreadsheet import csv_blocks
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


def csv_lines(rows: Iterable[AnswerRow], zone: ZoneInfo) -> Iterator[str]:
    """Yield the header at once, then the rows in blocks. Times are in `zone`, with their distance to UTC."""
    return csv_blocks(COLUMNS, (_cells(row, zone) for row in rows))


def _cells(row: AnswerRow, zone: ZoneInfo) -> tuple[str, ...]:
    return (
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


def _when(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")
