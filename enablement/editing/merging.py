"""Two texts of one piece, beside one another: what differs, who changed it, and one text made of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enablement.lessons.difference import ADDED, REMOVED, Change, Piece, compare
from enablement.lessons.fields import fields_of
from enablement.lessons.labels import label_of
from enablement.lessons.live import item_type

Lines = tuple[tuple[Piece, ...], ...]
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Side:
    """One changed place within a field: their lines and mine."""

    label: str
    theirs: Lines
    mine: Lines
    note: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that differs. `pick` is the text to take unless somebody chooses; `both`: both changed it."""

    name: str
    label: str
    sides: tuple[Side, ...]
    pick: str
    both: bool


def digests(item: Mapping[str, Any]) -> dict[str, str]:
    """Return a short mark for each field, by which a form can tell later which fields were changed."""
    return {name: _digest(value) for name, value in item.items()}


def conflicts(
    kind: str, mine: Mapping[str, Any], theirs: Mapping[str, Any], began: Mapping[str, Any]
) -> list[Conflict]:
    """Return the fields in which two texts differ. `began`: the marks of the text that mine began from."""
    changes = compare(kind, item_type(kind), theirs, mine)
    found = []
    for field in fields_of(item_type(kind)):
        sides = tuple(_side(change) for change in changes if change.field == field.name)
        if sides:
            by_me = began.get(field.name) != _digest(mine.get(field.name))
            by_them = began.get(field.name) != _digest(theirs.get(field.name))
            pick = THEIRS if by_them and not by_me else MINE
            label = label_of(kind, field.name)
            found.append(Conflict(field.name, label, sides, pick, by_me and by_them))
    return found


def chosen(picks: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return one text: mine, with their field wherever `pick-NAME` says so."""
    return {
        name: theirs.get(name, value) if picks.get(f"pick-{name}") == THEIRS else value
        for name, value in mine.items()
    }


def json_object(text: str) -> dict[str, Any] | None:
    """Return the JSON object in a form's field, or None where there is none."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return dict(value) if isinstance(value, Mapping) else None


def _side(change: Change) -> Side:
    theirs = tuple(tuple(p for p in line if p.op != ADDED) for line in change.lines)
    mine = tuple(tuple(p for p in line if p.op != REMOVED) for line in change.lines)
    return Side(change.label, theirs, mine, change.note)


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
