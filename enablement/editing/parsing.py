"""A posted form into a piece as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify

from enablement.lessons.fields import SchemaField, Shape, fields_of
from enablement.lessons.live import item_type, naming_line
from enablement.lessons.schema import Item

# Lists of slugs that are ticked; the others are written, one a line.
TICKED = ("cards", "sources", "signals", "met")
# No lesson has more rows of a kind; a posted count is not believed beyond it.
MOST_ROWS = 200
# Stands between a statement and its reason.
REASON_MARK = " // "
STATEMENTS = "statements-of-"
# The lines that are added to a long list come in a field of their own, so named.
MORE = ".more"
# What rows are named by, and where other rows speak of them.
ROW_NAMES = ("slug", "name")
REFERENCES = {
    "signals": (("outcomes", "signals"),),
    "outcomes": (("statements", "outcome"),),
    "steps": (("questions", "yes_step"), ("questions", "no_step")),
    "questions": (("questions", "yes_question"), ("questions", "no_question")),
}


def parse_item(kind: str, data: QueryDict, original: Mapping[str, Any]) -> dict[str, Any]:
    """Return the piece that a form holds; `original` is the one that the form was made from."""
    item = parse_fields(item_type(kind), data)
    if "statements" in item:
        item["statements"] = _statements(data, original.get("statements") or [])
    _name_rows(item, data)
    item["slug"] = original.get("slug") or item.get("slug") or slugify(naming_line(item))[:80].strip("-")
    return item


def parse_fields(model: type[Item], data: QueryDict, prefix: str = "") -> dict[str, Any]:
    """Return the fields of a schema that a form holds, by name; `prefix` stands before each name."""
    return {
        field.name: _value(field, data, f"{prefix}{field.name}")
        for field in fields_of(model)
        if field.name != "statements"
    } | ({"statements": []} if "statements" in model.model_fields else {})


def _value(field: SchemaField, data: QueryDict, name: str) -> Any:
    if field.shape is Shape.ROWS and field.rows:
        return [parse_fields(field.rows, data, f"{name}-{at}-") for at in range(_count(data, name))]
    if field.shape is Shape.CELLS:
        start = f"{name}-cell-"
        return {key.removeprefix(start): str(data[key]) for key in data if key.startswith(start)}
    if field.shape is Shape.YES:
        return bool(data.get(name))
    if field.name in TICKED and field.shape is Shape.SLUGS:
        return sorted(set(data.getlist(name)))
    if field.shape in (Shape.LINES, Shape.TEXTS, Shape.SLUGS):
        lines = [*data.get(name, "").splitlines(), *data.get(f"{name}{MORE}", "").splitlines()]
        return [line.strip() for line in lines if line.strip()]
    # Browsers send line breaks as two characters.
    text = data.get(name, "").replace("\r\n", "\n")
    if field.shape is Shape.NUMBER:
        return int(text) if text.strip().isdecimal() else text.strip()
    return text


def _count(data: QueryDict, name: str) -> int:
    text = data.get(f"{name}-count", "0")
    return min(int(text), MOST_ROWS) if text.isdecimal() else 0


def statement_line(statement: Mapping[str, Any]) -> str:
    """Return a statement as one line of a form, its reason behind it."""
    text = " ".join(str(statement.get("text", "")).split())
    why = " ".join(str(statement.get("why", "")).split())
    return f"{text}{REASON_MARK}{why}".rstrip(" ") if why or REASON_MARK in text else text


def parse_statement(line: str, outcome: str) -> dict[str, str]:
    """Return the statement that a line of a form holds."""
    text, mark, why = f"{line.strip()} ".rpartition(REASON_MARK)
    return {"text": text if mark else line.strip(), "outcome": outcome, "why": why.strip() if mark else ""}


def _statements(data: QueryDict, original: list[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The statements of all outcomes. Those that were there keep their order; new ones come last."""
    found = [
        parse_statement(line, key.removeprefix(STATEMENTS).removesuffix(MORE))
        for key in data
        if key.startswith(STATEMENTS)
        for line in str(data[key]).splitlines()
        if line.strip()
    ]
    places = {statement_line(row): at for at, row in enumerate(original)}
    return sorted(found, key=lambda row: places.get(statement_line(row), len(places)))


def _name_rows(item: dict[str, Any], data: QueryDict) -> None:
    """Give rows without a short name one made from their title, and follow renamed rows everywhere."""
    for rows, references in [*REFERENCES.items(), ("traits", ())]:
        names: dict[str, str] = {}
        taken = {str(row.get(key)) for row in item.get(rows) or [] for key in ROW_NAMES if row.get(key)}
        for at, row in enumerate(item.get(rows) or []):
            key = next(name for name in ROW_NAMES if name in row)
            row[key] = row[key].strip() or _free(
                slugify(str(row.get("title") or row.get("text") or "")), taken
            )
            taken.add(row[key])
            was = data.get(f"{rows}-{at}-was", "")
            if was and was != row[key]:
                names[was] = row[key]
        for other, field in references if names else ():
            for row in item.get(other) or []:
                row[field] = _renamed(row.get(field), names)


def _free(name: str, taken: set[str]) -> str:
    """`name`, short, with a number where a fellow has it already."""
    name = name[:60].strip("-")
    if not name or name not in taken:
        return name
    return next(f"{name}-{n}" for n in range(2, MOST_ROWS + 3) if f"{name}-{n}" not in taken)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [names.get(part, part) for part in value]
    return names.get(value, value) if isinstance(value, str) else value
