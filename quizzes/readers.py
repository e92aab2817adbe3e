"""Who may read about a person, and why: worked out anew each time, from the teams as they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from enablement.models import Person, Role, Team
from enablement.roles import may_lead


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may read about a person, with the teams by which they do; none for an administrator."""

    person: Person
    teams: list[str]


def managers_of(person: Person) -> list[Reader]:
    """Return who manages `person`, by name, each with the teams by which they do."""
    found: dict[Person, list[str]] = {}
    for team in Team.objects.filter(members=person).prefetch_related("managers"):
        for manager in team.managers.all():
            if may_lead(manager) and manager != person:
                found.setdefault(manager, []).append(team.name)
    readers = [Reader(manager, teams) for manager, teams in found.items()]
    return sorted(readers, key=lambda reader: reader.person.name.casefold())


def administrators(person: Person) -> list[Reader]:
    """Return the administrators, who may read about everybody."""
    admins = Person.objects.filter(Q(is_superuser=True) | Q(role=Role.ADMIN), is_active=True)
    return [Reader(admin, []) for admin in admins.exclude(pk=person.pk).order_by("first_name", "username")]
