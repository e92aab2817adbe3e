"""Rows of JSON lines, read with the line that is wrong."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class BadRows(ValueError):
    """A file that cannot be evaluated. The message names file and line."""


def read_rows(path: Path, needed: Collection[str], labels: Collection[str] = ()) -> list[Row]:
    """Read a file of JSON lines that each hold the keys `needed`; `label` must be among `labels` if given."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadRows(f"{path} cannot be read: {error}.") from error
    rows = [_read_row(path, number, line, needed) for number, line in enumerate(lines, 1) if line.strip()]
    for number, row in enumerate(rows, 1):
        if labels and row["label"] not in labels:
            raise BadRows(f"{path}, row {number}: the label “{row['label']}” is none of {', '.join(labels)}.")
    if not rows:
        raise BadRows(f"{path} has no rows.")
    return rows


def _read_row(path: Path, number: int, line: str, needed: Collection[str]) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadRows(f"{path}, line {number}: not JSON ({error}).") from error
    missing = [key for key in needed if not isinstance(row, dict) or key not in row]
    if missing:
        raise BadRows(f"{path}, line {number}: {', '.join(missing)} is missing.")
    return dict(row)
