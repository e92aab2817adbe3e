"""Lessons as data into the database: all of them or, when anything is wrong, nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from enablement import audit
from enablement.lessons import schema
from enablement.lessons.links import LinkError, link_parts
from enablement.lessons.parts import write_parts
from enablement.models import Lesson, Person, Source, State

__all__ = ["LinkError", "content_hash", "load_lessons"]


def content_hash(item: schema.LessonItem) -> str:
    """Return the SHA-256 of everything in a lesson; equal content has equal hashes."""
    return hashlib.sha256(item.model_dump_json().encode()).hexdigest()


def load_lessons(items: Sequence[schema.LessonItem], actor: Person | None = None) -> list[Lesson]:
    """Write lessons and release them. Return the new and the changed; the same data twice changes nothing.

    Lessons may link to one another, in any order. Raises LinkError where a slug leads nowhere.
    """
    known = dict(
        Lesson.objects.filter(slug__in=[item.slug for item in items]).values_list("slug", "content_hash")
    )
    changed = [item for item in items if known.get(item.slug) != content_hash(item)]
    with transaction.atomic():
        lessons = [_write_lesson(item) for item in changed]
        for lesson, item in zip(lessons, changed, strict=True):
            write_parts(lesson, item)
        for lesson, item in zip(lessons, changed, strict=True):
            link_parts(lesson, item)
            audit.record(actor, "load", lesson, after={"content_hash": lesson.content_hash})
    return lessons


def _write_lesson(item: schema.LessonItem) -> Lesson:
    values = {
        "title": item.title,
        "thesis": item.thesis,
        "summary": item.summary,
        "position": item.position,
        "state": State.RELEASED,
        "content_hash": content_hash(item),
    }
    lesson, _ = Lesson.objects.update_or_create(slug=item.slug, defaults=values)
    _write_sources(lesson, item.sources)
    return lesson


def _write_sources(lesson: Lesson, sources: Iterable[schema.SourceItem]) -> None:
    """A source may serve several lessons: it stays with the one that named it first."""
    for source in sources:
        values: dict[str, Any] = source.model_dump(exclude={"slug"})
        Source.objects.update_or_create(
            slug=source.slug, defaults=values, create_defaults={**values, "lesson": lesson}
        )
