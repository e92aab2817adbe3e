"""The guide as a CSV file that spreadsheets open, and back. Pure.

One row an entry. Slugs stand in one cell with blanks between them; phrasings stand in one cell, a line each.
A cell that a spreadsheet would take for a formula begins with an apostrophe, which is taken off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from pydantic import ValidationError

from enablement.lessons import schema
from enablement.numbers import number
from enablement.spreadsheet import plain_cell, safe_cell
from enablement.texts import tidy_text

COLUMNS = ("lesson", *schema.GuideEntryItem.model_fields)
NEEDED = ("dont_say", "do_say", "why")
_SLUGS = frozenset({"covers", "cards", "sources"})
_LINES = frozenset({"breaks", "fine"})
MAX_ROWS = 2_000


class CsvError(Exception):
    """A file that cannot be taken. `problems` are sentences, each with its line."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One row: `values` holds the columns of the file as the schema has them. `lesson` may be empty."""

    line: int
    lesson: str
    slug: str
    values: dict[str, Any]


def guide_csv_text(entries: Iterable[tuple[str, schema.GuideEntryItem]]) -> str:
    """Return the file for (slug of the lesson, entry) pairs, with the mark that tells Excel it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for lesson, entry in entries:
        values = {"lesson": lesson, **entry.model_dump(mode="json")}
        writer.writerow(_cell(name, values[name]) for name in COLUMNS)
    return "\ufeff" + out.getvalue()


def read_guide_csv(text: str) -> list[GuideRow]:
    """Return the rows of a file. Raises CsvError with everything that is wrong, and then nothing is taken."""
    reader = csv.reader(
        io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(text), strict=True
    )
    rows: list[GuideRow] = []
    try:
        names = [
            cell.strip().lower().replace(" ", "_").replace("’", "").replace("'", "")
            for cell in next(reader, [])
        ]
        problems = list(_heading_problems(names))
        for cells in reader if not problems else ():
            if any(cell.strip() for cell in cells):
                _read_row(reader.line_num, names, cells, rows, problems)
            if len(rows) > MAX_ROWS:
                raise CsvError([f"The file has more than {number(MAX_ROWS)} rows. Split it and try again."])
    except csv.Error as error:
        raise CsvError([f"line {reader.line_num}: this is not a CSV file ({error})"]) from error
    problems += _twice(rows)
    if not rows and not problems:
        problems = ["The file has no rows below its heading."]
    if problems:
        raise CsvError(problems)
    return rows


def _cell(name: str, value: Any) -> str:
    if name in _SLUGS:
        value = " ".join(value)
    elif name in _LINES:
        value = "\n".join(text.replace("\\", "\\\\").replace("\n", "\\n") for text in value)
    return safe_cell(str(value))


def _delimiter(text: str) -> str:
    """Spreadsheets in much of Europe write semicolons."""
    heading = text.partition("\n")[0]
    return ";" if heading.count(";") > heading.count(",") else ","


def _heading_problems(names: Sequence[str]) -> Iterable[str]:
    for name in NEEDED:
        if name not in names:
            yield f"line 1: the column “{name}” is missing. The columns are: {', '.join(COLUMNS)}."
    for name in names:
        if name and name not in COLUMNS:
            yield f"line 1: there is no column “{name}”. The columns are: {', '.join(COLUMNS)}."
        elif name and names.count(name) > 1:
            yield f"line 1: the column “{name}” is given twice."


def _read_row(
    line: int, names: Sequence[str], cells: Sequence[str], rows: list[GuideRow], problems: list[str]
) -> None:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        problems.append(f"line {line}: there are more cells than columns.")
        return
    values = {name: _value(name, cell) for name, cell in zip(names, cells, strict=False) if name}
    lesson = str(values.pop("lesson", ""))
    values["slug"] = values.get("slug") or slugify(str(values.get("dont_say", "")))[:60].strip("-")
    try:
        item = schema.GuideEntryItem.model_validate(values)
    except ValidationError as error:
        for detail in error.errors():
            where = " ".join(str(part) for part in detail["loc"])
            problems.append(f"line {line}, {where}: {detail['msg'][:1].lower()}{detail['msg'][1:]}.")
        return
    kept = item.model_dump(mode="json", include=set(values))
    rows.append(GuideRow(line, lesson, item.slug, kept))


def _value(name: str, cell: str) -> Any:
    cell = plain_cell(cell)
    if name in _SLUGS:
        return cell.replace(",", " ").split()
    if name in _LINES:
        lines = [tidy_text(line) for line in cell.replace("\r\n", "\n").split("\n")]
        return [_unescape(line) for line in lines if line]
    return tidy_text(cell)


def _unescape(line: str) -> str:
    return "\\".join(part.replace("\\n", "\n") for part in line.split("\\\\"))


def _twice(rows: Sequence[GuideRow]) -> list[str]:
    first: dict[str, int] = {}
    return [
        f"line {row.line}: “{row.slug}” stands in line {first[row.slug]} already."
        for row in rows
        if first.setdefault(row.slug, row.line) != row.line
    ]
