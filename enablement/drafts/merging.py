"""A draft into an existing piece: each field as it is now, as the document has it, or in own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enablement.lessons.difference import Piece, compare_text
from enablement.lessons.draft_fields import HIDDEN, ITEMS, LISTS
from enablement.lessons.fields import SchemaField, Shape, fields_of
from enablement.lessons.labels import label_of
from enablement.lessons.matching import likeness

KEEP, TAKE, BOTH, OWN = "keep", "take", "both", "own"
ROW_NAMES = ("slug", "name", "title", "text")


@dataclass(frozen=True, slots=True)
class MergeField:
    """A field in which the two differ. `pieces` marks the words, empty where the texts have little in common.

    `choice` is ticked at first; `can_join`: both lists fit together; `can_write`: own words are possible.
    """

    name: str
    label: str
    now: str
    proposed: str
    pieces: tuple[Piece, ...]
    choice: str
    can_join: bool
    can_write: bool
    own: str


def merge_fields(
    kind: str,
    now: Mapping[str, Any],
    proposed: Mapping[str, Any],
    earlier: Mapping[str, Any] | None = None,
    given: Mapping[str, str] | None = None,
) -> list[MergeField]:
    """Return the fields that differ. What `earlier` (the draft of the text before) says too is no change of
    the document: it stays as it is now. `given` holds what a form was filled with."""
    found = []
    for field in fields_of(ITEMS[kind]):
        old, new = now.get(field.name) or field.empty, proposed.get(field.name) or field.empty
        if field.name in HIDDEN or field.name == "slug" or not new or old == new:
            continue
        before, after = as_text(old), as_text(new)
        choice = _first_choice(field, old, new, earlier)
        own = TAKE if choice == TAKE else KEEP
        found.append(
            MergeField(
                field.name,
                label_of(kind, field.name),
                before,
                after,
                compare_text(before, after) if likeness(before, after) else (),
                (given or {}).get(f"choice-{field.name}", choice),
                field.shape in (*LISTS, Shape.ROWS),
                field.shape in (Shape.LINE, Shape.TEXT, Shape.LINES, Shape.TEXTS),
                (given or {}).get(f"own-{field.name}", after if own == TAKE else before),
            )
        )
    return found


def merged(
    kind: str, now: Mapping[str, Any], proposed: Mapping[str, Any], given: Mapping[str, str]
) -> dict[str, Any]:
    """Return one item out of two, by the choices of a form. The sources of both stay."""
    item = dict(now)
    for field in fields_of(ITEMS[kind]):
        old, new = now.get(field.name) or field.empty, proposed.get(field.name) or field.empty
        choice = given.get(f"choice-{field.name}", KEEP)
        if field.name == "sources":
            item["sources"] = sorted({*(old or []), *(new or [])})
        elif field.name == "slug" or choice == KEEP:
            continue
        elif choice == BOTH:
            item[field.name] = joined(old, new)
        elif choice == OWN:
            item[field.name] = _own(field, given.get(f"own-{field.name}", ""))
        else:
            item[field.name] = new
    return item


def joined(old: Any, new: Any) -> Any:
    """Return both lists as one: what is there already is not doubled, a row is known by its name."""
    if not isinstance(old, list) or not isinstance(new, list):
        return new
    known = {_row_name(row) for row in old}
    return [*old, *(row for row in new if _row_name(row) not in known)]


def as_text(value: Any) -> str:
    """Return a field's value as lines that people read."""
    if isinstance(value, Mapping):
        return "; ".join(
            as_text(part) for name, part in value.items() if part and name not in ("slug", "sources")
        )
    if isinstance(value, list):
        return "\n".join(as_text(part) for part in value)
    return "" if value is None else str(value)


def _first_choice(field: SchemaField, old: Any, new: Any, earlier: Mapping[str, Any] | None) -> str:
    if not old:
        return TAKE
    if earlier is not None:
        return KEEP if earlier.get(field.name) == new else TAKE
    return BOTH if field.shape in (*LISTS, Shape.ROWS) else KEEP


def _own(field: SchemaField, text: str) -> Any:
    if field.shape in LISTS:
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text.strip()


def _row_name(row: Any) -> str:
    if not isinstance(row, Mapping):
        return " ".join(str(row).lower().split())
    return next((str(row[name]).lower() for name in ROW_NAMES if row.get(name)), "")
