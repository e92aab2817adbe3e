"""What an editor does with the drafts of a document: accept, merge, discard, edit, take a decision back.

Every verb is a transaction of its own, locks its draft and is recorded. A decision made in the meantime by
somebody else is never overwritten. Accepting writes a draft version (see revising.py); readers see it only
once that is released.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from enablement import audit
from enablement.lessons import revising
from enablement.lessons.accepting import (
    LADDER_PARTS,
    free_slug,
    is_taken,
    ladder_for,
    with_row,
    with_source,
)
from enablement.lessons.checking import BadItem, where
from enablement.lessons.draft_fields import with_values
from enablement.lessons.links import LinkError
from enablement.lessons.live import find_row, kind_title
from enablement.models import (
    OPEN_STATES,
    AuditEvent,
    Draft,
    DraftState,
    Lesson,
    Origin,
    Person,
    Revision,
    RevisionState,
)

WAITING = (DraftState.PROPOSED, DraftState.GONE)


class DecidingError(Exception):
    """Something that cannot be done to a draft now. The message is one sentence for the editor."""


class AlreadyDecided(DecidingError):
    """Somebody decided about the draft in the meantime. Nothing was changed."""


class SlugTaken(DecidingError):
    """There is a piece of that kind and name already: merge into it, or accept under another name."""

    def __init__(self, kind: str, slug: str) -> None:
        super().__init__(
            f"There is a {kind_title(kind).lower()} “{slug}” already. Merge this into it, or keep both."
        )
        self.slug = slug


def accept_draft(
    draft: Draft, person: Person, *, keep_both: bool = False, release: bool = False, ladder: str = ""
) -> Draft:
    """Make a draft version of a new piece, and with `release` show it to readers at once.

    `keep_both`: where the name is taken, find another. A step or a question becomes a row of `ladder`, or of
    the one that is at hand. Raises SlugTaken, DecidingError.
    """
    with transaction.atomic():
        draft = _waiting(draft)
        lesson = _lesson(draft)
        if draft.kind in LADDER_PARTS:
            return _merge(draft, person, _tried(lambda: ladder_for(draft, lesson, person, ladder)), None)
        item = with_source(draft)
        if is_taken(draft.kind, item["slug"]) and not keep_both:
            raise SlugTaken(draft.kind, item["slug"])
        revision = _tried(lambda: _begin(draft, lesson, item, person))
        if release:
            revision = _tried(lambda: revising.release(revision, person))
        _decide(draft, person, DraftState.ACCEPTED, revision=revision)
        audit.record(person, "accept", draft, after={"revision": revision.pk, "edition": revision.edition})
    return draft


def merge_draft(
    draft: Draft, person: Person, target: str, item: Mapping[str, Any], *, edition: int | None = None
) -> Draft:
    """Keep `item` as the draft version of the existing piece `target`. `edition` is the one that the person
    saw (None: no draft of it was open). Raises StaleEdition, DecidingError."""
    with transaction.atomic():
        draft = _waiting(draft)
        known = revising.open_revision(draft.kind, target)
        if known and known.edition != edition:
            raise revising.StaleEdition(known)
        revision = known or _tried(lambda: revising.open_draft(draft.kind, target, person))
        return _merge(draft, person, revision, item, was_open=known is not None)


def discard_draft(draft: Draft, person: Person) -> Draft:
    """Say that a draft is not wanted. It stays in the list of what was discarded."""
    with transaction.atomic():
        draft = _waiting(draft)
        before = draft.state
        _decide(draft, person, DraftState.DISCARDED)
        audit.record(person, "discard", draft, before={"state": before}, after={"state": draft.state})
    return draft


def edit_draft(draft: Draft, person: Person, values: Mapping[str, str]) -> Draft:
    """Set fields of a draft that waits, named by their paths. The same document again leaves them alone."""
    with transaction.atomic():
        draft = _waiting(draft)
        item = with_values(draft.kind, draft.item, values)
        if "slug" in draft.item and not item.get("slug"):
            raise DecidingError("It needs a short name, which its address is made of.")
        if item != draft.item:
            draft.item = item
            draft.save(update_fields=["item"])
            audit.record(person, "edit", draft, after={"fields": sorted(values)})
    return draft


def undo_decision(draft: Draft, person: Person) -> Draft:
    """Put a decided draft back to those that wait, and what came of it with it.

    What readers see already is taken back, and those who were given it hear so. A version that was written
    on since is not touched: raises DecidingError.
    """
    with transaction.atomic():
        draft = _locked(draft)
        if draft.state in WAITING:
            return draft
        former = draft.state
        if draft.revision is not None:
            _undo_revision(draft, draft.revision, person)
        draft.state, draft.revision = DraftState.PROPOSED, None
        draft.decided_by = draft.decided_at = None
        draft.save()
        audit.record(person, "undo", draft, before={"state": former}, after={"state": draft.state})
    return draft


def assign_lesson(drafts_of: Any, lesson: Lesson, person: Person) -> None:
    """Say which lesson a document's drafts are for. Those that were decided keep theirs."""
    with transaction.atomic():
        drafts_of.lesson = lesson
        drafts_of.save(update_fields=["lesson"])
        drafts_of.drafts.filter(state__in=WAITING).update(lesson=lesson)
        audit.record(person, "assign lesson", drafts_of, after={"lesson": lesson.slug})


def _merge(
    draft: Draft,
    person: Person,
    revision: Revision,
    item: Mapping[str, Any] | None,
    *,
    was_open: bool = True,
) -> Draft:
    """Save `item` (None: the ladder with the draft as a further row) as the next edition of `revision`."""
    before = {"item": revision.item, "edition": revision.edition, "was_open": was_open}
    saved = _tried(
        lambda: revising.save_draft(
            revision,
            with_row(revision.item, draft) if item is None else item,
            edition=revision.edition,
            person=person,
            reason=f"From “{draft.source.title}”.",
        )
    )
    draft.target = revision.slug
    _decide(draft, person, DraftState.MERGED, revision=saved)
    audit.record(
        person, "merge", draft, before=before, after={"revision": saved.pk, "edition": saved.edition}
    )
    return draft


def _begin(draft: Draft, lesson: Lesson, item: dict[str, Any], person: Person) -> Revision:
    """A draft version of a new piece, or of one that was retired and comes again under its name."""
    reason = f"From “{draft.source.title}”."
    row = find_row(draft.kind, item["slug"])
    if row is None or is_taken(draft.kind, item["slug"]):
        item["slug"] = free_slug(draft.kind, item["slug"])
        return revising.new_draft(lesson, draft.kind, item, person, Origin.IMPORTED, reason=reason)
    opened = revising.open_draft(draft.kind, item["slug"], person)
    return revising.save_draft(opened, item, edition=opened.edition, person=person, reason=reason)


def _undo_revision(draft: Draft, revision: Revision, person: Person) -> None:
    event = AuditEvent.objects.filter(
        kind="draft", subject=str(draft.pk), verb__in=("accept", "merge")
    ).first()
    if event is None or event.after is None or revision.state == RevisionState.DISCARDED:
        return
    if revision.state not in OPEN_STATES:
        _tried(lambda: revising.take_back(revision, person))
        return
    if revision.edition != event.after["edition"]:
        raise DecidingError("Somebody has written on this version since. Open it to change or discard it.")
    before = event.before or {}
    if before.get("was_open"):
        _tried(lambda: revising.save_draft(revision, before["item"], edition=revision.edition, person=person))
    else:
        _tried(lambda: revising.discard(revision, person))


def _decide(draft: Draft, person: Person, state: DraftState, revision: Revision | None = None) -> None:
    draft.state, draft.revision = state, revision
    draft.decided_by, draft.decided_at = person, timezone.now()
    draft.save()


def _locked(draft: Draft) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",)).select_related(
        "source", "lesson", "revision", "decided_by"
    )
    return rows.get(pk=draft.pk)


def _waiting(draft: Draft) -> Draft:
    locked = _locked(draft)
    if locked.state not in WAITING:
        who = locked.decided_by.name if locked.decided_by else "Somebody"
        raise AlreadyDecided(f"{who} decided about this already: {locked.get_state_display().lower()}.")
    return locked


def _lesson(draft: Draft) -> Lesson:
    lesson = draft.lesson or draft.source.lesson
    if lesson is None:
        raise DecidingError("Say first which lesson this document is for, at the top of the page.")
    return lesson


def _tried(verb: Any) -> Any:
    """Do a verb of editing; its refusals become sentences about this draft. StaleEdition passes."""
    try:
        return verb()
    except BadItem as error:
        first = error.problems[0]
        raise DecidingError(
            f"{where(first.path)}: {first.message} Edit the draft, then accept it."
        ) from error
    except LinkError as error:
        raise DecidingError(f"{error} Accept and release that first, or name another.") from error
    except revising.StaleEdition:
        raise
    except revising.RevisingError as error:
        raise DecidingError(str(error)) from error
