"""The state of the whole knowledge base: what is due, expired, unowned, never read, and asked for in vain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from enablement.lessons.pieces import KINDS
from enablement.models import Gap, Person, State
from enablement.trust.facts import Trust, trust_of
from enablement.trust.readings import use_of_pieces
from enablement.trust.states import TrustState

# What somebody must answer for. A situation belongs to its card; a term is a word.
OWNED_KINDS = tuple(kind for kind in KINDS if kind not in ("fit", "term"))
MOST_GAPS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A released piece, who vouches for it, and how often it was used in the last 90 days."""

    piece: Any
    trust: Trust
    use: int

    @property
    def pair(self) -> str:
        """The piece's name in a form."""
        return f"{self.piece.kind}:{self.piece.slug}"


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A question that could not be answered, how often it was asked, and when last."""

    question: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Health:
    """Every piece that needs an owner, the most used ones first."""

    rows: Sequence[Row]

    def in_state(self, state: TrustState) -> list[Row]:
        return [row for row in self.rows if row.trust.state == state]

    @property
    def never_read(self) -> list[Row]:
        return [row for row in self.rows if row.use == 0]

    @property
    def trusted(self) -> int | None:
        """How much of what is used somebody vouches for, in per cent; None where nothing was used."""
        return per_cent(self._vouched("use"), sum(row.use for row in self.rows))

    @property
    def verified_share(self) -> int | None:
        """How many of the pieces somebody vouches for, in per cent, each counting once."""
        return per_cent(self._vouched(""), len(self.rows))

    def _vouched(self, weight: str) -> int:
        holding = (TrustState.VERIFIED, TrustState.DUE)
        return sum(row.use if weight else 1 for row in self.rows if row.trust.state in holding)


def per_cent(part: int, whole: int) -> int | None:
    """`part` of `whole` in whole per cent, rounded down: 99.9 is not all."""
    return part * 100 // whole if whole else None


def health_of(person: Person, lesson: str = "") -> Health:
    """The health of everything released that `person` may see, or of one lesson (its slug)."""
    pieces = [piece for kind in OWNED_KINDS for piece in _released(kind, person, lesson)]
    trust = trust_of((piece.kind, piece.slug) for piece in pieces)
    use = use_of_pieces()
    rows = [Row(piece, trust[piece.kind, piece.slug], use[piece.kind, piece.slug]) for piece in pieces]
    return Health(sorted(rows, key=lambda row: (-row.use, row.piece.kind, row.piece.slug)))


def questions_asked() -> list[AskedFor]:
    """Open questions that the knowledge base could not answer, the most asked first, without who asked."""
    gaps = Gap.objects.filter(closed_at=None).values("question")
    counted = gaps.annotate(times=models.Count("pk"), last=models.Max("found_at"))
    return [AskedFor(**row) for row in counted.order_by("-times", "-last")[:MOST_GAPS]]


def _released(kind: str, person: Person, lesson: str) -> models.QuerySet[Any]:
    pieces = KINDS[kind].model.objects.visible_to(person).filter(state=State.RELEASED)
    pieces = pieces.filter(lesson__state=State.RELEASED).select_related("lesson")
    return pieces.filter(lesson__slug=lesson) if lesson else pieces
