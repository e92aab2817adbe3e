"""Every text of a lesson that somebody reads, with where it stands and whose voice it is in. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from enablement.lessons import schema

PIECES = {
    "cards": "card",
    "fits": "fit",
    "comparisons": "comparison",
    "guide_entries": "guide_entry",
    "analogies": "analogy",
    "distinctions": "distinction",
    "ladders": "ladder",
    "scripts": "script",
    "terms": "term",
    "disagreements": "disagreement",
}
# Names and examples, not prose that the lesson vouches for.
NOT_READ = frozenset(
    {"slug", "name", "kind", "card", "cards", "sources", "covers", "aliases", "statements", "signals_of"}
    | {"yes_question", "yes_step", "no_question", "no_step", "outcome"}
)
PHRASINGS = frozenset({"breaks", "fine"})
# What quotes others (the line to avoid, a buyer's question, a source's position), and mere names.
QUOTED = frozenset({"dont_say", "question", "stance", "example", "help", "term"})


@dataclass(frozen=True, slots=True)
class Said:
    """One text: `sources` are those of its row or, where the row has none, of its piece.

    `is_ours` is false for what the lesson quotes in order to answer it.
    """

    lesson: str
    piece: str
    field: str
    text: str
    sources: tuple[str, ...]
    is_ours: bool


def readable_texts(lesson: schema.LessonItem) -> Iterator[Said]:
    """Yield every text of `lesson` that a reader meets, its own thesis and summary first."""
    for field in ("thesis", "summary"):
        yield Said(lesson.slug, f"lesson:{lesson.slug}", field, getattr(lesson, field), (), True)
    for plural, kind in PIECES.items():
        for item in getattr(lesson, plural):
            piece = f"{kind}:{item.slug}"
            skipped = NOT_READ | PHRASINGS if kind == "guide_entry" else NOT_READ
            for field, text, sources in _texts(item.model_dump(mode="json"), skipped, ()):
                is_ours = not QUOTED & set(field.split("."))
                yield Said(lesson.slug, piece, field, text, sources, is_ours)


def _texts(
    row: dict[str, Any], skipped: frozenset[str], sources: tuple[str, ...]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    own = tuple(row.get("sources") or ()) or sources
    for name, value in row.items():
        if name in skipped:
            continue
        if isinstance(value, str) and value:
            yield name, value, own
        for step, child in _children(value):
            if isinstance(child, str):
                yield f"{name}.{step}", child, own
            elif isinstance(child, dict):
                for rest, text, named in _texts(child, skipped, own):
                    yield f"{name}.{step}.{rest}", text, named


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    """The rows of a list by name or number, the cells of a mapping by key."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        for index, child in enumerate(value, 1):
            named = child.get("slug") or child.get("name") if isinstance(child, dict) else None
            yield str(named or index), child
