"""The released text of a piece, whatever its kind, and a lesson's own words as a piece like the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enablement.lessons import schema
from enablement.lessons.canonical import canonical_piece
from enablement.lessons.pieces import KINDS, find_piece, read_piece, write_piece
from enablement.models import Lesson, LessonPart, State

LESSON = "lesson"
# What names a piece in a list, by the field that its kind has.
NAMING = ("title", "term", "dont_say", "question")


class LessonWords(schema.Item):
    """A lesson's own title, thesis and summary; `position` is its place among the lessons."""

    slug: schema.Slug
    title: schema.Line
    thesis: schema.Text
    summary: schema.Text
    position: int = 1


def item_type(kind: str) -> type[schema.Item]:
    """Return the schema of a kind of piece. KeyError for an unknown kind."""
    return LessonWords if kind == LESSON else KINDS[kind].item


def kind_title(kind: str) -> str:
    """Return the name of a kind as people read it."""
    return "Lesson" if kind == LESSON else KINDS[kind].title


def find_row(kind: str, slug: str) -> LessonPart | Lesson | None:
    """Return the row of a piece, released or not, or None. KeyError for an unknown kind."""
    return Lesson.objects.filter(slug=slug).first() if kind == LESSON else find_piece(kind, slug)


def find_live(kind: str, slug: str) -> LessonPart | Lesson | None:
    """Return the row of a piece that readers see, or saw until it was retired. KeyError as above."""
    row = find_row(kind, slug)
    return row if row is not None and row.state in (State.RELEASED, State.ARCHIVED) else None


def lesson_of(live: LessonPart | Lesson) -> Lesson:
    """Return the lesson that a live row belongs to."""
    return live if isinstance(live, Lesson) else live.lesson


def read_live(live: LessonPart | Lesson) -> schema.Item:
    """Return a live row as data."""
    if isinstance(live, LessonPart):
        return read_piece(live)
    names = LessonWords.model_fields
    return LessonWords.model_validate({name: getattr(live, name) for name in names})


def write_live(lesson: Lesson, kind: str, item: schema.Item) -> LessonPart | Lesson:
    """Make the live row equal to `item` and release it. Raises LinkError; call it in a transaction."""
    if kind != LESSON:
        return write_piece(lesson, kind, item)
    values = item.model_dump(exclude={"slug"})
    Lesson.objects.filter(pk=lesson.pk).update(**values, state=State.RELEASED)
    lesson.refresh_from_db()
    return lesson


def naming_line(item: Mapping[str, Any]) -> str:
    """Return the line that names a piece in a list: its title, its term, what not to say."""
    return next((str(item[name]) for name in NAMING if item.get(name)), str(item.get("slug", "")))


def as_data(item: schema.Item) -> dict[str, Any]:
    """Return a piece as it is kept in a revision."""
    return canonical_piece(item)
