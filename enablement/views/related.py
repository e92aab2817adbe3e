"""The headings of everything that belongs to a card, in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models

from enablement.models import (
    Analogy,
    Card,
    Comparison,
    GuideEntry,
    Lesson,
    LessonPart,
    Person,
    Script,
    Term,
)


@dataclass(frozen=True, slots=True)
class Related:
    """A kind of piece: the field that names it, and how it is found from the card."""

    model: type[LessonPart]
    name: str
    to: str


KINDS = (
    Related(Card, "title", "lesson__card"),
    Related(Comparison, "title", "cards"),
    Related(GuideEntry, "dont_say", "cards"),
    Related(Analogy, "title", "card"),
    Related(Script, "question", "cards"),
    Related(Term, "term", "card"),
)


def related_to(card: Card, person: Person, lessons: Collection[int]) -> dict[str, list[LessonPart]]:
    """Return, by kind, what `person` may see of a card's belongings, in the order of the lessons.

    The pieces know their slug, the line that names them and their lesson's slug: enough for a link. `card`
    are all cards of its lesson. `lessons` are the ids that Lesson.objects.visible_ids gave for the request.
    """
    rows = [_rows(kind, card, person, lessons) for kind in KINDS]
    found: Any = rows[0].union(*rows[1:], all=True)
    pieces: dict[str, list[LessonPart]] = defaultdict(list)
    known = {kind.model.kind: kind for kind in KINDS}
    for name, _, _, slug, title, lesson in sorted(found):
        kind = known[name]
        pieces[name].append(kind.model(slug=slug, lesson=Lesson(slug=lesson), **{kind.name: title}))
    return pieces


def _rows(kind: Related, card: Card, person: Person, lessons: Collection[int]) -> models.QuerySet[LessonPart]:
    pieces = kind.model.objects.visible_to(person, lessons).filter(**{kind.to: card}).order_by()
    return pieces.values_list(
        models.Value(kind.model.kind), "lesson__position", "position", "slug", kind.name, "lesson__slug"
    )
