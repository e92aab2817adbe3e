"""Sessions of the browser: begun, kept alive, listed and ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from enablement import audit
from enablement.models import BrowserSession, Person
from enablement.origins import client_address

# docs/threats.md, T25: after so long all sign in anew. SESSION_COOKIE_AGE counts from the last request.
LONGEST = timedelta(days=7)
# A write on every request would cost more than knowing the minute tells.
SEEN_NOTED_EVERY = timedelta(minutes=5)
BEGUN_KEY, SEEN_KEY, ROW_KEY, BY_KEY = "begun_at", "seen_at", "browser_session", "signed_in_by"


def begin(request: HttpRequest, person: Person, by: str) -> BrowserSession:
    """Note that `person` has just been signed in with this session, which has its new key already."""
    now = timezone.now()
    if not request.session.session_key:
        request.session.save()
    row, _ = BrowserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "person": person,
            "by": by,
            "browser": request.headers.get("User-Agent", "")[:200],
            "address": client_address(request),
            "seen_at": now,
        },
    )
    request.session.update(
        {BEGUN_KEY: now.timestamp(), SEEN_KEY: now.timestamp(), ROW_KEY: row.pk, BY_KEY: by}
    )
    return row


def go_on(request: HttpRequest, now: datetime) -> bool:
    """Whether the session may go on; from time to time, note that it is in use."""
    session = request.session
    begun, seen = session.get(BEGUN_KEY), session.get(SEEN_KEY)
    if begun is None or seen is None:
        return True
    if now.timestamp() - begun > LONGEST.total_seconds():
        return False
    if now.timestamp() - seen > SEEN_NOTED_EVERY.total_seconds():
        session[SEEN_KEY] = now.timestamp()
        row = BrowserSession.objects.filter(pk=session.get(ROW_KEY, 0))
        return bool(row.update(seen_at=now, session_key=session.session_key))
    return True


def follow_key(request: HttpRequest) -> None:
    """Note the new key of a session that had to change it."""
    if not request.session.session_key:
        request.session.save()
    row = BrowserSession.objects.filter(pk=request.session.get(ROW_KEY, 0))
    row.update(session_key=request.session.session_key)


def living(person: Person, now: datetime) -> list[BrowserSession]:
    """The sessions of `person` that still open the site, the last used first."""
    idle = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return list(
        BrowserSession.objects.visible_to(person).filter(seen_at__gt=idle, begun_at__gt=now - LONGEST)
    )


def end_session(row: BrowserSession, actor: Person | None) -> None:
    """Sign this browser out now."""
    with transaction.atomic():
        audit.record(actor, "end_session", row.person, after={"by": row.by, "begun_at": row.begun_at})
        row.delete()
        _forget(row.session_key)


def end_sessions(person: Person, *, but: str | None = None) -> int:
    """Sign `person` out everywhere, but with the session of key `but`. Return how many were ended."""
    rows = list(BrowserSession.objects.visible_to(person).exclude(session_key=but or ""))
    with transaction.atomic():
        BrowserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            _forget(row.session_key)
    return len(rows)


def forget_old(now: datetime) -> int:
    """Drop the rows of sessions that are over. Return how many."""
    return BrowserSession.objects.filter(begun_at__lte=now - LONGEST).delete()[0]


def _forget(key: str) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore(key).delete()
