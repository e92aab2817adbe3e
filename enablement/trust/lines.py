"""The lines of a piece that people are given, by the names that passages and deliveries use. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enablement.lessons import schema

# Kinds whose lines are plain fields of the item.
_PLAIN = {
    "lesson": ("thesis", "summary"),
    "card": ("summary", "what_it_is", "what_it_does", "where_it_comes_from", "what_makes_it_distinct"),
    "fit": ("text", "example"),
    "comparison": ("summary",),
    "guide_entry": ("do_say", "why", "dont_say"),
    "analogy": ("mapping", "caution", "familiar"),
    "ladder": ("summary",),
    "script": ("answer",),
    "term": ("meaning",),
    "disagreement": ("house_position",),
}


def lines_of(kind: str, item: schema.Item) -> dict[str, str]:
    """Return field to text for everything in `item` that may be quoted; a field without text is left out."""
    lines = [(name, getattr(item, name, "")) for name in _PLAIN.get(kind, ())]
    lines += _NESTED[kind](item) if kind in _NESTED else []
    return {field: text for field, text in lines if text}


def field_name(field: str) -> str:
    """A field as a delivery names it (`lock.say`), by the name that passages use (`lock:say`)."""
    return field.replace(".", ":")


def _of_comparison(item: Any) -> Iterator[tuple[str, str]]:
    for trait in item.traits:
        yield f"{trait.slug}:claim", trait.claim
        yield f"{trait.slug}:explanation", trait.explanation
        for card, text in trait.cells.items():
            yield f"{trait.slug}:cell-{card}", text


def _of_analogy(item: Any) -> Iterator[tuple[str, str]]:
    """The points, numbered as they are stored: where it breaks, then where it holds."""
    points = [("breaks", text) for text in item.breaks] + [("holds", text) for text in item.holds]
    for number, (side, text) in enumerate(points):
        yield f"{side}-{number}", text


def _of_distinction(item: Any) -> Iterator[tuple[str, str]]:
    for outcome in item.outcomes:
        for field in ("meaning", "remedy", "say", "dont_say", "next_question"):
            yield f"{outcome.name}:{field}", getattr(outcome, field)


def _of_ladder(item: Any) -> Iterator[tuple[str, str]]:
    for step in item.steps:
        for field in ("text", "cost", "stop_when"):
            yield f"{step.slug}:{field}", getattr(step, field)


_NESTED = {
    "comparison": _of_comparison,
    "analogy": _of_analogy,
    "distinction": _of_distinction,
    "ladder": _of_ladder,
}
