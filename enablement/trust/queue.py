"""What waits for somebody's word."""

from __future__ import annotations

from enablement.models import Person, Team
from enablement.trust.health import Row, health_of
from enablement.trust.states import TrustState

_ORDER = {TrustState.EXPIRED: 0, TrustState.DUE: 1}


def queue_of(person: Person) -> list[Row]:
    """The due and expired pieces that `person`, or a team of theirs, answers for: expired ones first."""
    teams = set(Team.objects.filter(members=person).values_list("pk", flat=True))
    teams |= set(Team.objects.filter(managers=person).values_list("pk", flat=True))
    waiting = [
        row
        for row in health_of(person).rows
        if row.trust.state in _ORDER and (row.trust.person_id == person.pk or row.trust.team_id in teams)
    ]
    return sorted(waiting, key=lambda row: (_ORDER[row.trust.state], -row.use))
