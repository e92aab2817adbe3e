"""Keys to the API: made, found and revoked. The clear text is shown once and never stored."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from enablement import audit
from enablement.models import ApiToken, Person, TokenScope
from enablement.texts import clean_text

# A fixed beginning, so that scanners of repositories and logs recognise a key that got out.
PREFIX = "dosay_"
SECRET_BYTES = 32
PREFIX_SHOWN = len(PREFIX) + 6
MAX_NAME = 100
# docs/threats.md, T26: a key lives a year at most.
MIN_DAYS, MAX_DAYS = 1, 365
# `used_at` says roughly when a key was last used; a write on every call would cost more than it tells.
USE_NOTED_EVERY = timedelta(minutes=1)

_CLEAR = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def make_token(
    person: Person, name: str, days: int, scope: TokenScope = TokenScope.WRITE
) -> tuple[ApiToken, str]:
    """Make a key for `person` that lives `days` days (1 to 365). Return it and its clear text.

    Raises BadText for a name without words or longer than 100 characters, ValueError for other days.
    """
    if not MIN_DAYS <= days <= MAX_DAYS:
        raise ValueError(f"A token lives from {MIN_DAYS} to {MAX_DAYS} days, not {days}.")
    name = " ".join(clean_text(name, what="name", limit=MAX_NAME).split())
    clear = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        token = ApiToken.objects.create(
            person=person,
            name=name,
            scope=scope,
            prefix=clear[:PREFIX_SHOWN],
            digest=_digest(clear),
            expires_at=timezone.now() + timedelta(days=days),
        )
        audit.record(
            person,
            "make_token",
            token,
            after={"name": name, "prefix": token.prefix, "days": days, "scope": scope},
        )
    return token, clear


def find_token(clear: str) -> ApiToken | None:
    """Return the token with this clear text; None if unknown, expired, revoked, or its person inactive."""
    if not _CLEAR.fullmatch(clear):
        return None
    # The look-up is by digest: how long it takes says nothing about a stored key.
    return ApiToken.objects.valid().select_related("person").filter(digest=_digest(clear)).first()


def note_use(token: ApiToken) -> None:
    """Note that the token is in use, at most once a minute."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)


def revoke_token(token: ApiToken, actor: Person) -> None:
    """End the token's life now. Revoking it again changes nothing."""
    with transaction.atomic():
        revoked = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
        if revoked:
            audit.record(actor, "revoke_token", token, after={"name": token.name, "prefix": token.prefix})


def _digest(clear: str) -> str:
    return hashlib.sha256(clear.encode("ascii")).hexdigest()
