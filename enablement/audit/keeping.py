"""The two ways to touch the audit that the database allows: forgetting what is old, taking names out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from enablement.audit.recording import note
from enablement.models import AuditEvent, Person

FORGET = "forget_audit"
# Settings that the table's trigger reads (migration audit_is_append_only), for one transaction.
FORGET_BEFORE = "dosay.audit_forget_before"
TAKE_NAMES_OUT = "dosay.audit_take_names_out"


def forget_before(moment: datetime) -> int:
    """Delete the rows older than `moment`, and note how many there were."""
    with transaction.atomic():
        _allow(FORGET_BEFORE, moment.isoformat())
        rows, _ = AuditEvent.objects.filter(at__lt=moment).delete()
        if rows:
            note(None, FORGET, "auditevent", f"before {moment:%Y-%m-%d}", after={"rows": rows})
    return rows


def take_names_out(person: Person, names: Sequence[str], pseudonym: str) -> int:
    """Put `pseudonym` for each of `names` in what the audit holds, and forget `person`'s addresses.

    Who did what stays: the actor is the same row, which has no name any more. Needs a transaction.
    """
    _allow(TAKE_NAMES_OUT, "on")
    changed = AuditEvent.objects.filter(actor=person).exclude(address=None).update(address=None)
    ordered = sorted({name for name in names if name}, key=len, reverse=True)
    for name in ordered:
        rows = AuditEvent.objects.annotate(told=Cast("before", TextField()), tells=Cast("after", TextField()))
        for event in rows.filter(told__contains=name) | rows.filter(tells__contains=name):
            AuditEvent.objects.filter(pk=event.pk).update(
                before=_without(event.before, ordered, pseudonym),
                after=_without(event.after, ordered, pseudonym),
            )
            changed += 1
    _allow(TAKE_NAMES_OUT, "")
    return changed


def _without(value: Any, names: Sequence[str], pseudonym: str) -> Any:
    if isinstance(value, dict):
        return {key: _without(part, names, pseudonym) for key, part in value.items()}
    if isinstance(value, list):
        return [_without(part, names, pseudonym) for part in value]
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, pseudonym)
    return value


def _allow(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
