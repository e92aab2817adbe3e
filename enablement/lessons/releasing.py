"""What readers see: release a draft, restore an earlier version, retire a piece and bring it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from enablement import audit
from enablement.lessons.checking import BadItem, problems_of
from enablement.lessons.live import LESSON, as_data, find_live, item_type, lesson_of, read_live, write_live
from enablement.lessons.reviewing import is_approved
from enablement.lessons.schema import Item
from enablement.lessons.versions import (
    RevisingError,
    StaleBase,
    add_revision,
    changed_by,
    describe,
    keep_loaded,
    live_of,
    lock_lesson,
    lock_revision,
    open_revision,
    released_revision,
)
from enablement.models import (
    OPEN_STATES,
    AuditEvent,
    Lesson,
    LessonPart,
    Origin,
    Person,
    Revision,
    RevisionState,
    State,
)
from enablement.outbox import add_work
from enablement.trust.recalls import recall_changed_lines
from enablement.trust.verifying import after_release


def release(revision: Revision, person: Person, *, changes_meaning: bool | None = None) -> Revision:
    """Make a draft what readers see. `changes_meaning` None: the texts decide who hears of a correction.

    Raises RevisingError (not reviewed, or no draft any more), StaleBase, BadItem, LinkError.
    """
    with transaction.atomic():
        current = lock_revision(revision)
        _must_be_releasable(current)
        live = live_of(current)
        former = keep_loaded(live, current.kind) if live else None
        if former and current.base_id != former.pk:
            raise StaleBase(former)
        old = read_live(live) if live else None
        new = item_type(current.kind).model_validate(current.item)
        write_live(current.lesson, current.kind, new)
        if former:
            Revision.objects.filter(pk=former.pk).update(state=RevisionState.SUPERSEDED)
        current.item = as_data(new)
        changed_by(current, person, state=RevisionState.RELEASED, released_at=timezone.now())
        _follow(current, old, new, person, changes_meaning)
        audit.record(
            person,
            "release",
            current,
            before={"state": live.state if live else None},
            after=describe(current) | {"reason": current.reason},
        )
    return current


def restore(old: Revision, person: Person) -> Revision:
    """Begin a draft with the text of an earlier version. Raises RevisingError while another draft is open."""
    with transaction.atomic():
        lesson = lock_lesson(old.lesson_id)
        known = open_revision(old.kind, old.slug)
        if known:
            raise RevisingError(
                f"There is a draft of this piece already, begun by {known.author or 'nobody'}."
            )
        live = live_of(old)
        draft = add_revision(
            lesson,
            old.kind,
            old.slug,
            old.item,
            base=keep_loaded(live, old.kind) if live else None,
            author=person,
            origin=Origin.RESTORED,
            reason=f"Version {old.number} again.",
        )
        audit.record(person, "restore", draft, after=describe(draft) | {"from": old.number})
    return draft


def take_back(revision: Revision, person: Person) -> Revision | None:
    """Undo a release: readers see the text before it again, as a new version, or nothing where it was new.

    Those who were given the line in between hear that it changed or was withdrawn. Return the new version.
    Raises RevisingError once another version was released or begun, and where somebody has to approve it.
    """
    with transaction.atomic():
        current = lock_revision(revision)
        if current.state != RevisionState.RELEASED or current.origin == Origin.LOADED:
            raise RevisingError(
                "Readers see another version by now. Restore the one you want in the history."
            )
        if current.base is not None and _was_seen(current):
            return release(restore(current.base, person), person)
        if open_revision(current.kind, current.slug):
            raise RevisingError("A newer draft of this has been begun. Release or discard that one first.")
        retire(current.kind, current.slug, person, tell=True)
    return None


def _was_seen(revision: Revision) -> bool:
    """Whether readers saw the piece before this version was released: it was there and not retired.

    Where the record does not say, a version that stands on another one had readers.
    """
    events = AuditEvent.objects.filter(kind="revision", subject=revision.slug, verb="release")
    event = events.filter(after__kind=revision.kind, after__number=revision.number).first()
    return event is None or event.before is None or event.before.get("state") == State.RELEASED


def retire(kind: str, slug: str, person: Person, *, tell: bool = False) -> None:
    """Take a piece away from readers; its text and its history stay. Raises RevisingError.

    `tell`: people who were given a line of it hear that it was withdrawn.
    """
    with transaction.atomic():
        live = _set_state(kind, slug, person, State.ARCHIVED, "retire")
        if tell:
            recall_changed_lines(read_live(live), None, keep_loaded(live, kind), person)


def bring_back(kind: str, slug: str, person: Person) -> None:
    """Show a retired piece to readers again, as it was. Raises RevisingError."""
    _set_state(kind, slug, person, State.RELEASED, "bring back")


def is_stale(revision: Revision) -> bool:
    """Whether another text was released after the draft was begun."""
    released = released_revision(revision.kind, revision.slug)
    return released is not None and revision.base_id != released.pk


def _must_be_releasable(revision: Revision) -> None:
    if revision.state not in OPEN_STATES:
        raise RevisingError("This version is no draft any more. Open the piece to see what readers see now.")
    if revision.lesson.needs_review and not is_approved(revision):
        raise RevisingError("In this lesson a second person approves each change before it is released.")
    problems = problems_of(revision.kind, revision.item)
    if problems:
        raise BadItem(problems)


def _follow(
    revision: Revision, old: Item | None, new: Item, person: Person, changes_meaning: bool | None
) -> None:
    """Everything that a release leads to: those given the old line hear of it, and the site learns anew."""
    recalls = recall_changed_lines(old, new, revision, person, changes_meaning=changes_meaning)
    changed_by(revision, person, changes_meaning=bool(recalls or changes_meaning))
    after_release(revision, person)
    _index(revision.lesson, revision.kind)


def _index(lesson: Lesson, kind: str) -> None:
    add_work("index_lesson", lesson=lesson.pk)
    if kind in ("distinction", LESSON):
        add_work("train_sorting")


def _set_state(kind: str, slug: str, person: Person, state: State, verb: str) -> LessonPart | Lesson:
    live = find_live(kind, slug)
    if live is None:
        raise RevisingError("There is no such piece.")
    with transaction.atomic():
        lesson = lock_lesson(lesson_of(live).pk)
        keep_loaded(live, kind)
        changed = type(live)._default_manager.filter(pk=live.pk).exclude(state=state).update(state=state)
        if changed:
            _index(lesson, kind)
            audit.record(person, verb, live, before={"state": live.state}, after={"state": state})
    return live
