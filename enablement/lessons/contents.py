"""Everything in a lesson as its editors see it: what readers see of each piece, and its draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from enablement.lessons.live import naming_line
from enablement.lessons.pieces import KINDS
from enablement.models import Lesson, LessonPart, Revision

Drafts = dict[tuple[str, str], Revision]


@dataclass(frozen=True, slots=True)
class Line:
    """One piece in the contents of a lesson: what readers see of it, and its draft."""

    kind: str
    slug: str
    name: str
    live: LessonPart | None
    draft: Revision | None


@dataclass(frozen=True, slots=True)
class Group:
    """The pieces of one kind."""

    kind: str
    title: str
    heading: str
    lines: list[Line]


def open_drafts(lesson: Lesson) -> Drafts:
    """The open drafts of a lesson by kind and slug, that of its own words too."""
    rows = Revision.objects.open().filter(lesson=lesson).select_related("author", "base", "lesson")
    return {(row.kind, row.slug): row for row in rows}


def group_of(lesson: Lesson, kind: str, drafts: Drafts) -> Group:
    """The pieces of a kind in their order; those that are drafts only come last."""
    live: list[Any] = list(KINDS[kind].model._default_manager.filter(lesson=lesson))
    lines = [Line(kind, part.slug, str(part), part, drafts.get((kind, part.slug))) for part in live]
    known = {part.slug for part in live}
    lines += [
        Line(kind, slug, naming_line(draft.item), None, draft)
        for (of, slug), draft in drafts.items()
        if of == kind and slug not in known
    ]
    return Group(kind, KINDS[kind].title, _plural(KINDS[kind].title), lines)


def _plural(title: str) -> str:
    return f"{title[:-1]}ies" if title.endswith("y") else f"{title}s"
