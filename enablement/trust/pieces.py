"""Pieces by name, and what to call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from enablement.lessons.live import LESSON, find_row
from enablement.lessons.pieces import KINDS
from enablement.models import Lesson, Person


class UnknownPiece(Exception):
    """There is no piece by that name."""


def piece_of(kind: str, slug: str) -> Any:
    """The row of a piece, or the lesson itself. Raises UnknownPiece."""
    row = find_row(kind, slug) if kind == "lesson" or kind in KINDS else None
    if row is None:
        raise UnknownPiece(f"There is no {kind} “{slug}”.")
    return row


def visible_pieces(person: Person, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """Return those pieces of (kind, slug) that the person may see, by that pair. One query a kind."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, slug in pairs:
        by_kind[kind].append(slug)
    found = {}
    for kind, slugs in by_kind.items():
        rows: Any = Lesson.objects if kind == LESSON else KINDS[kind].model._default_manager
        for piece in rows.visible_to(person).filter(slug__in=slugs):
            found[kind, piece.slug] = piece
    return found


def title_of(piece: Any) -> str:
    """The line that names a piece."""
    return str(getattr(piece, "heading", piece))


def named(piece: Any) -> str:
    """The line that names a piece, in quotation marks unless it has some."""
    title = title_of(piece)
    return title if "“" in title else f"“{title}”"
