"""Editing: drafts beside the released text, reviewed, released, restored. Readers see live rows only.

Every verb is a transaction of its own, takes turns with other editors of the same lesson, and is recorded.
Messages of RevisingError are sentences for the editor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from enablement import audit
from enablement.lessons.checking import BadItem, Problem, problems_of
from enablement.lessons.fields import shaped
from enablement.lessons.live import LESSON, as_data, find_live, find_row, item_type, lesson_of, read_live
from enablement.lessons.releasing import bring_back, release, restore, retire, take_back
from enablement.lessons.reviewing import approve, send_back, send_to_review
from enablement.lessons.schema import Item
from enablement.lessons.versions import (
    RevisingError,
    StaleBase,
    StaleEdition,
    add_revision,
    changed_by,
    describe,
    keep_loaded,
    lock_lesson,
    lock_revision,
    open_revision,
    released_revision,
)
from enablement.models import OPEN_STATES, Lesson, Origin, Person, Revision, RevisionState, State
from enablement.texts import tidy_text

__all__ = [
    "BadItem",
    "Problem",
    "RevisingError",
    "StaleBase",
    "StaleEdition",
    "approve",
    "bring_back",
    "discard",
    "new_draft",
    "open_draft",
    "open_revision",
    "problems_of",
    "release",
    "released_revision",
    "restore",
    "retire",
    "save_draft",
    "send_back",
    "send_to_review",
    "take_back",
    "take_over",
    "undo_discard",
]


def open_draft(kind: str, slug: str, person: Person) -> Revision:
    """Return the draft of a piece: the one that is open, or a new one from what readers see.

    Raises RevisingError where there is no such piece.
    """
    row = find_row(kind, slug)
    if row is None:
        return _known_draft(kind, slug)
    with transaction.atomic():
        lesson = lock_lesson(lesson_of(row).pk)
        known = open_revision(kind, slug)
        if known:
            return known
        live = find_live(kind, slug)
        base = keep_loaded(live, kind) if live else None
        item = as_data(read_live(live or row))
        draft = add_revision(lesson, kind, slug, item, base=base, author=person, origin=Origin.EDIT)
        audit.record(person, "draft", draft, after=describe(draft))
    return draft


def new_draft(
    lesson: Lesson,
    kind: str,
    item: Mapping[str, Any] | Item,
    person: Person | None,
    origin: str = Origin.EDIT,
    *,
    reason: str = "",
) -> Revision:
    """Begin a piece that nobody has released yet. `item` may be unfinished, but must have its slug.

    Raises BadItem for what cannot be kept even in a draft, RevisingError where the slug is taken.
    """
    values = _tidy_item(kind, item.model_dump(mode="json") if isinstance(item, Item) else item)
    slug = str(values["slug"])
    with transaction.atomic():
        lock_lesson(lesson.pk)
        if find_row(kind, slug) or open_revision(kind, slug):
            raise RevisingError(
                f"There is a piece called “{slug}” already. Give this one another short name."
            )
        draft = add_revision(lesson, kind, slug, values, author=person, origin=origin, reason=_reason(reason))
        audit.record(person, "draft", draft, after=describe(draft))
    return draft


def save_draft(
    revision: Revision,
    item: Mapping[str, Any],
    *,
    edition: int,
    person: Person,
    reason: str = "",
    complete: bool = False,
) -> Revision:
    """Keep a new text of a draft. `edition` is the one that `person` began from. What waited for review is
    a draft again.

    Raises StaleEdition when somebody saved, released or discarded it in between, BadItem for what cannot be
    kept; with `complete`, also for what is still empty.
    """
    values = _tidy_item(revision.kind, {**item, "slug": revision.slug}, complete=complete)
    with transaction.atomic():
        current = lock_revision(revision)
        if current.edition != edition or current.state not in OPEN_STATES:
            raise StaleEdition(current)
        if values == current.item and _reason(reason) == current.reason:
            return current
        fields = sorted(name for name in values if values[name] != current.item.get(name))
        saved = changed_by(
            current,
            person,
            item=values,
            reason=_reason(reason),
            edition=edition + 1,
            state=RevisionState.DRAFT,
            **({"reviewer": None} if current.state == RevisionState.IN_REVIEW else {}),
        )
        _mirror_new_lesson(saved)
        audit.record(person, "save", saved, after=describe(saved) | {"fields": fields})
    return saved


def take_over(revision: Revision, person: Person) -> Revision:
    """Say that a draft was compared with what readers see now: it may replace that. Raises RevisingError."""
    with transaction.atomic():
        current = lock_revision(revision)
        if current.state not in OPEN_STATES:
            raise RevisingError("This version is no draft any more.")
        current = changed_by(current, person, base=released_revision(current.kind, current.slug))
        audit.record(person, "compare", current, after=describe(current))
    return current


def discard(revision: Revision, person: Person) -> Revision:
    """Put a draft away. Readers see what they saw before. Raises RevisingError."""
    with transaction.atomic():
        current = lock_revision(revision)
        if current.state not in OPEN_STATES:
            raise RevisingError("This version is no draft any more, so there is nothing to discard.")
        current = changed_by(current, person, state=RevisionState.DISCARDED)
        audit.record(person, "discard", current, after=describe(current))
    return current


def undo_discard(revision: Revision, person: Person) -> Revision:
    """Take a discarded draft up again. Raises RevisingError while there is another draft of the piece."""
    with transaction.atomic():
        current = lock_revision(revision)
        if current.state != RevisionState.DISCARDED:
            raise RevisingError("This version was not discarded.")
        if open_revision(current.kind, current.slug):
            raise RevisingError(
                "Another draft of this piece has been begun. Restore this version from its history."
            )
        current = changed_by(current, person, state=RevisionState.DRAFT, reviewer=None)
        audit.record(person, "undo discard", current, after=describe(current))
    return current


def _mirror_new_lesson(revision: Revision) -> None:
    """Until its first release a lesson is called what its draft says: only editors see it."""
    if revision.kind == LESSON:
        words = {name: revision.item[name] for name in ("title", "thesis", "summary")}
        Lesson.objects.filter(pk=revision.lesson_id, state=State.DRAFT).update(**words)


def _known_draft(kind: str, slug: str) -> Revision:
    known = open_revision(kind, slug)
    if known is None:
        raise RevisingError("There is no such piece. It may have been discarded: look at its history.")
    return known


def _tidy_item(kind: str, item: Mapping[str, Any], *, complete: bool = False) -> dict[str, Any]:
    """Return `item` with all its fields and tidy texts. Raises BadItem."""
    values = shaped(item_type(kind), item)
    problems = [p for p in problems_of(kind, values) if complete or not p.unfinished or p.path == ("slug",)]
    if problems:
        raise BadItem(problems)
    return values


def _reason(reason: str) -> str:
    return tidy_text(reason)[:300]
