"""Who did what. Every verb that changes something writes one row, in its own transaction."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from enablement.models import AuditEvent, Person


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
    return AuditEvent.objects.create(
        actor=actor,
        verb=verb,
        kind=subject._meta.model_name or "",
        subject=str(name),
        before=before,
        after=after,
    )
