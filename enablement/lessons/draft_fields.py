"""A draft as a flat list of fields, and back: each field is named by the path that its span in the text has.

Pure, over the lesson schema. `traits.2.cells.prompting` is the third trait's cell for the card prompting.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enablement.lessons import schema
from enablement.lessons.fields import SchemaField, Shape
from enablement.lessons.fields import fields_of as schema_fields
from enablement.lessons.labels import label_of

ITEMS: dict[str, type[schema.Item]] = {
    "card": schema.CardItem,
    "fit": schema.FitItem,
    "comparison": schema.ComparisonItem,
    "guide_entry": schema.GuideEntryItem,
    "analogy": schema.AnalogyItem,
    "ladder": schema.LadderItem,
    "ladder_step": schema.LadderStepItem,
    "decision_question": schema.DecisionQuestionItem,
    "script": schema.ScriptItem,
    "term": schema.TermItem,
}
# Filled by the program, or rarely worth a line in a review.
HIDDEN = {"sources", "covers"}
LISTS = (Shape.LINES, Shape.TEXTS, Shape.SLUGS)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a draft. `value` is text; a list has one line an entry (`entries` keeps them apart)."""

    path: str
    label: str
    shape: Shape
    value: str
    required: bool
    entries: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the piece needs this and the document does not give it."""
        return self.required and not self.value.strip()


def fields_of(kind: str, item: Mapping[str, Any]) -> list[Field]:
    """Return the fields of a draft in the order of the schema; the slug, rarely read, last."""
    found = list(_fields(ITEMS[kind], item, kind))
    return [field for field in found if field.path != "slug"] + [f for f in found if f.path == "slug"]


def with_values(kind: str, item: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return a copy of `item` with the fields at the paths of `values` set from what a form holds.

    An emptied field leaves the item. Paths that the draft does not have are passed over.
    """
    changed: dict[str, Any] = copy.deepcopy(dict(item))
    for field in fields_of(kind, item):
        if field.path in values:
            _set(changed, field.path.split("."), _value(field, values[field.path]))
    return changed


def _fields(
    item_type: type[schema.Item],
    item: Mapping[str, Any],
    owner: str,
    path: str = "",
    over: str = "",
    cards: Sequence[str] = (),
) -> Iterator[Field]:
    """The fields of an item, or of a row of one; a row of a comparison has a cell for each of its `cards`."""
    for field in schema_fields(item_type):
        if field.name in HIDDEN or (path and field.name == "slug"):
            continue
        here, label = f"{path}{field.name}", over + label_of(owner, field.name)
        value = item.get(field.name)
        if field.shape is Shape.ROWS and field.rows:
            for at, row in enumerate(value or []):
                about = f"{row.get('title') or at + 1}: "
                yield from _fields(field.rows, row, field.name, f"{here}.{at}.", about, item.get("cards", ()))
        elif field.shape is Shape.CELLS:
            for slug in dict.fromkeys([*cards, *(value or {})]):
                yield Field(f"{here}.{slug}", over + slug, Shape.TEXT, (value or {}).get(slug, ""), True)
        else:
            yield _plain(field, here, label, value)


def _plain(field: SchemaField, path: str, label: str, value: Any) -> Field:
    if field.shape in LISTS:
        entries = tuple(str(entry) for entry in value or [])
        return Field(path, label, field.shape, "\n".join(entries), field.required, entries)
    text = "" if value is None else str(value)
    return Field(path, label, field.shape, text, field.required, choices=field.choices)


def _value(field: Field, text: str) -> Any:
    if field.shape in LISTS:
        return [line.strip() for line in text.splitlines() if line.strip()] or None
    return text.strip() or None


def _set(item: Any, path: list[str], value: Any) -> None:
    *outer, name = path
    for part in outer:
        item = item[int(part)] if isinstance(item, list) else item.setdefault(part, {})
    if value is None:
        item.pop(name, None)
    else:
        item[name] = value
