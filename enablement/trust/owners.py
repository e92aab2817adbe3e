"""Who answers for a piece."""

from __future__ import annotations

from django.db import models

from enablement.models import Ownership, Person, Team


def ownership_of(kind: str, slug: str) -> Ownership | None:
    return Ownership.objects.filter(kind=kind, slug=slug).select_related("person", "team", "lesson").first()


def owners_of(kind: str, slug: str) -> list[Person]:
    """The active people who answer for a piece: its owner, or the owning team and its managers."""
    ownership = ownership_of(kind, slug)
    return owning_people(ownership) if ownership else []


def owning_people(ownership: Ownership) -> list[Person]:
    if ownership.person_id is not None:
        return list(Person.objects.filter(pk=ownership.person_id, is_active=True))
    if ownership.team is None:
        return []
    return list(team_people(ownership.team))


def team_people(team: Team) -> models.QuerySet[Person]:
    """The active members and managers of a team."""
    of_team = models.Q(memberships__team=team) | models.Q(managed_teams=team)
    return Person.objects.filter(of_team, is_active=True).distinct().order_by("username")


def may_verify(person: Person, kind: str, slug: str) -> bool:
    """The owner may, anybody of the owning team and its managers, and an admin."""
    return person.is_admin or person in owners_of(kind, slug)


def told_about(kind: str, slug: str) -> list[Person]:
    """Who hears what readers say about a piece: its owners; where there are none, all editors."""
    return owners_of(kind, slug) or editors()


def editors() -> list[Person]:
    people = Person.objects.filter(is_active=True).order_by("username")
    return [person for person in people.filter(_EDITOR) if person.is_editor]


_EDITOR = models.Q(role__in=["editor", "admin"]) | models.Q(is_superuser=True)
