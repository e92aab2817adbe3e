"""A lesson out of the database, as data: what readers see now, and nothing that is still a draft."""

from __future__ import annotations

from typing import Any

from enablement.lessons import schema
from enablement.lessons.canonical import canonical
from enablement.lessons.pieces import KINDS, read_piece
from enablement.models import Card, Lesson, Source, State


def read_lesson(lesson: Lesson) -> schema.LessonItem:
    """Return the released content of `lesson` in its canonical form.

    Retired pieces stay behind, and so do links to them: what comes out can be loaded as it is. Loading needs
    the cards of other lessons that this one names.
    """
    pieces = {kind.plural: _released(name, lesson) for name, kind in KINDS.items()}
    _leave_out_retired_cards(pieces)
    named = _named_sources(pieces)
    sources = Source.objects.filter(lesson=lesson) | Source.objects.filter(slug__in=named)
    return canonical(
        schema.LessonItem.model_validate(
            {
                "slug": lesson.slug,
                "title": lesson.title,
                "thesis": lesson.thesis,
                "summary": lesson.summary,
                "position": lesson.position,
                "sources": [_source(source) for source in sources.distinct()],
                **pieces,
            }
        )
    )


def _released(kind: str, lesson: Lesson) -> list[dict[str, Any]]:
    rows = KINDS[kind].model._default_manager.filter(lesson=lesson, state=State.RELEASED)
    return [read_piece(row).model_dump(mode="json") for row in rows.order_by("position", "slug")]


def _source(source: Source) -> dict[str, Any]:
    names = [name for name in schema.SourceItem.model_fields if name != "slug"]
    told = {name: getattr(source, name) for name in names}
    # One of another kind, from before they were checked, could not be loaded.
    return {"slug": source.slug, **told, "url": source.link}


def _named_sources(value: Any) -> set[str]:
    """Every source that is named anywhere in the pieces."""
    if isinstance(value, list):
        return {slug for child in value for slug in _named_sources(child)}
    if not isinstance(value, dict):
        return set()
    own = set(value.get("sources") or [])
    return own | {slug for child in value.values() for slug in _named_sources(child)}


def _leave_out_retired_cards(pieces: dict[str, list[dict[str, Any]]]) -> None:
    gone = set(Card.objects.exclude(state=State.RELEASED).values_list("slug", flat=True))
    if not gone:
        return
    for plural in ("fits", "analogies"):
        pieces[plural] = [row for row in pieces[plural] if row["card"] not in gone]
    for rows in pieces.values():
        for row in rows:
            _unlink(row, gone)
    pieces["comparisons"] = [row for row in pieces["comparisons"] if len(row["cards"]) > 1]


def _unlink(row: dict[str, Any], gone: set[str]) -> None:
    """Take links to the cards `gone` out of a piece and of the rows inside it."""
    if isinstance(row.get("cards"), list):
        row["cards"] = [slug for slug in row["cards"] if slug not in gone]
    if row.get("card") in gone:
        row["card"] = None
    if isinstance(row.get("cells"), dict):
        row["cells"] = {slug: text for slug, text in row["cells"].items() if slug not in gone}
    for children in row.values():
        for child in children if isinstance(children, list) else ():
            if isinstance(child, dict):
                _unlink(child, gone)
