"""Lessons as data into the database: all of them or, when anything is wrong, nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from enablement import audit
from enablement.lessons import schema
from enablement.lessons.canonical import content_hash
from enablement.lessons.links import LinkError, link_parts
from enablement.lessons.parts import write_parts
from enablement.lessons.reloading import finish_reload, plan_reload
from enablement.models import Lesson, Person, Source, State

__all__ = ["LinkError", "content_hash", "load_lessons"]


def load_lessons(items: Sequence[schema.LessonItem], actor: Person | None = None) -> list[Lesson]:
    """Write lessons and release them. Return the new and the changed; the same data twice changes nothing.

    What was edited here is left as it is: where the data says something new about it, that becomes a draft.
    Lessons may link to one another, in any order. Raises LinkError where a slug leads nowhere.
    """
    known = dict(
        Lesson.objects.filter(slug__in=[item.slug for item in items]).values_list("slug", "content_hash")
    )
    changed = [item for item in items if known.get(item.slug) != content_hash(item)]
    with transaction.atomic():
        plans = [plan_reload(item) for item in changed]
        lessons = [
            _write_lesson(item, content_hash(item), own_words=plan.writes_lesson)
            for item, plan in zip(changed, plans, strict=True)
        ]
        for lesson, plan in zip(lessons, plans, strict=True):
            write_parts(lesson, plan.item)
        for lesson, item, plan in zip(lessons, changed, plans, strict=True):
            link_parts(lesson, plan.item)
            finish_reload(lesson, item, plan)
            audit.record(actor, "load", lesson, after={"content_hash": lesson.content_hash})
    return lessons


def _write_lesson(item: schema.LessonItem, digest: str, *, own_words: bool) -> Lesson:
    """Write a lesson's row and sources; its own words only where they were not edited here."""
    words = {"title": item.title, "thesis": item.thesis, "summary": item.summary, "position": item.position}
    values = {**words, "state": State.RELEASED, "content_hash": digest}
    kept = values if own_words else {"content_hash": digest}
    lesson, _ = Lesson.objects.update_or_create(slug=item.slug, defaults=kept, create_defaults=values)
    _write_sources(lesson, item.sources)
    return lesson


def _write_sources(lesson: Lesson, sources: Iterable[schema.SourceItem]) -> None:
    """A source may serve several lessons: it stays with the one that named it first."""
    for source in sources:
        values: dict[str, Any] = source.model_dump(exclude={"slug"})
        Source.objects.update_or_create(
            slug=source.slug, defaults=values, create_defaults={**values, "lesson": lesson}
        )
