"""The state of the whole knowledge base: what is due, expired, unowned, never read, and asked for in vain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from enablement.lessons.pieces import KINDS
from enablement.models import Fit, Gap, GapState, Lesson, Person, State, Term
from enablement.trust.facts import Pair, Trust, trust_of
from enablement.trust.owners import FOLLOWING
from enablement.trust.readings import use_of_pieces
from enablement.trust.states import TrustState

# What somebody must answer for; situations and terms are answered for with the piece that they follow.
OWNED_KINDS = tuple(kind for kind in KINDS if kind not in FOLLOWING)
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
    pieces: list[Any] = [piece for kind in OWNED_KINDS for piece in _released(kind, person, lesson)]
    pieces += _lessons(person, lesson)
    trust = trust_of((piece.kind, piece.slug) for piece in pieces)
    use = use_of_pieces()
    for pair, followed in _followed().items():
        use[followed] += use[pair]
    rows = [Row(piece, trust[piece.kind, piece.slug], use[piece.kind, piece.slug]) for piece in pieces]
    return Health(sorted(rows, key=lambda row: (-row.use, row.piece.kind, row.piece.slug)))


def questions_asked() -> list[AskedFor]:
    """Open questions that the knowledge base could not answer, the most asked first, without who asked."""
    gaps = Gap.objects.exclude(state=GapState.CLOSED).values("question")
    counted = gaps.annotate(times=models.Count("pk"), last=models.Max("found_at"))
    return [AskedFor(**row) for row in counted.order_by("-times", "-last")[:MOST_GAPS]]


def _released(kind: str, person: Person, lesson: str) -> models.QuerySet[Any]:
    pieces = KINDS[kind].model.objects.visible_to(person).filter(state=State.RELEASED)
    pieces = pieces.filter(lesson__state=State.RELEASED).select_related("lesson")
    return pieces.filter(lesson__slug=lesson) if lesson else pieces


def _followed() -> dict[Pair, Pair]:
    """Situations and terms by the piece that answers for them: what is used of them weighs there."""
    fits = {("fit", fit): ("card", card) for fit, card in Fit.objects.values_list("slug", "card__slug")}
    terms = Term.objects.values_list("slug", "card__slug", "lesson__slug")
    return fits | {("term", t): ("card", card) if card else ("lesson", lesson) for t, card, lesson in terms}


def _lessons(person: Person, lesson: str) -> models.QuerySet[Lesson]:
    """Lessons themselves: their thesis and summary are given to people like the lines of their pieces."""
    lessons = Lesson.objects.visible_to(person).released()
    return lessons.filter(slug=lesson) if lesson else lessons
