"""Who has which role, who is in which team, and who manages it: given and taken by admins."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from enablement import audit
from enablement.models import Membership, Person, Role, Team
from enablement.roles import may_lead
from enablement.sign_on.standing import is_last_admin, lock_admins


class CannotChange(Exception):
    """The message is a sentence for the admin who tried."""


def change_role(person: Person, role: Role, actor: Person) -> None:
    """Give `person` another role. Raises CannotChange for oneself and for the last admin."""
    if role == person.role:
        return
    if person.pk == actor.pk:
        raise CannotChange("You cannot change your own role. Ask another admin.")
    with transaction.atomic():
        lock_admins()
        if person.role == Role.ADMIN and is_last_admin(person):
            raise CannotChange(f"{person.name} is the only admin. Make somebody else an admin first.")
        before = {"role": str(person.role)}
        # The administration is open to admins; a role that is taken away closes it again.
        person.role, person.is_staff = role, person.is_superuser or role == Role.ADMIN
        person.save(update_fields=["role", "is_staff"])
        audit.record(actor, "change", person, before=before, after={"role": str(role)})


def set_teams(person: Person, teams: Collection[Team], actor: Person) -> None:
    """Let `person` be in these teams and in no other. Since when they are in one of before stays."""
    with transaction.atomic():
        before = _slugs(person.teams.all())
        person.memberships.exclude(team__in=teams).delete()
        for team in teams:
            Membership.objects.get_or_create(person=person, team=team)
        if before != _slugs(teams):
            audit.record(actor, "change", person, before={"teams": before}, after={"teams": _slugs(teams)})


def make_team(team: Team, actor: Person) -> None:
    """Save a new team."""
    with transaction.atomic():
        team.save()
        audit.record(actor, "add", team, after={"name": team.name})


def rename_team(team: Team, name: str, actor: Person) -> None:
    """Give a team another name; its short name stays, since addresses have it."""
    _set(team, "name", name, actor, "change")


def switch_model(team: Team, wanted: bool, actor: Person) -> None:
    """Let a team's people use a language model, or not."""
    _set(team, "may_ask_model", wanted, actor, "switch_model")


def set_managers(team: Team, people: Collection[Person], actor: Person) -> None:
    """Let these people manage a team, and nobody else. Raises CannotChange where one is no manager.

    Who manages it already may stay, whatever has become of them since.
    """
    known = set(team.managers.all())
    if reps := [person.name for person in people if person not in known and not may_lead(person)]:
        raise CannotChange(f"{reps[0]} is no manager, and would see nothing. Change the role first.")
    with transaction.atomic():
        before = _names(team.managers.all())
        team.managers.set(people)
        if before != _names(people):
            audit.record(
                actor, "change", team, before={"managers": before}, after={"managers": _names(people)}
            )


def _set(team: Team, field: str, value: Any, actor: Person, verb: str) -> None:
    before = {field: getattr(team, field)}
    if before[field] == value:
        return
    setattr(team, field, value)
    with transaction.atomic():
        team.save(update_fields=[field])
        audit.record(actor, verb, team, before=before, after={field: value})


def _slugs(teams: Collection[Team]) -> list[str]:
    return sorted(team.slug for team in teams)


def _names(people: Collection[Person]) -> list[str]:
    return sorted(person.username for person in people)
