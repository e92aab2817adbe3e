"""A lesson made here: begun, switched to review, released as a whole, given its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from enablement import audit
from enablement.lessons.checking import BadItem, Problem
from enablement.lessons.fields import shaped
from enablement.lessons.links import LinkError
from enablement.lessons.live import LESSON, LessonWords, find_row
from enablement.lessons.pieces import KINDS
from enablement.lessons.releasing import release
from enablement.lessons.versions import (
    RevisingError,
    add_revision,
    describe,
    is_untouched,
    lock_lesson,
    open_revision,
)
from enablement.models import Lesson, LessonPart, Person, Revision, Source, State

MAX_SLUG = 80


@dataclass(frozen=True, slots=True)
class Released:
    """What a release of a whole lesson came to: the versions released, and the drafts left, each with why."""

    released: list[Revision]
    left: list[tuple[Revision, str]]


def begin_lesson(item: Mapping[str, Any], person: Person) -> Revision:
    """Make a lesson that only editors see, with a draft of its own words.

    Raises BadItem for a short name that is taken or cannot be one.
    """
    values = shaped(LessonWords, item)
    slug = str(values["slug"])
    if not slug or slugify(slug) != slug or slug == "new":
        raise BadItem([Problem(("slug",), "Use small letters, digits and single hyphens.", False)])
    if not values["title"]:
        raise BadItem([Problem(("title",), "A lesson needs a title before it can be kept.", False)])
    with transaction.atomic():
        words = {name: values[name] for name in ("title", "thesis", "summary")}
        lesson, made = Lesson.objects.get_or_create(
            slug=slug, defaults={**words, "position": _next_place(), "state": State.DRAFT}
        )
        if not made:
            raise BadItem([Problem(("slug",), "Another lesson has this name already.", False)])
        values["position"] = lesson.position
        draft = add_revision(lesson, LESSON, slug, values, author=person)
        audit.record(person, "draft", draft, after=describe(draft))
    return draft


def free_slug(kind: str, wanted: str) -> str:
    """Return `wanted` as a short name that no piece of this kind has, with a number behind it if need be."""
    base = slugify(wanted)[: MAX_SLUG - 4].strip("-") or kind.replace("_", "-")
    name, number = base, 2
    while find_row(kind, name) or open_revision(kind, name):
        name, number = f"{base}-{number}", number + 1
    return name


def set_review(lesson: Lesson, needed: bool, person: Person) -> None:
    """Say whether a second person has to approve each change to a lesson."""
    with transaction.atomic():
        before = {"needs_review": lesson.needs_review}
        Lesson.objects.filter(pk=lesson.pk).update(needs_review=needed)
        audit.record(person, "set review", lesson, before=before, after={"needs_review": needed})


def release_lesson(lesson: Lesson, person: Person) -> Released:
    """Release every draft of a lesson that is ready: cards before what points to them, its own words last.

    Drafts in which nothing was written stay as they are.
    """
    order = [*KINDS, LESSON]
    rows = Revision.objects.filter(lesson=lesson).open().select_related("base", "lesson")
    drafts = sorted(
        (row for row in rows if not is_untouched(row)), key=lambda row: (order.index(row.kind), row.pk)
    )
    released: list[Revision] = []
    left: list[tuple[Revision, str]] = []
    for draft in drafts:
        try:
            released.append(release(draft, person))
        except (RevisingError, BadItem, LinkError) as error:
            left.append((draft, str(error)))
    return Released(released, left)


def move_piece(piece: LessonPart, way: str, person: Person) -> tuple[int, int]:
    """Move a piece `up`, `down` or to the `top` among its fellows. Return its place from 1, and of how many.

    The order is no text, so readers see it at once. Situations move among those of their card.
    """
    with transaction.atomic():
        lock_lesson(piece.lesson_id)
        rows = list(type(piece)._default_manager.filter(lesson=piece.lesson_id).order_by("position", "slug"))
        fellows = [row for row in rows if getattr(row, "card_id", 0) == getattr(piece, "card_id", 0)]
        fellows = fellows if piece.kind == "fit" else rows
        at = [row.pk for row in fellows].index(piece.pk)
        to = {"up": max(0, at - 1), "down": min(len(fellows) - 1, at + 1), "top": 0}.get(way, at)
        if to != at:
            place = rows.index(fellows[to])
            rows.insert(place, rows.pop(rows.index(fellows[at])))
            for number, row in enumerate(rows):
                type(piece)._default_manager.filter(pk=row.pk).update(position=number)
            audit.record(person, "move", piece, before={"place": at + 1}, after={"place": to + 1})
    return to + 1, len(fellows)


SOURCE_FIELDS: Final = ("title", "publisher", "url", "year", "note")


def save_source(
    lesson: Lesson, values: Mapping[str, Any], person: Person, source: Source | None = None
) -> Source:
    """Add a source to a lesson, or change one. A source has no versions: it is a reference, not a line."""
    with transaction.atomic():
        verb = "change" if source else "add"
        kept = source or Source(lesson=lesson, slug=_free_source_slug(str(values["title"])))
        for name in SOURCE_FIELDS:
            setattr(kept, name, values[name])
        # The text of its document is not this form's to write.
        kept.save(update_fields=SOURCE_FIELDS if source else None)
        audit.record(person, verb, kept, after={"title": kept.title})
    return kept


def _next_place() -> int:
    last = Lesson.objects.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def _free_source_slug(title: str) -> str:
    base = slugify(title)[: MAX_SLUG - 4].strip("-") or "source"
    name, number = base, 2
    while Source.objects.filter(slug=name).exists():
        name, number = f"{base}-{number}", number + 1
    return name
