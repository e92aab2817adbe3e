"""No row of another team, whatever the teams: in no page, file, chart, count or answer of the API.

A few layouts in every run; `DOSAY_LAYOUTS=1000 python -m pytest tests/quizzes/test_team_layouts.py` tries
more, and `DOSAY_LAYOUTS_BY_SITE=1` reads every page under each. Who may read about whom is worked out here
from the layout alone, apart from the product's own queries.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from random import Random

from django.db import transaction
from django.test import Client
from django.urls import reverse

from enablement.models import Membership, Person, Role, Team
from quizzes.deadlines import server_now
from quizzes.models import Evidence, PracticePlan, Quiz
from quizzes.reports.answers import answers_in
from quizzes.reports.people import person_report
from quizzes.reports.scope import read_scope
from quizzes.reports.teams import team_report, team_reports
from tests.quizzes.doors import Answering
from tests.quizzes.test_evidence import practise

LAYOUTS = int(os.environ.get("DOSAY_LAYOUTS", "12"))
# Of so many layouts one is also read through the site, which takes longer than all the rest.
THROUGH_THE_SITE = int(os.environ.get("DOSAY_LAYOUTS_BY_SITE", "6"))
PAGES = (
    "/team/",
    "/team/regrades/",
    "/answers/",
    "/results/",
    "/results/who-sees/",
    "/desk/",
    "/assigning/",
    "/assigning/new/",
    "/coaching/",
    "/api/v1/reports/teams/",
    "/api/v1/reports/answers/",
    "/api/v1/reports/readers/",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Who is in which team, who manages which, and who is a manager and active at all."""

    members: dict[str, set[str]]
    managers: dict[str, set[str]]
    roles: dict[str, str]
    active: set[str]

    def may_read(self, reader: str) -> set[str]:
        """Themselves, and the active members of the teams they manage while they are managers."""
        if self.roles[reader] != Role.MANAGER:
            return {reader}
        managed = [team for team, managers in self.managers.items() if reader in managers]
        members = {one for team in managed for one in self.members[team]}
        return {reader} | (members & self.active)

    def may_be_named_to(self, reader: str) -> set[str]:
        """Whom they may read about, and by name the managers who may read about them."""
        teams = [team for team, members in self.members.items() if reader in members]
        managers = {one for team in teams for one in self.managers[team]}
        return self.may_read(reader) | {
            one for one in managers & self.active if self.roles[one] == Role.MANAGER
        }


def lay_out(people: dict[str, Person], teams: dict[str, Team], random: Random) -> Layout:
    """Put people into teams at random, in the database and on paper."""
    names = list(people)
    layout = Layout(
        members={team: {name for name in names if random.random() < 0.35} for team in teams},
        managers={team: {name for name in names if random.random() < 0.25} for team in teams},
        roles={name: random.choice([Role.REP, Role.MANAGER, Role.MANAGER]) for name in names},
        active={name for name in names if random.random() < 0.85},
    )
    Membership.objects.all().delete()
    Membership.objects.bulk_create(
        Membership(team=teams[team], person=people[name])
        for team, members in layout.members.items()
        for name in sorted(members)
    )
    for team, managers in layout.managers.items():
        teams[team].managers.set([people[name] for name in sorted(managers)])
    for name, person in people.items():
        person.role, person.is_active = layout.roles[name], name in layout.active
    Person.objects.bulk_update(people.values(), ["role", "is_active"])
    return layout


def read_by_functions(reader: Person, allowed: set[str]) -> None:
    """What every page, file and answer of the API is made of."""
    now = server_now()
    scope = read_scope(reader, {}, now)
    report = team_report(scope, now, size=None)
    listed = {row.person.username for row in report.members}
    counted = Evidence.objects.filter(person__username__in=listed)
    assert listed <= allowed
    assert report.total.n == counted.count()
    assert (
        sum(confusion.n for confusion in report.confusions)
        == counted.exclude(true="").exclude(chosen="").count()
    )
    assert sum(cell.n for _, cell in report.weeks) == counted.count()
    for one in team_reports(reader, now):
        assert {row.person.username for row in one.members} <= allowed
    assert set(answers_in(scope, {}).values_list("person__username", flat=True)) <= allowed
    for stranger in Person.objects.exclude(username__in=allowed):
        assert not answers_in(scope, {"person": stranger.username}).exists()
    own = person_report(reader, scope, now)
    assert own.total.n == Evidence.objects.filter(person=reader).count()


def read_through_the_site(client: Client, layout: Layout, reader: Person, names: set[str]) -> None:
    """The pages, the file and the API, in their own words."""
    allowed, named = layout.may_read(reader.username), layout.may_be_named_to(reader.username)
    # The session of the layout before was rolled back with it.
    client.cookies.clear()
    client.force_login(reader)
    said = ""
    for path in PAGES:
        response = client.get(path)
        said += response.content.decode() if response.status_code == 200 else ""
    file = client.get(reverse("answer-export"))
    said += b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
    assert {name for name in names - named if f"Name-{name}-End" in said} == set()
    for name in names - allowed:
        assert client.get(f"/team/{name}/").status_code == 404


def test_nobody_reads_a_row_of_another_team(client: Client, quiz: Quiz, hand_in: Answering) -> None:
    teams = {name: Team.objects.create(name=name, slug=name) for name in ("one", "two", "three")}
    people = {}
    for number in range(6):
        name = f"p{number}"
        people[name] = Person.objects.create_user(name, first_name=f"Name-{name}-End")
        PracticePlan.objects.create(person=people[name], shares_answers=number % 2 == 0)
        hand_in(people[name], quiz, sort_scraping="lock")
        practise(people[name], server_now())
    for number in range(LAYOUTS):
        with transaction.atomic():
            layout = lay_out(people, teams, Random(number))
            for name in sorted(layout.active):
                read_by_functions(people[name], layout.may_read(name))
            if number % THROUGH_THE_SITE == 0:
                reader = sorted(layout.active)[number % len(layout.active)] if layout.active else ""
                if reader:
                    read_through_the_site(client, layout, people[reader], set(people))
            transaction.set_rollback(True)
