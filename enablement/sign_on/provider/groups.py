"""What a person's groups at the provider give them here: added, and taken away when the group is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from enablement import audit
from enablement.models import GroupRule, Membership, Person, Role
from enablement.sign_on.provider.refusals import Reason, Refused

# Where groups give several roles, the first of these counts.
STRONGEST_FIRST = (Role.ADMIN, Role.EDITOR, Role.MANAGER, Role.REP)
LONGEST_LIST = 2_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A group gives a role, or a place in a team (`team` is its id)."""

    group: str
    role: str = ""
    team: int | None = None
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What rules give: a role (None: rules say nothing of roles), and teams to be in and to manage."""

    role: str | None
    member_of: frozenset[int]
    manages: frozenset[int]


def groups_in(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    """The groups that a token names. None named is no group: providers leave an empty list out.

    Raises Refused for a list that cannot be read, and for one too long to be sent (Entra then names a place
    to ask): taking roles away for that would be wrong, and so would leaving them.
    """
    elsewhere = claims.get("_claim_names")
    if (isinstance(elsewhere, dict) and name in elsewhere) or claims.get("hasgroups"):
        raise Refused(Reason.GROUPS, "too many to send")
    told = claims.get(name, [])
    found = [told] if isinstance(told, str) else told
    if not isinstance(found, list) or len(found) > LONGEST_LIST:
        raise Refused(Reason.GROUPS)
    if not all(isinstance(group, str) for group in found):
        raise Refused(Reason.GROUPS)
    return frozenset(found)


def standing(groups: Collection[str], rules: Iterable[Rule]) -> Standing:
    """What `rules` give somebody who is in `groups`. Pure."""
    rules = list(rules)
    given = [rule for rule in rules if rule.group in groups]
    roles = {rule.role for rule in given if rule.role}
    role = next((role for role in STRONGEST_FIRST if role in roles), Role.REP)
    return Standing(
        role=role if any(rule.role for rule in rules) else None,
        member_of=frozenset(rule.team for rule in given if rule.team and not rule.manages),
        manages=frozenset(rule.team for rule in given if rule.team and rule.manages),
    )


def apply_groups(person: Person, groups: Collection[str]) -> None:
    """Bring role and teams of `person` to what the rules give. What no rule speaks of is left alone."""
    rules = [Rule(rule.group, rule.role, rule.team_id, rule.manages) for rule in GroupRule.objects.all()]
    wanted = standing(groups, rules)
    ruled = frozenset(rule.team for rule in rules if rule.team and not rule.manages)
    ruled_managing = frozenset(rule.team for rule in rules if rule.team and rule.manages)
    with transaction.atomic():
        before = _of(person)
        if wanted.role is not None and wanted.role != person.role:
            person.role = wanted.role
            # The administration is open to admins; a role that is taken away closes it again.
            person.is_staff = person.is_superuser or wanted.role == Role.ADMIN
            person.save(update_fields=["role", "is_staff"])
        Membership.objects.filter(person=person, team__in=ruled - wanted.member_of).delete()
        for team in wanted.member_of:
            Membership.objects.get_or_create(person=person, team_id=team)
        person.managed_teams.remove(*(ruled_managing - wanted.manages))
        person.managed_teams.add(*wanted.manages)
        after = _of(person)
        if before != after:
            audit.record(None, "change_by_groups", person, before=before, after=after)


def _of(person: Person) -> dict[str, Any]:
    return {
        "role": str(person.role),
        "teams": sorted(person.teams.values_list("slug", flat=True)),
        "manages": sorted(person.managed_teams.values_list("slug", flat=True)),
    }
