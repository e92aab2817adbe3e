"""Vouching for a piece, and who is to vouch for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from enablement import audit
from enablement.lessons.live import lesson_of
from enablement.models import Lesson, Notice, Ownership, Person, Revision, Team, Verification
from enablement.numbers import number
from enablement.trust.notices import VERIFY, notify
from enablement.trust.outcomes import tell_of_release
from enablement.trust.owners import (
    FOLLOWING,
    answering,
    may_verify,
    owners_of,
    ownership_of,
    owning_people,
    team_people,
)
from enablement.trust.pieces import named, piece_of
from enablement.trust.states import DEFAULT_INTERVAL_DAYS, due_window

# Lines to say age faster than what a method is.
INTERVALS = {"guide_entry": 90, "script": 90}


class MayNotVerify(Exception):
    """Somebody else answers for the piece. The message is one sentence for people."""


@transaction.atomic
def verify(kind: str, slug: str, person: Person, note: str = "") -> Verification:
    """State that a piece is true for another interval. Raises MayNotVerify, UnknownPiece.

    A situation or a term is vouched for with the card or lesson that it follows.
    """
    kind, slug = answering(kind, slug)
    lesson = _lesson(kind, slug)
    if not may_verify(person, kind, slug):
        raise MayNotVerify("Only its owner can verify this. Ask an editor to make you the owner.")
    ownership = ownership_of(kind, slug)
    days = ownership.interval_days if ownership else interval_of(kind)
    verification = Verification.objects.create(
        lesson=lesson,
        kind=kind,
        slug=slug,
        person=person,
        until=timezone.now() + timedelta(days=days),
        note=note,
    )
    Notice.objects.filter(kind=VERIFY, key__startswith=f"verify:{kind}:{slug}:", read_at=None).update(
        read_at=timezone.now()
    )
    audit.record(
        person, "verify", verification, after={"piece": f"{kind}:{slug}", "until": verification.until}
    )
    return verification


@transaction.atomic
def after_release(revision: Revision, person: Person) -> Verification | None:
    """A release by an owner vouches for the piece. One by anybody else asks the owner to look at it again.

    Return the verification that this made, or None: where nobody answers for the piece, and where its owner
    changed a situation or a term, which does not vouch for the rest of its card.
    """
    kind, slug = revision.kind, revision.slug
    tell_of_release(revision)
    owners = owners_of(kind, slug)
    if person in owners and kind not in FOLLOWING:
        return verify(kind, slug, person, note="Released by its owner.")
    if not owners or person in owners:
        return None
    ends, piece = ask_again(kind, slug, f"Changed by {person.name}."), piece_of(kind, slug)
    notify(
        owners,
        VERIFY,
        f"{person.name} changed {named(piece)}. Does it still hold?",
        text=revision.reason,
        url=piece.get_absolute_url(),
        key=":".join(("verify", *answering(kind, slug), f"{revision.kind}-version-{revision.number}")),
    )
    return ends


@transaction.atomic
def assign_owner(
    kind: str,
    slug: str,
    by: Person,
    *,
    person: Person | None = None,
    team: Team | None = None,
    interval_days: int | None = None,
    tell: bool = True,
) -> Ownership:
    """Make a person or a team answer for a piece; neither: nobody does. Raises UnknownPiece.

    With a new owner the piece is due, until the new owner has verified it. `tell` False: the owner hears of
    it in another way.
    """
    if person is not None and team is not None:
        raise ValueError("a piece belongs to a person or to a team, not to both")
    kind, slug = answering(kind, slug)
    lesson = _lesson(kind, slug)
    before = Ownership.objects.select_for_update().filter(kind=kind, slug=slug).first()
    days = interval_days or (before.interval_days if before else interval_of(kind))
    ownership, _ = Ownership.objects.update_or_create(
        kind=kind,
        slug=slug,
        defaults={"lesson": lesson, "person": person, "team": team, "interval_days": days},
    )
    is_new = before is None or (before.person, before.team) != (person, team)
    if is_new and owning_people(ownership):
        ask_again(kind, slug, "It has a new owner.")
        if tell:
            _welcome(ownership, by)
    audit.record(by, "assign_owner", ownership, before=_owner_json(before), after=_owner_json(ownership))
    return ownership


@transaction.atomic
def assign_many(
    pairs: Sequence[tuple[str, str]], by: Person, *, person: Person | None = None, team: Team | None = None
) -> int:
    """Make somebody answer for many pieces, with one notice, and return how many. Raises UnknownPiece."""
    for kind, slug in pairs:
        assign_owner(kind, slug, by, person=person, team=team, tell=False)
    owners = [person] if person else list(team_people(team)) if team else []
    if pairs:
        notify(
            [owner for owner in owners if owner != by],
            VERIFY,
            lambda: f"You answer for {_count(len(pairs))} more now",
            text="Read each of them and verify that it holds.",
            url="/notices/verify/",
        )
    return len(pairs)


def _count(pieces: int) -> str:
    return "1 piece" if pieces == 1 else f"{number(pieces)} pieces"


def ask_again(kind: str, slug: str, why: str) -> Verification:
    """End the present verification within two weeks: what was verified is due, what had expired stays so."""
    kind, slug = answering(kind, slug)
    last = Verification.objects.filter(kind=kind, slug=slug).first()
    ownership = ownership_of(kind, slug)
    window = due_window(ownership.interval_days if ownership else interval_of(kind))
    soon = timezone.now() + window
    return Verification.objects.create(
        lesson=_lesson(kind, slug),
        kind=kind,
        slug=slug,
        person=None,
        until=min(last.until, soon) if last else soon,
        note=why,
    )


def interval_of(kind: str) -> int:
    """After how many days a piece of this kind is asked for again, where its owner sets nothing else."""
    return INTERVALS.get(kind, DEFAULT_INTERVAL_DAYS)


def _lesson(kind: str, slug: str) -> Lesson:
    return lesson_of(piece_of(kind, slug))


def _welcome(ownership: Ownership, by: Person) -> None:
    """Tell new owners, but not somebody who took the piece on."""
    people = [person for person in owning_people(ownership) if person != by]
    kind, slug = ownership.kind, ownership.slug
    piece = piece_of(kind, slug)
    owner = ownership.person_id or f"team-{ownership.team_id}"
    notify(
        people,
        VERIFY,
        f"You answer for {named(piece)} now",
        text="Read it and verify that it holds.",
        url=piece.get_absolute_url(),
        key=f"verify:{kind}:{slug}:owner-{owner}:{timezone.now():%Y-%m-%d}",
    )


def _owner_json(ownership: Ownership | None) -> dict[str, object] | None:
    if ownership is None:
        return None
    person, team = ownership.person, ownership.team
    return {
        "piece": str(ownership),
        "person": person.username if person else None,
        "team": team.slug if team else None,
        "interval_days": ownership.interval_days,
    }
