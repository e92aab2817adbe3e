"""Asking owners to look again, in time: a notice for each piece that is due or has expired."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from enablement.lessons.live import find_row
from enablement.models import Notice, Ownership, Person, State
from enablement.numbers import number
from enablement.trust.facts import Pair, Trust, trust_of
from enablement.trust.notices import VERIFY, notify
from enablement.trust.owners import FOLLOWING, owning_people
from enablement.trust.pieces import named, piece_of
from enablement.trust.states import TrustState

# More than this many at once come as one notice that leads to the queue.
MOST_AT_ONCE = 5


def remind_owners(now: datetime | None = None) -> int:
    """Send what is to be sent now and return how many notices were new. Run twice, it tells people once."""
    now = now or timezone.now()
    waiting: dict[Person, list[tuple[Pair, Trust]]] = defaultdict(list)
    owned = Ownership.objects.exclude(kind__in=FOLLOWING).order_by("kind", "slug")
    trust = trust_of(owned.values_list("kind", "slug"), now)
    for ownership in owned.select_related("person", "team"):
        pair = (ownership.kind, ownership.slug)
        if trust[pair].state in (TrustState.DUE, TrustState.EXPIRED) and _is_read(pair):
            for person in owning_people(ownership):
                waiting[person].append((pair, trust[pair]))
    return sum(_remind(person, pieces, now) for person, pieces in waiting.items())


def _remind(person: Person, pieces: list[tuple[Pair, Trust]], now: datetime) -> int:
    if len(pieces) > MOST_AT_ONCE:
        week = "-".join(str(part) for part in now.isocalendar()[:2])
        return notify(
            [person],
            VERIFY,
            lambda: f"{number(len(pieces))} pieces wait for you to verify them",
            url="/notices/verify/",
            key=f"verify-queue:{week}",
        )
    return sum(_remind_of(person, pair, trust) for pair, trust in pieces)


def _remind_of(person: Person, pair: Pair, trust: Trust) -> int:
    kind, slug = pair
    piece = piece_of(kind, slug)
    ends = f"{trust.until:%Y-%m-%d}" if trust.until else "never"
    expired = trust.state == TrustState.EXPIRED
    if not expired and _is_asked(person, pair):
        return 0
    return notify(
        [person],
        VERIFY,
        f"{named(piece)} {'has expired' if expired else 'is due'}. Does it still hold?",
        text="Readers see that it has expired." if expired else "",
        url=piece.get_absolute_url(),
        key=f"verify:{kind}:{slug}:{trust.state}:{ends}",
    )


def _is_asked(person: Person, pair: Pair) -> bool:
    """Whether another message about the piece still waits to be read."""
    asked = Notice.objects.visible_to(person).filter(kind=VERIFY, read_at=None)
    return asked.filter(key__startswith=f"verify:{pair[0]}:{pair[1]}:").exists()


def _is_read(pair: Pair) -> bool:
    """Whether readers can meet the piece: what is gone or put away needs nobody's word."""
    piece = find_row(*pair)
    return piece is not None and piece.state == State.RELEASED
