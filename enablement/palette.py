"""Everything that a person may go to, for the palette: cards, lines of the guide, pages, actions.

Another application adds to it from its `AppConfig.ready()` (context.add_places).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from enablement.at_hand import pinned
from enablement.context import places_of_others
from enablement.models import (
    Analogy,
    Card,
    Comparison,
    Distinction,
    GuideEntry,
    Ladder,
    Lesson,
    Person,
    Script,
    Term,
)

# A site with more pieces than this is searched on the search page, which the palette always offers as well.
MOST = 3_000
# In the order in which equally good ones are offered.
KINDS: list[tuple[Any, str]] = [
    (Card, "Card"),
    (GuideEntry, "Guide"),
    (Comparison, "Comparison"),
    (Distinction, "Telling apart"),
    (Ladder, "Order of steps"),
    (Analogy, "Analogy"),
    (Script, "Spoken answer"),
    (Term, "Glossary"),
]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: what kind it is, its title, its address, and other words that lead to it."""

    kind: str
    title: str
    url: str
    words: str = ""


def places_for(person: Person) -> list[Place]:
    """Return where `person` may go, at most MOST places."""
    # Quizzes and actions are few: of very many pieces some are left to the search.
    return list(islice(chain(places_of_others(person), _pieces(person)), MOST))


def pinned_places(person: Person) -> Iterator[Place]:
    """What the person keeps at hand: it comes before everything else."""
    for piece in pinned(person):
        yield Place("Pinned", getattr(piece, "heading", str(piece)), piece.get_absolute_url(), _words(piece))


def _pieces(person: Person) -> Iterator[Place]:
    lessons = Lesson.objects.visible_to(person)
    yield from (Place("Lesson", one.title, one.get_absolute_url()) for one in lessons)
    ids = tuple(one.pk for one in lessons)
    for model, kind in KINDS:
        for piece in model.objects.visible_to(person, ids).select_related("lesson")[:MOST]:
            yield Place(kind, piece.heading, piece.get_absolute_url(), _words(piece))


def _words(piece: Any) -> str:
    """What people may call it besides its title."""
    if isinstance(piece, GuideEntry):
        return piece.do_say
    return " ".join(getattr(piece, "aliases", None) or [])
