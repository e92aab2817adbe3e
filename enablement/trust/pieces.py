"""Pieces by name, and what to call them."""

from __future__ import annotations

from typing import Any

from enablement.lessons.live import find_row
from enablement.lessons.pieces import KINDS


class UnknownPiece(Exception):
    """There is no piece by that name."""


def piece_of(kind: str, slug: str) -> Any:
    """The row of a piece, or the lesson itself. Raises UnknownPiece."""
    row = find_row(kind, slug) if kind == "lesson" or kind in KINDS else None
    if row is None:
        raise UnknownPiece(f"There is no {kind} “{slug}”.")
    return row


def title_of(piece: Any) -> str:
    """The line that names a piece."""
    return str(getattr(piece, "heading", piece))


def named(piece: Any) -> str:
    """The line that names a piece, in quotation marks unless it has some."""
    title = title_of(piece)
    return title if "“" in title else f"“{title}”"
