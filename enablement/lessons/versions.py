"""What every verb of editing stands on: one lock a lesson, numbers without gaps, the first version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enablement.lessons.live import as_data, find_live, lesson_of, read_live
from enablement.models import Lesson, LessonPart, Origin, Person, Revision, RevisionState


class RevisingError(Exception):
    """Something that cannot be done now. The message is one sentence for the editor."""


class StaleEdition(RevisingError):
    """Somebody saved in between. `current` holds what is there now; nothing was overwritten."""

    def __init__(self, current: Revision) -> None:
        super().__init__("Somebody else saved this while you wrote. Both texts are kept: compare them.")
        self.current = current


class StaleBase(RevisingError):
    """Another text was released after this draft was begun. `released` is the version that readers see."""

    def __init__(self, released: Revision) -> None:
        super().__init__(
            "What readers see has changed since this draft was begun. Compare the two before you release it."
        )
        self.released = released


def lock_lesson(lesson_id: int) -> Lesson:
    """Have the lesson's editors take turns. Call it in a transaction."""
    return Lesson.objects.select_for_update(no_key=True).get(pk=lesson_id)


def lock_revision(revision: Revision) -> Revision:
    """Return the revision as it is now, with nobody else at its lesson."""
    lock_lesson(revision.lesson_id)
    return Revision.objects.select_related("lesson", "author", "reviewer").get(pk=revision.pk)


def released_revision(kind: str, slug: str) -> Revision | None:
    """Return the version that readers see; None where the piece was never edited here, or never released."""
    return Revision.objects.filter(kind=kind, slug=slug, state=RevisionState.RELEASED).first()


def open_revision(kind: str, slug: str) -> Revision | None:
    """Return the draft of a piece, or the one that waits for review."""
    return Revision.objects.open().filter(kind=kind, slug=slug).first()


def add_revision(lesson: Lesson, kind: str, slug: str, item: Mapping[str, Any], **values: Any) -> Revision:
    """Write the next version of a piece. The lesson is locked."""
    last = Revision.objects.of(kind, slug).values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        lesson=lesson, kind=kind, slug=slug, item=dict(item), number=last + 1, **values
    )


def keep_loaded(live: LessonPart | Lesson, kind: str) -> Revision:
    """Return the released version of a live piece, writing down what was loaded if nothing was kept yet."""
    known = released_revision(kind, live.slug)
    if known:
        return known
    return add_revision(
        lesson_of(live),
        kind,
        live.slug,
        as_data(read_live(live)),
        state=RevisionState.RELEASED,
        origin=Origin.LOADED,
        released_at=live.updated_at,
    )


def is_untouched(revision: Revision) -> bool:
    """Whether a draft was opened and nothing was written in it."""
    if revision.origin != Origin.EDIT or revision.edition > 1 or revision.base is None:
        return False
    return bool(revision.item == revision.base.item)


def describe(revision: Revision) -> dict[str, Any]:
    """Return what the audit keeps of a version."""
    return {"kind": revision.kind, "number": revision.number, "edition": revision.edition}


def live_of(revision: Revision) -> LessonPart | Lesson | None:
    """Return the live row that the revision is a version of; None before the first release."""
    return find_live(revision.kind, revision.slug)


def changed_by(revision: Revision, person: Person | None, **values: Any) -> Revision:
    """Set columns of a revision and save it; a changed text makes `person` its author."""
    for name, value in values.items():
        setattr(revision, name, value)
    if "item" in values:
        revision.author = person
    revision.save()
    return revision
