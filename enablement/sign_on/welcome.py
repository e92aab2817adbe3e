"""Is somebody still welcome whose answer takes a while? Looked up anew while it is written."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from enablement.models import ApiToken, Person, Team

# Seconds. A minute is the goal.
LOOKED_UP_EVERY = 10.0


class StillWelcome:
    """Called before each piece of a stream: whether it may go on. It asks the database every ten seconds."""

    def __init__(self, look_up: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._look_up, self._clock = look_up, clock
        self._next = clock() + LOOKED_UP_EVERY

    def __call__(self) -> bool:
        if self._clock() < self._next:
            return True
        self._next = self._clock() + LOOKED_UP_EVERY
        return self._look_up()


def still_welcome(request: HttpRequest) -> StillWelcome:
    """For the person of `request` as they stand now, and the token or the session that they came with.

    An answer was found for who somebody was: in another role or other teams they ask again.
    """
    person, token = request.user.pk or 0, getattr(request, "auth", None)
    key = None if isinstance(token, ApiToken) else request.session.session_key
    began = _standing(person)
    return StillWelcome(lambda: _may_go_on(person, began, token, key))


def _standing(person: int) -> tuple[str, bool, set[int], set[int]] | None:
    """Role, whether they may do all, and the teams somebody is in and manages; None once they are out."""
    row = Person.objects.filter(pk=person, is_active=True).values_list("role", "is_superuser").first()
    if row is None:
        return None
    member_of, manages = (
        set(Team.objects.filter(**{way: person}).values_list("pk", flat=True))
        for way in ("members", "managers")
    )
    return *row, member_of, manages


def _may_go_on(person: int, began: object, token: object, key: str | None) -> bool:
    try:
        standing = _standing(person)
        if standing is None or standing != began:
            return False
        if isinstance(token, ApiToken):
            return ApiToken.objects.valid().filter(pk=token.pk).exists()
        return Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).exists()
    finally:
        # A model may talk for a minute more; nothing else of this thread needs the connection.
        if not connection.in_atomic_block:
            connection.close()
