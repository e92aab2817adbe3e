"""The people of demo mode: one click signs in as any of them. Nobody else can be entered that way."""

from __future__ import annotations

from django.db import transaction

from enablement.models import Membership, Person, Role, Team

PEOPLE = (
    ("ada", "Ada", "Okafor", Role.REP),
    ("ben", "Ben", "Lindqvist", Role.REP),
    ("cem", "Cem", "Aydin", Role.REP),
    ("max", "Max", "Moreau", Role.MANAGER),
    ("zoe", "Zoe", "Tanaka", Role.REP),
    ("nia", "Nia", "Castillo", Role.EDITOR),
    ("root", "Ruth", "Admin", Role.ADMIN),
)
TEAMS = (
    ("North", ("ada", "ben", "cem"), ("max",)),
    ("South", ("zoe",), ()),
)


@transaction.atomic
def make_demo_people() -> None:
    """Make the demo people and teams where they are missing; leave those that are there alone."""
    people = {person[0]: _make_person(*person) for person in PEOPLE}
    for name, members, managers in TEAMS:
        team, made = Team.objects.get_or_create(slug=name.lower(), defaults={"name": name})
        if made:
            team.managers.set([people[username] for username in managers])
            for username in members:
                Membership.objects.create(team=team, person=people[username])


def _make_person(username: str, first: str, last: str, role: Role) -> Person:
    values = {
        "first_name": first,
        "last_name": last,
        "role": role,
        "is_demo": True,
        "is_staff": role in {Role.EDITOR, Role.ADMIN},
        "is_superuser": role == Role.ADMIN,
    }
    person, made = Person.objects.get_or_create(username=username, defaults=values)
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person
