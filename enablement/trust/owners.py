"""Who answers for a piece.

A situation stands on its card and a term explains a word of one, so they have no owner of their own: whoever
answers for the card answers for them; where a term has no card, whoever answers for the lesson.
"""

from __future__ import annotations

from django.db import models

from enablement.models import Fit, Ownership, Person, Team, Term
from enablement.roles import may_edit, may_vouch

FOLLOWING = ("fit", "term")


def answering(kind: str, slug: str) -> tuple[str, str]:
    """The piece whose owner answers for a piece: itself, or its card or lesson. As facts.py has it in SQL."""
    model = {"fit": Fit, "term": Term}.get(kind)
    row = model.objects.filter(slug=slug).select_related("card", "lesson").first() if model else None
    if row is None:
        return kind, slug
    return ("card", row.card.slug) if row.card else ("lesson", row.lesson.slug)


def ownership_of(kind: str, slug: str) -> Ownership | None:
    kind, slug = answering(kind, slug)
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
    return may_vouch(person, owners_of(kind, slug))


def told_about(kind: str, slug: str) -> list[Person]:
    """Who hears what readers say about a piece: its owners; where there are none, all editors."""
    return owners_of(kind, slug) or editors()


def editors() -> list[Person]:
    people = Person.objects.filter(is_active=True).order_by("username")
    return [person for person in people.filter(_EDITOR) if may_edit(person)]


_EDITOR = models.Q(role__in=["editor", "admin"]) | models.Q(is_superuser=True)
