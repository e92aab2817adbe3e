"""Owners and verifications for a demonstration: most pieces verified, some due, one expired, one unowned."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from enablement.lessons.live import lesson_of
from enablement.models import Ownership, Person, Team, Verification
from enablement.trust.facts import Pair
from enablement.trust.health import health_of
from enablement.trust.reminders import remind_owners
from enablement.trust.verifying import interval_of

OWNER, OWNING_TEAM = "nia", "north"
# The last ones by name, so that what a visitor meets first is verified.
UNOWNED, EXPIRED, DUE = 1, 1, 4
# Every so many-th guide entry belongs to the team.
TEAMS_SHARE = 6


@transaction.atomic
def make_demo_trust() -> int:
    """Give the released pieces owners, unless somebody has begun to. Return how many got one."""
    if Ownership.objects.exists():
        return 0
    owner, team = Person.objects.get(username=OWNER), Team.objects.get(slug=OWNING_TEAM)
    rows = sorted(health_of(owner).rows, key=lambda row: (row.piece.kind, row.piece.slug))
    guide = [row.piece for row in rows if row.piece.kind == "guide_entry"]
    aside = {(piece.kind, piece.slug): place for place, piece in enumerate(reversed(guide))}
    given = 0
    for number, row in enumerate(rows):
        place = aside.get((row.piece.kind, row.piece.slug), len(rows))
        if place < UNOWNED:
            continue
        of_team = row.piece.kind == "guide_entry" and number % TEAMS_SHARE == 0
        _own(row.piece, owner, team if of_team else None, _days_left(place, row.piece.kind))
        given += 1
    remind_owners()
    return given


def _days_left(place: int, kind: str) -> int:
    """How many days the verification still holds; below zero, it has ended."""
    if place < UNOWNED + EXPIRED:
        return -3
    if place < UNOWNED + EXPIRED + DUE:
        return 4 + place
    return interval_of(kind) - 20


def _own(piece: object, owner: Person, team: Team | None, days_left: int) -> None:
    kind, slug = _pair(piece)
    lesson = lesson_of(piece)  # type: ignore[arg-type]
    days = interval_of(kind)
    Ownership.objects.create(
        lesson=lesson,
        kind=kind,
        slug=slug,
        person=None if team else owner,
        team=team,
        interval_days=days,
    )
    verification = Verification.objects.create(
        lesson=lesson, kind=kind, slug=slug, person=owner, until=timezone.now() + timedelta(days=days_left)
    )
    made = verification.until - timedelta(days=days)
    Verification.objects.filter(pk=verification.pk).update(at=made)


def _pair(piece: object) -> Pair:
    return (str(getattr(piece, "kind", "")), str(getattr(piece, "slug", "")))
