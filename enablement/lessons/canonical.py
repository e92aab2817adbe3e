"""One form for a lesson's content, so that equal content has equal hashes wherever it comes from. Pure.

The order of linked slugs, of the keys of a trait's cells, and of cards and sources says nothing: a folder and
the database keep them each in their own order. Everything else is in an order that somebody chose.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from enablement.lessons import schema

_SLUGS = ("cards", "sources", "covers", "signals")


def content_hash(item: schema.LessonItem) -> str:
    """Return the SHA-256 of everything in a lesson; equal content has equal hashes."""
    return data_hash(canonical(item).model_dump(mode="json"))


def data_hash(data: Any) -> str:
    """Return the SHA-256 of plain data, whatever the order of its keys."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(item: schema.LessonItem) -> schema.LessonItem:
    """Return `item` with everything in order whose order says nothing."""
    data = _ordered(item.model_dump(mode="json"))
    for name in ("cards", "sources"):
        data[name] = sorted(data[name], key=lambda row: row["slug"])
    return schema.LessonItem.model_validate(data)


def canonical_piece(item: schema.Item) -> dict[str, Any]:
    """Return one piece as plain data, ordered in the same way."""
    ordered: dict[str, Any] = _ordered(item.model_dump(mode="json"))
    return ordered


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _linked(child) if key in _SLUGS else _ordered(child) for key, child in value.items()}
    return [_ordered(child) for child in value] if isinstance(value, list) else value


def _linked(value: Any) -> Any:
    """Slugs, each once and in alphabetical order; rows that happen to have the same name as they are."""
    if isinstance(value, list) and all(isinstance(row, str) for row in value):
        return sorted(set(value))
    return _ordered(value)
