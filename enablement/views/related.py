"""The headings of everything that belongs to a card, in one query.

In SQL, made once: six querysets joined take longer to build than to run, on the page that is opened most. Who
sees what is as PartQuerySet.visible_to has it: the lessons one may see, and drafts for editors alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any

from django.db import connection

from enablement.models import Analogy, Card, Comparison, GuideEntry, Lesson, LessonPart, Person, Script, Term
from enablement.roles import may_edit

# The kinds, each with the field that names a piece and the one that leads to the card.
KINDS: dict[str, tuple[type[LessonPart], str, str]] = {
    "card": (Card, "title", ""),
    "comparison": (Comparison, "title", "cards"),
    "guide_entry": (GuideEntry, "dont_say", "cards"),
    "analogy": (Analogy, "title", "card"),
    "script": (Script, "question", "cards"),
    "term": (Term, "term", "card"),
}


def related_to(card: Card, person: Person, lessons: Collection[int]) -> dict[str, list[LessonPart]]:
    """Return, by kind, what `person` may see of a card's belongings, in the order of the lessons.

    The pieces know their slug, the line that names them and their lesson's slug: enough for a link. `card`
    are all cards of its lesson. `lessons` are the ids that Lesson.objects.visible_ids gave for the request.
    """
    values: dict[str, Any] = {
        "card": card.pk,
        "lesson": card.lesson_id,
        "lessons": list(lessons),
        "drafts_too": may_edit(person),
    }
    with connection.cursor() as cursor:
        cursor.execute(_sql(), values)
        rows = cursor.fetchall()
    pieces: dict[str, list[LessonPart]] = defaultdict(list)
    for kind, _, _, slug, name, lesson in sorted(rows):
        model, field, _ = KINDS[kind]
        pieces[kind].append(model(slug=slug, lesson=Lesson(slug=lesson), **{field: name}))
    return pieces


@cache
def _sql() -> str:
    return " UNION ALL ".join(_select(kind, *rest) for kind, rest in KINDS.items())


def _select(kind: str, model: type[LessonPart], name: str, to: str) -> str:
    """One kind's part of the query; all names are those of our own models."""
    join, where = _way(model, to)
    return (
        f"SELECT '{kind}', l.position, p.position, p.slug, p.{name}, l.slug"
        f" FROM {model._meta.db_table} p JOIN enablement_lesson l ON l.id = p.lesson_id {join}"
        f" WHERE {where} AND p.lesson_id = ANY(%(lessons)s)"
        f" AND (%(drafts_too)s OR p.state = 'released')"
    )


def _way(model: type[LessonPart], to: str) -> tuple[str, str]:
    """How a piece is found from the card: by its lesson, its column, or the table between them."""
    if not to:
        return "", "p.lesson_id = %(lesson)s"
    field: Any = model._meta.get_field(to)
    if not field.many_to_many:
        return "", f"p.{field.column} = %(card)s"
    between = f"JOIN {field.m2m_db_table()} b ON b.{field.m2m_column_name()} = p.id"
    return between, f"b.{field.m2m_reverse_name()} = %(card)s"
