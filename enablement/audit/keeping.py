"""The two ways to touch the audit that the database allows: forgetting what is old, taking names out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from enablement.audit.recording import note
from enablement.models import AuditEvent, Person

FORGET = "forget_audit"
# Settings that the table's trigger reads (migration audit_is_append_only), for one transaction.
FORGET_BEFORE = "dosay.audit_forget_before"
# Fields of a person that say who it is.
NAMING = ("username", "first_name", "last_name", "email")
TAKE_NAMES_OUT = "dosay.audit_take_names_out"


def forget_before(moment: datetime) -> int:
    """Delete the rows older than `moment`, and note how many there were."""
    with transaction.atomic():
        _allow(FORGET_BEFORE, moment.isoformat())
        rows, _ = AuditEvent.objects.filter(at__lt=moment).delete()
        if rows:
            note(None, FORGET, "auditevent", f"before {moment:%Y-%m-%d}", after={"rows": rows})
    return rows


def take_names_out(person: Person, names: Sequence[str], parts: Sequence[str], pseudonym: str) -> int:
    """Put `pseudonym` for each of `names` in what the audit holds, and forget `person`'s addresses.

    In rows of what they did themselves and of what was done to them, `parts` of names go too, and there every
    field that names a person goes, also a name that was theirs before. Who did what stays: the actor is the
    same row, which has no name any more. Needs a transaction.
    """
    _allow(TAKE_NAMES_OUT, "on")
    about = AuditEvent.objects.filter(kind="person", subject=str(person.pk))
    own = AuditEvent.objects.filter(actor=person)
    own.exclude(address=None).update(address=None)
    # Whoever tried to come in as them may have been them.
    about.filter(actor=None).exclude(address=None).update(address=None)
    _blank(about, pseudonym)
    own |= about
    changed = _replace(own, [*names, *parts], pseudonym) + _replace(
        AuditEvent.objects.all(), names, pseudonym
    )
    _allow(TAKE_NAMES_OUT, "")
    return changed


def _blank(events: QuerySet[AuditEvent], pseudonym: str) -> None:
    """Put the pseudonym into every field that names the person whom the rows are about."""
    for event in events:
        sides = {"before": event.before, "after": event.after}
        named = {
            side: value | {name: pseudonym for name in NAMING if value.get(name)}
            for side, value in sides.items()
            if isinstance(value, dict) and any(value.get(name) for name in NAMING)
        }
        if named:
            AuditEvent.objects.filter(pk=event.pk).update(**named)


def _replace(events: QuerySet[AuditEvent], names: Sequence[str], pseudonym: str) -> int:
    rows = events.annotate(told=Cast("before", TextField()), tells=Cast("after", TextField()))
    naming = Q(pk__in=[])
    for name in names:
        naming |= Q(told__contains=name) | Q(tells__contains=name)
    changed = 0
    for event in rows.filter(naming):
        before, after = (_without(value, names, pseudonym) for value in (event.before, event.after))
        if (before, after) != (event.before, event.after):
            changed += AuditEvent.objects.filter(pk=event.pk).update(before=before, after=after)
    return changed


def replace_names(text: str, names: Sequence[str], pseudonym: str) -> str:
    """Return a text with `pseudonym` for each name, where it stands as a word of its own. Pure."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", pseudonym, text)
    return text


def _without(value: Any, names: Sequence[str], pseudonym: str) -> Any:
    if isinstance(value, dict):
        return {key: _without(part, names, pseudonym) for key, part in value.items()}
    if isinstance(value, list):
        return [_without(part, names, pseudonym) for part in value]
    return replace_names(value, names, pseudonym) if isinstance(value, str) else value


def _allow(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
