"""The facts that trust is computed from, for any number of pieces in one query.

In SQL, because every page of content asks it: the same through the ORM takes longer to build than to run.
A situation is vouched for with its card; a term with its card, or with its lesson where it has none
(see owners.answering).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

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


UNOWNED = Trust(TrustState.UNOWNED)
# A name is as Person.name has it; an owner of whom nobody is active any more has none.
_TRUST = """
SELECT w.kind, w.slug,
    CASE WHEN p.is_active THEN COALESCE(NULLIF(TRIM(CONCAT(p.first_name, ' ', p.last_name)), ''), p.username)
         WHEN p.id IS NULL AND (
            EXISTS (SELECT 1 FROM enablement_membership m JOIN enablement_person q ON q.id = m.person_id
                    WHERE m.team_id = t.id AND q.is_active)
            OR EXISTS (SELECT 1 FROM enablement_team_managers g JOIN enablement_person q ON q.id = g.person_id
                       WHERE g.team_id = t.id AND q.is_active)) THEN t.name
    END,
    o.person_id, o.team_id, last.until, vouched.name, vouched.at, o.interval_days
FROM unnest(%s::text[], %s::text[]) w(kind, slug)
LEFT JOIN enablement_fit fit ON w.kind = 'fit' AND fit.slug = w.slug
LEFT JOIN enablement_term term ON w.kind = 'term' AND term.slug = w.slug
LEFT JOIN enablement_card card ON card.id = COALESCE(fit.card_id, term.card_id)
LEFT JOIN enablement_lesson lesson ON card.id IS NULL AND lesson.id = term.lesson_id
JOIN enablement_ownership o ON
    o.kind = CASE WHEN card.id IS NOT NULL THEN 'card'
                  WHEN lesson.id IS NOT NULL THEN 'lesson' ELSE w.kind END
    AND o.slug = COALESCE(card.slug, lesson.slug, w.slug)
LEFT JOIN enablement_person p ON p.id = o.person_id
LEFT JOIN enablement_team t ON t.id = o.team_id
LEFT JOIN LATERAL (
    SELECT v.until FROM enablement_verification v
    WHERE v.kind = o.kind AND v.slug = o.slug ORDER BY v.at DESC LIMIT 1
) last ON true
LEFT JOIN LATERAL (
    SELECT v.at, COALESCE(NULLIF(TRIM(CONCAT(q.first_name, ' ', q.last_name)), ''), q.username) AS name
    FROM enablement_verification v JOIN enablement_person q ON q.id = v.person_id
    WHERE v.kind = o.kind AND v.slug = o.slug ORDER BY v.at DESC LIMIT 1
) vouched ON true
"""
_EXPIRED = """
WITH expired AS (
    SELECT o.kind, o.slug FROM enablement_ownership o
    LEFT JOIN enablement_person p ON p.id = o.person_id
    CROSS JOIN LATERAL (
        SELECT v.until FROM enablement_verification v
        WHERE v.kind = o.kind AND v.slug = o.slug ORDER BY v.at DESC LIMIT 1
    ) last
    WHERE last.until <= %s AND o.kind NOT IN ('fit', 'term')
    AND CASE WHEN o.person_id IS NOT NULL THEN p.is_active ELSE
        EXISTS (SELECT 1 FROM enablement_membership m JOIN enablement_person q ON q.id = m.person_id
                WHERE m.team_id = o.team_id AND q.is_active)
        OR EXISTS (SELECT 1 FROM enablement_team_managers g JOIN enablement_person q ON q.id = g.person_id
                   WHERE g.team_id = o.team_id AND q.is_active)
    END
), cards AS (
    SELECT c.id FROM enablement_card c JOIN expired e ON e.kind = 'card' AND e.slug = c.slug
)
SELECT kind, slug FROM expired
UNION ALL SELECT 'fit', slug FROM enablement_fit WHERE card_id IN (SELECT id FROM cards)
UNION ALL SELECT 'term', slug FROM enablement_term WHERE card_id IN (SELECT id FROM cards)
UNION ALL SELECT 'term', t.slug FROM enablement_term t JOIN enablement_lesson l ON l.id = t.lesson_id
    JOIN expired e ON e.kind = 'lesson' AND e.slug = l.slug WHERE t.card_id IS NULL
"""


def trust_of(pairs: Iterable[Pair], now: datetime | None = None) -> dict[Pair, Trust]:
    """Return the trust of each (kind, slug), in one query; what nobody owns is unowned."""
    wanted = set(pairs)
    if not wanted:
        return {}
    now = now or timezone.now()
    kinds, slugs = zip(*sorted(wanted), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_TRUST, [list(kinds), list(slugs)])
        known = {(row[0], row[1]): _trust(row[2:], now) for row in cursor.fetchall()}
    return {pair: known.get(pair, UNOWNED) for pair in wanted}


def expired_pairs(pairs: Iterable[Pair]) -> set[Pair]:
    """Those of `pairs` that nobody vouches for any more, though somebody should."""
    return {pair for pair, trust in trust_of(pairs).items() if trust.is_expired}


def all_expired(now: datetime | None = None) -> frozenset[Pair]:
    """Every piece that has expired: for pages that show many."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRED, [now or timezone.now()])
        return frozenset((kind, slug) for kind, slug in cursor.fetchall())


def _trust(row: Sequence[Any], now: datetime) -> Trust:
    owner, person_id, team_id, until, verified_by, verified_at, interval_days = row
    return Trust(
        state=state_of(is_owned=bool(owner), until=until, now=now, interval_days=interval_days),
        owner=owner or "",
        person_id=person_id,
        team_id=team_id,
        until=until,
        verified_by=verified_by or "",
        verified_at=verified_at,
        interval_days=interval_days,
    )
