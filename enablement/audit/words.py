"""Rows of the audit in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.apps import apps

from enablement.models import AuditEvent, Person

CHANNELS: Final = {
    "page": "on the site",
    "api": "through the API",
    "slack": "in Slack",
    "task": "in the background",
    "program": "by a command",
    "": "",
}
PROGRAM: Final = "Dosay itself"
# Kinds that are no table.
_KINDS: Final = {"setting": "settings", "backup": "backup", "answers": "answers"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as people read it. `changes` are (what, before, after)."""

    pk: int
    at: datetime
    who: str
    username: str
    did: str
    kind: str
    subject: str
    changes: list[tuple[str, str, str]]
    channel: str
    request: str
    address: str


def entries(events: Iterable[AuditEvent]) -> list[Entry]:
    """Return rows in words, people by their names. One query for all the names."""
    rows = list(events)
    numbers = [row.subject for row in rows if row.kind == "person" and row.subject.isdigit()]
    people = {str(one.pk): one.name for one in Person.objects.filter(pk__in=numbers)} if numbers else {}
    return [
        Entry(
            pk=row.pk,
            at=row.at,
            who=row.actor.name if row.actor else PROGRAM,
            username=row.actor.username if row.actor else "program",
            did=verb_words(row.verb),
            kind=kind_words(row.kind),
            subject=people.get(row.subject, row.subject) if row.kind == "person" else row.subject,
            changes=changes(row.before, row.after),
            channel=CHANNELS.get(row.channel, row.channel),
            request=row.request,
            address=row.address or "",
        )
        for row in rows
    ]


def verb_words(verb: str) -> str:
    """A verb as people read it: “fail_sign_in” is “fail sign in”."""
    return verb.replace("_", " ").replace("-", " ")


@cache
def kind_words(kind: str) -> str:
    """What a kind is called: the name of its table, in words."""
    for model in apps.get_models():
        if model._meta.model_name == kind:
            return str(model._meta.verbose_name)
    return _KINDS.get(kind, kind)


def changes(before: Any, after: Any) -> list[tuple[str, str, str]]:
    """Return what changed as (what, before, after), each as a short text."""
    old, new = (value if isinstance(value, dict) else {} for value in (before, after))
    names = [*old, *(name for name in new if name not in old)]
    return [(verb_words(name), _text(old.get(name)), _text(new.get(name))) for name in names]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # As many digits as tell two scores apart.
        return f"{value:.4g}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
