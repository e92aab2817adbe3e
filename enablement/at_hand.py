"""What a person has at hand on the home page: the pieces they pinned, and the cards they opened last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from enablement.lessons.live import LESSON
from enablement.models import Card, CardOpening, Person, Pin
from enablement.trust.pieces import visible_pieces

# Kinds of pieces that have a page of their own.
PINNED_KINDS = (LESSON, "card", "guide_entry", "comparison", "analogy", "distinction", "ladder")
# More than fit on the home page without being looked for are no longer at hand.
MOST_PINS = 12
MOST_RECENT = 5


class TooManyPins(ValueError):
    """There is no room for another pin. The message is one sentence for the person."""


def pin_piece(person: Person, kind: str, slug: str) -> None:
    """Keep a piece at hand. Pinned again, it stays as it was. Raises TooManyPins."""
    mine = Pin.objects.visible_to(person)
    if not mine.filter(kind=kind, slug=slug).exists() and len(pinned(person)) >= MOST_PINS:
        raise TooManyPins(f"You have pinned {MOST_PINS}. Take one out first, on its own page.")
    Pin.objects.get_or_create(person=person, kind=kind, slug=slug)


def unpin_piece(person: Person, kind: str, slug: str) -> None:
    """Keep a piece at hand no longer."""
    Pin.objects.visible_to(person).filter(kind=kind, slug=slug).delete()


def is_pinned(person: Person, kind: str, slug: str) -> bool:
    return Pin.objects.visible_to(person).filter(kind=kind, slug=slug).exists()


def pinned(person: Person) -> list[Any]:
    """Return the pinned pieces that the person may see now, in the order of pinning. One query a kind."""
    pairs = list(Pin.objects.visible_to(person).values_list("kind", "slug"))
    found = visible_pieces(person, pairs)
    return [found[pair] for pair in pairs if pair in found]


def lately_opened(person: Person, besides: Iterable[Any] = ()) -> list[Card]:
    """Return the cards that the person opened last, newest first, but for those of `besides`.

    What editors open to work on is not counted, so they have none.
    """
    shown = {(piece.kind, piece.slug) for piece in besides if isinstance(piece, Card)}
    opened = CardOpening.objects.filter(person=person).values("slug").annotate(last=Max("at"))
    # Some may be gone by now; the rest fills up.
    slugs = [row["slug"] for row in opened.order_by("-last")[: MOST_RECENT + MOST_PINS]]
    found = visible_pieces(person, [("card", slug) for slug in slugs])
    pairs = [("card", slug) for slug in slugs if ("card", slug) not in shown]
    return [found[pair] for pair in pairs if pair in found][:MOST_RECENT]
