"""Every verb that changes something writes one row, in its own transaction."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from enablement.models import AuditEvent, Person
from enablement.origins import current_origin

FAILED_SIGN_IN = "fail_sign_in"


def record(
    actor: Person | None,
    verb: str,
    subject: Model,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    """Note that `actor` (None: the program) did `verb` to `subject`. Keep texts of answers out of it."""
    name = getattr(subject, "slug", None) or subject.pk
    return note(actor, verb, subject._meta.model_name or "", str(name), before=before, after=after)


def note(
    actor: Person | None,
    verb: str,
    kind: str,
    subject: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    """As `record`, for what is no row of the database: settings, a backup, an unknown name at sign-in."""
    origin = current_origin()
    return AuditEvent.objects.create(
        actor=actor,
        verb=verb,
        kind=kind,
        subject=subject[:255],
        before=before,
        after=after,
        channel=origin.channel,
        request=origin.request,
        address=origin.address,
    )


def record_failed_sign_in(username: str, why: str = "password") -> AuditEvent:
    """Note that somebody tried to sign in as `username` and failed, by what they gave (`why`).

    An unknown name is not kept: it is often a password, typed into the wrong field.
    """
    person = Person.objects.filter(username=username.replace("\0", "")).first()
    subject = str(person.pk) if person else "somebody unknown"
    return note(None, FAILED_SIGN_IN, "person", subject, after={"by": why})
