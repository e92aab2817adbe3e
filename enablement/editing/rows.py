"""Rows of a form added, removed, put back and moved, with the place where the cursor goes next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enablement.lessons.fields import Shape, fields_of
from enablement.lessons.schema import Item


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a row's button: the item, the id to focus, words for it, and what was removed, as JSON."""

    item: dict[str, Any]
    focus: str
    said: str
    removed: str = ""


def change_rows(model: type[Item], item: dict[str, Any], do: str, removed: str = "") -> Done | None:
    """Do `add:steps`, `remove:steps:1`, `restore:steps:1`, `up:steps:1`, `down:steps:0`. None: unknown."""
    verb, _, rest = do.partition(":")
    name, _, place = rest.partition(":")
    field = next((f for f in fields_of(model) if f.name == name and f.shape is Shape.ROWS), None)
    if field is None or field.rows is None or (place and not place.isdecimal()):
        return None
    rows: list[dict[str, Any]] = list(item.get(name) or [])
    at = int(place or 0)
    if verb == "add":
        blank = {inner.name: inner.empty for inner in fields_of(field.rows)}
        return Done({**item, name: [*rows, blank]}, f"{name}-{len(rows)}-first", "A row was added.")
    if verb == "restore":
        rows.insert(min(at, len(rows)), _row(removed))
        return Done({**item, name: rows}, f"{name}-{at}-first", "The row is back.")
    if at >= len(rows):
        return None
    if verb == "remove":
        gone = rows.pop(at)
        words = "The row was removed. Nothing is saved yet."
        return Done({**item, name: rows}, "put-back", words, json.dumps(gone))
    other = {"up": at - 1, "down": at + 1}.get(verb, -1)
    if not 0 <= other < len(rows):
        return None
    rows[at], rows[other] = rows[other], rows[at]
    button = "down" if other == 0 else "up" if other == len(rows) - 1 else verb
    return Done(
        {**item, name: rows}, f"{name}-{other}-{button}", f"Moved to place {other + 1} of {len(rows)}."
    )


def _row(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError:
        return {}
    return dict(row) if isinstance(row, Mapping) else {}
