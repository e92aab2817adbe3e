"""Looking things up in the audit: who, what, about what, in which days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from enablement.models import AuditEvent, Person
from enablement.models.records import AuditEventQuerySet

PAGE: Final = 50
PROGRAM: Final = "program"
FIELDS: Final = ("who", "what", "kind", "subject", "since", "until", "request")
LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, as it was written. `problems`: what was not understood."""

    who: str = ""
    what: str = ""
    kind: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    request: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def given(self) -> dict[str, str]:
        """What is looked for, as the address of the page has it."""
        values = {name: getattr(self, name) for name in FIELDS}
        return {name: str(value) for name, value in values.items() if value}

    @property
    def address(self) -> str:
        return urlencode(self.given)


def read_search(given: Mapping[str, str]) -> Search:
    """Read what an address asks for. What is no day is passed over, and said."""
    texts = {name: given.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in FIELDS}
    problems: list[str] = []
    since, until = (_day(texts.pop(name), problems) for name in ("since", "until"))
    if since and until and since > until:
        problems.append("The first day is after the last one, so nothing is found. Swap them.")
    return Search(**texts, since=since, until=until, problems=problems)


def find_events(search: Search, reader: Person) -> AuditEventQuerySet:
    """Return the rows that a search finds, the newest first; none for anybody but an admin."""
    found = AuditEvent.objects.visible_to(reader).select_related("actor")
    if search.who == PROGRAM:
        found = found.filter(actor=None)
    elif search.who:
        names = Q(actor__username__iexact=search.who)
        for word in search.who.split():
            names |= Q(actor__first_name__iexact=word) | Q(actor__last_name__iexact=word)
        found = found.filter(names)
    for name in ("kind", "request"):
        if value := getattr(search, name):
            found = found.filter(**{name: value})
    if search.what:
        found = found.filter(verb=search.what)
    if search.subject:
        found = found.filter(_about(search.subject))
    if search.since:
        found = found.filter(at__gte=_begin(search.since))
    if search.until and search.until < date.max:
        found = found.filter(at__lt=_begin(search.until + timedelta(days=1)))
    return found


def _about(text: str) -> Q:
    """Rows about what is called so; a person may be given by user name, where the audit has a number."""
    people = Person.objects.filter(username__iexact=text).values_list("pk", flat=True)
    return Q(subject__icontains=text) | Q(kind="person", subject__in=[str(pk) for pk in people])


def _day(text: str, problems: list[str]) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        return day if day < date.max else day.replace(day=1)
    except ValueError:
        problems.append(f"“{text}” is no day. Write it as 2026-03-31.")
        return None


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
