"""The report on each team that a person manages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enablement.models import Membership, Person, Team
from quizzes.models import Quiz
from quizzes.reports.counts import Cell, Confusion, merged
from quizzes.reports.figures import Standing, confusions, standings, topic_cells


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person's line in a team's report. `cells` stand in the order of the team's topics."""

    person: Person
    standing: Standing
    cells: list[Cell]
    confusions: list[Confusion]


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team: its members by name, right answers by topic, and which outcomes are taken for which."""

    team: Team
    members: list[MemberRow]
    topics: list[str]
    totals: list[Cell]
    confusions: list[Confusion]

    @property
    def has_results(self) -> bool:
        return any(member.standing.attempts for member in self.members)


def team_reports(person: Person, quiz: Quiz | None = None, slug: str | None = None) -> list[TeamReport]:
    """Reports on the teams that `person` manages (all teams, for an admin), or on the one called `slug`."""
    teams = Team.objects.managed_by(person)
    if slug is not None:
        teams = teams.filter(slug=slug)
    members = _members(teams)
    people = {member.pk for group in members.values() for member in group}
    standing, cells, confusion = standings(people, quiz), topic_cells(people, quiz), confusions(people, quiz)
    reports = []
    for team, group in members.items():
        topics = sorted({topic for member in group for topic in cells[member.pk]})
        rows = [
            MemberRow(
                person=member,
                standing=standing.get(member.pk, Standing()),
                cells=[cells[member.pk].get(topic, Cell()) for topic in topics],
                confusions=confusion[member.pk],
            )
            for member in group
        ]
        reports.append(TeamReport(team, rows, topics, _totals(rows), _merged(rows)))
    return reports


def _members(teams: Iterable[Team]) -> dict[Team, list[Person]]:
    """The active members of each team by name; a person in two teams stands in both."""
    by_team: dict[Team, list[Person]] = {team: [] for team in teams}
    memberships = Membership.objects.filter(team__in=list(by_team), person__is_active=True)
    for membership in memberships.select_related("person", "team"):
        by_team[membership.team].append(membership.person)
    return {team: sorted(group, key=lambda person: person.name.casefold()) for team, group in by_team.items()}


def _totals(rows: list[MemberRow]) -> list[Cell]:
    return [sum(column, Cell()) for column in zip(*(row.cells for row in rows), strict=True)]


def _merged(rows: list[MemberRow]) -> list[Confusion]:
    return merged(confusion for row in rows for confusion in row.confusions)
