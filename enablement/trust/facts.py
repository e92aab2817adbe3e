"""The facts that trust is computed from, for any number of pieces in one query."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils import timezone

from enablement.models import Membership, Ownership, Team, Verification
from enablement.trust.states import DEFAULT_INTERVAL_DAYS, TrustState, state_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Trust:
    """Who vouches for a piece and until when. `owner` is a name for people, "" where nobody active is."""

    state: TrustState
    owner: str = ""
    person_id: int | None = None
    team_id: int | None = None
    until: datetime | None = None
    verified_by: str = ""
    verified_at: datetime | None = None
    interval_days: int = DEFAULT_INTERVAL_DAYS

    @property
    def is_expired(self) -> bool:
        return self.state == TrustState.EXPIRED


# As Person.name has it.
_FULL_NAME = Coalesce(
    NullIf(Trim(Concat("person__first_name", models.Value(" "), "person__last_name")), models.Value("")),
    "person__username",
)
UNOWNED = Trust(TrustState.UNOWNED)
# What trust_of calls expired, of all pieces. In SQL because every page of content asks it: the same through
# the ORM takes longer to build than to run.
_EXPIRED = """
SELECT o.kind, o.slug FROM enablement_ownership o
LEFT JOIN enablement_person p ON p.id = o.person_id
CROSS JOIN LATERAL (
    SELECT v.until FROM enablement_verification v
    WHERE v.kind = o.kind AND v.slug = o.slug ORDER BY v.at DESC LIMIT 1
) last
WHERE last.until <= %s AND CASE WHEN o.person_id IS NOT NULL THEN p.is_active ELSE
    EXISTS (SELECT 1 FROM enablement_membership m JOIN enablement_person q ON q.id = m.person_id
            WHERE m.team_id = o.team_id AND q.is_active)
    OR EXISTS (SELECT 1 FROM enablement_team_managers g JOIN enablement_person q ON q.id = g.person_id
               WHERE g.team_id = o.team_id AND q.is_active)
END
"""


def trust_of(pairs: Iterable[Pair], now: datetime | None = None) -> dict[Pair, Trust]:
    """Return the trust of each (kind, slug), in one query; what nobody owns is unowned."""
    wanted = set(pairs)
    if not wanted:
        return {}
    now = now or timezone.now()
    rows = _ownerships(wanted)
    known = {(row.kind, row.slug): _trust(row, now) for row in rows}
    return {pair: known.get(pair, UNOWNED) for pair in wanted}


def expired_pairs(pairs: Iterable[Pair]) -> set[Pair]:
    """Those of `pairs` that nobody vouches for any more, though somebody should."""
    return {pair for pair, trust in trust_of(pairs).items() if trust.is_expired}


def all_expired(now: datetime | None = None) -> frozenset[Pair]:
    """Every piece that has expired: for pages that show many."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRED, [now or timezone.now()])
        return frozenset((kind, slug) for kind, slug in cursor.fetchall())


def _ownerships(wanted: Collection[Pair]) -> models.QuerySet[Any]:
    kinds, slugs = {kind for kind, _ in wanted}, {slug for _, slug in wanted}
    return _with_facts(Ownership.objects.filter(kind__in=kinds, slug__in=slugs))


def _with_facts(rows: models.QuerySet[Ownership]) -> models.QuerySet[Any]:
    same = Verification.objects.filter(kind=models.OuterRef("kind"), slug=models.OuterRef("slug"))
    vouched = same.filter(person__isnull=False)
    return rows.select_related("person", "team").annotate(
        until=models.Subquery(same.values("until")[:1]),
        vouched_at=models.Subquery(vouched.values("at")[:1]),
        vouched_by=models.Subquery(vouched.values_list(_FULL_NAME)[:1]),
        team_lives=models.Exists(_active_members()) | models.Exists(_active_managers()),
    )


def _active_members() -> models.QuerySet[Membership]:
    return Membership.objects.filter(team=models.OuterRef("team"), person__is_active=True)


def _active_managers() -> models.QuerySet[Team]:
    return Team.objects.filter(pk=models.OuterRef("team"), managers__is_active=True)


def _trust(row: Any, now: datetime) -> Trust:
    owner = _owner(row)
    return Trust(
        state=state_of(is_owned=bool(owner), until=row.until, now=now, interval_days=row.interval_days),
        owner=owner,
        person_id=row.person_id,
        team_id=row.team_id,
        until=row.until,
        verified_by=row.vouched_by or "",
        verified_at=row.vouched_at,
        interval_days=row.interval_days,
    )


def _owner(row: Any) -> str:
    """The owner's name, unless nobody active stands behind it."""
    if row.person is not None:
        return str(row.person) if row.person.is_active else ""
    return str(row.team) if row.team is not None and row.team_lives else ""
