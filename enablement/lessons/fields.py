"""The fields of the lesson schema as a form needs them: what shape each has, and what it holds when empty."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import StringConstraints

from enablement.lessons.schema import Item
from enablement.texts import tidy_text

# A text of this many characters at most is written in one line.
LINE_LENGTH = 300


class Shape(StrEnum):
    """What a field holds."""

    LINE = "line"
    TEXT = "text"
    SLUG = "slug"
    NUMBER = "number"
    CHOICE = "choice"
    LINES = "lines"
    TEXTS = "texts"
    SLUGS = "slugs"
    ROWS = "rows"
    CELLS = "cells"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class SchemaField:
    """One field of an item. `rows` is the item of a list of items, `choices` the values of a closed list."""

    name: str
    shape: Shape
    required: bool
    nullable: bool
    rows: type[Item] | None = None
    choices: tuple[str, ...] = ()

    @property
    def empty(self) -> Any:
        """What the field holds when nothing is written in it."""
        if self.shape in (Shape.LINES, Shape.TEXTS, Shape.SLUGS, Shape.ROWS):
            return []
        if self.shape is Shape.CELLS:
            return {}
        if self.shape is Shape.YES:
            return False
        return None if self.nullable else ""


@cache
def fields_of(item: type[Item]) -> tuple[SchemaField, ...]:
    """Return the fields of an item, in the order of the schema."""
    return tuple(_field(name, info) for name, info in item.model_fields.items())


def shaped(item: type[Item], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with every field of `item`, texts tidied, empty rows and lines left out.

    Fields that the schema does not know, and rows that are none, stay, so that checking can name them.
    """
    known = {field.name: field for field in fields_of(item)}
    defaults = {
        name: item.model_fields[name].get_default(call_default_factory=True)
        for name, field in known.items()
        if not field.required and name not in values
    }
    filled = {name: field.empty for name, field in known.items()} | defaults | dict(values)
    return {name: _shape(known[name], value) if name in known else value for name, value in filled.items()}


def is_blank(value: Any) -> bool:
    """Whether nothing is written anywhere in `value`."""
    if isinstance(value, Mapping):
        return all(is_blank(part) for part in value.values())
    if isinstance(value, list):
        return all(is_blank(part) for part in value)
    return value is None or value is False or value == ""


def _shape(field: SchemaField, value: Any) -> Any:
    if field.shape is Shape.ROWS and field.rows and isinstance(value, list):
        rows = [shaped(field.rows, row) if isinstance(row, Mapping) else row for row in value]
        return [row for row in rows if not is_blank(row)]
    if isinstance(value, list):
        return [text for part in value if (text := _tidy(part)) not in ("", None)]
    if isinstance(value, Mapping):
        return {key: text for key, part in value.items() if (text := _tidy(part)) not in ("", None)}
    value = _tidy(value)
    return field.empty if value == "" else value


def _tidy(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return tidy_text(value) if isinstance(value, str) else value


def _field(name: str, info: Any) -> SchemaField:
    annotation, nullable = _without_none(info.annotation)
    shape, rows, choices = _shape_of(annotation, list(info.metadata))
    return SchemaField(name, shape, info.is_required(), nullable, rows, choices)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [part for part in get_args(annotation) if part is not type(None)]
        return inner[0], True
    return annotation, False


def _shape_of(annotation: Any, metadata: list[Any]) -> tuple[Shape, type[Item] | None, tuple[str, ...]]:
    if get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
    if get_origin(annotation) is dict:
        return Shape.CELLS, None, ()
    if get_origin(annotation) is list:
        (inner,) = get_args(annotation)
        if isinstance(inner, type) and issubclass(inner, Item):
            return Shape.ROWS, inner, ()
        of, _, _ = _shape_of(inner, [])
        return {Shape.SLUG: Shape.SLUGS, Shape.TEXT: Shape.TEXTS}.get(of, Shape.LINES), None, ()
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Shape.CHOICE, None, tuple(member.value for member in annotation)
    if get_origin(annotation) is Literal:
        return Shape.CHOICE, None, get_args(annotation)
    if annotation in (int, bool):
        return Shape.NUMBER if annotation is int else Shape.YES, None, ()
    limits = next((mark for mark in metadata if isinstance(mark, StringConstraints)), None)
    if limits and limits.pattern:
        return Shape.SLUG, None, ()
    if limits and (limits.max_length or 0) > LINE_LENGTH:
        return Shape.TEXT, None, ()
    return Shape.LINE, None, ()
