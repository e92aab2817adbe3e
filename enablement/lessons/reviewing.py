"""Review by a second person: ask for it, approve, or send back with a note."""

from __future__ import annotations

from django.db import transaction

from enablement import audit
from enablement.lessons.checking import BadItem, problems_of
from enablement.lessons.live import kind_title, naming_line
from enablement.lessons.versions import RevisingError, changed_by, describe, lock_revision
from enablement.models import Person, Revision, RevisionState
from enablement.texts import tidy_text
from enablement.trust.notices import REVIEW, notify
from enablement.trust.owners import editors


def send_to_review(revision: Revision, person: Person) -> Revision:
    """Ask for a second pair of eyes; the other editors are told. Raises RevisingError, BadItem."""
    with transaction.atomic():
        current = lock_revision(revision)
        if current.state != RevisionState.DRAFT:
            raise RevisingError("This version is no draft any more.")
        problems = problems_of(current.kind, current.item)
        if problems:
            raise BadItem(problems)
        current = changed_by(current, person, state=RevisionState.IN_REVIEW, reviewer=None, review_note="")
        _tell_reviewers(current, person)
        audit.record(person, "send to review", current, after=describe(current))
    return current


def approve(revision: Revision, person: Person) -> Revision:
    """Say that a version may be released. Raises RevisingError for its own author."""
    with transaction.atomic():
        current = lock_revision(revision)
        _must_wait(current)
        if current.author_id == person.pk:
            raise RevisingError("You wrote this version, so somebody else has to approve it.")
        current = changed_by(current, person, reviewer=person, review_note="")
        _tell_author(current, person, "is approved", "It can be released now.")
        audit.record(person, "approve", current, after=describe(current))
    return current


def send_back(revision: Revision, person: Person, note: str) -> Revision:
    """Return a version to its author with a note. Raises RevisingError."""
    note = tidy_text(note)
    if not note:
        raise RevisingError("Say in a few words what should change.")
    with transaction.atomic():
        current = lock_revision(revision)
        _must_wait(current)
        current = changed_by(
            current, person, state=RevisionState.DRAFT, reviewer=person, review_note=note[:4_000]
        )
        _tell_author(current, person, "came back from review", note[:4_000])
        audit.record(person, "send back", current, after=describe(current))
    return current


def is_approved(revision: Revision) -> bool:
    """Whether somebody other than its author has approved the version as it is."""
    waiting = revision.state == RevisionState.IN_REVIEW
    return waiting and revision.reviewer_id is not None and revision.reviewer_id != revision.author_id


def _must_wait(revision: Revision) -> None:
    if revision.state != RevisionState.IN_REVIEW:
        raise RevisingError("This version does not wait for review any more.")


def _name(revision: Revision) -> str:
    return f"{kind_title(revision.kind)} “{naming_line(revision.item)}”"


def _tell_reviewers(revision: Revision, person: Person) -> None:
    reviewers = [editor for editor in editors() if editor.pk not in (person.pk, revision.author_id)]
    _tell(reviewers, revision, f"{_name(revision)} waits for review", revision.reason)


def _tell_author(revision: Revision, person: Person, what: str, text: str) -> None:
    if revision.author and revision.author_id != person.pk:
        _tell([revision.author], revision, f"{_name(revision)} {what}", text)


def _tell(people: list[Person], revision: Revision, title: str, text: str) -> None:
    key = f"review:{revision.pk}:{revision.edition}:{revision.state}:{revision.reviewer_id or ''}"
    notify(people, REVIEW, title, text=text, url=f"/revisions/{revision.pk}/", key=key)
