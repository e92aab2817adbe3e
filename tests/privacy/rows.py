"""Rows of any table, filled as little as its columns ask for."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db.models import NOT_PROVIDED, Field, Model
from django.utils import timezone

NUMBERS = count(1)
PLAIN: dict[str, Any] = {
    "TextField": "x",
    "JSONField": [],
    "BooleanField": False,
    "FloatField": 0.5,
    "BinaryField": b"x",
}


def make_row(model: type[Model], **given: Any) -> Any:
    """Make a row of a table; what it must point to is taken from what is there, or made."""
    values = dict(given)
    for field in model._meta.concrete_fields:
        is_left = field.primary_key or field.null or field.blank or _has_default(field)
        if field.name not in values and not is_left:
            values[field.name] = _related(field) if field.is_relation else _value(field)
    return model._default_manager.create(**values)


def _has_default(field: Field[Any, Any]) -> bool:
    return field.default is not NOT_PROVIDED or getattr(field, "auto_now_add", False)


def _related(field: Any) -> Any:
    taken = field.unique
    found = None if taken else field.related_model._default_manager.order_by("pk").first()
    return found or make_row(field.related_model)


def _value(field: Field[Any, Any]) -> Any:
    kind = field.get_internal_type()
    if field.choices:
        return field.choices[0][0]  # type: ignore[index]
    if kind == "DateTimeField":
        return timezone.now()
    if kind == "DateField":
        return timezone.localdate()
    if kind in ("CharField", "SlugField"):
        return f"x{next(NUMBERS)}"
    if field.unique:
        return next(NUMBERS)
    return PLAIN.get(kind, 0)
