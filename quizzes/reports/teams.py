"""The report on the people one manages: on all of them, on one team, or team by team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.db.models import QuerySet

from enablement.models import Lesson, Person
from quizzes.models import Evidence, Question
from quizzes.practice.days import start_of
from quizzes.reports.counts import Cell, Confusion
from quizzes.reports.figures import Figures, Spot, empty_tables, figures_by_person, figures_of
from quizzes.reports.scope import Member, Named, Scope, evidence_in, members_of, read_scope
from quizzes.reports.standing import Standing, State, standings

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person's line. `cells` stand in the order of the report's topics."""

    person: Named
    teams: tuple[str, ...]
    standing: Standing
    cells: list[Cell]
    total: Cell
    confusions: list[Confusion]


@dataclass(frozen=True, slots=True)
class Topic:
    """A column: a topic of a lesson, and how an address asks for it."""

    lesson: str
    lesson_title: str
    topic: str
    query: str


@dataclass(frozen=True, slots=True)
class TeamReport:
    """The people of a scope: how many stand how, right answers by topic and week, what is taken for what.

    `members` are those on one page of `found`, who are those asked for out of everybody in the scope; all the
    other figures are about everybody in it.
    """

    scope: Scope
    people: int
    states: dict[State, int]
    found: int
    members: list[MemberRow]
    topics: list[Topic]
    totals: list[Cell]
    total: Cell
    weeks: list[tuple[datetime, Cell]]
    confusions: list[Confusion]
    changed: int

    @property
    def has_results(self) -> bool:
        return bool(self.total.n)


def team_report(
    scope: Scope, now: datetime, *, state: str = "", name: str = "", page: int = 1, size: int | None = PAGE
) -> TeamReport:
    """Return the report on a scope. `state` and `name` narrow the list of people, `page` (from 1) cuts it.

    Eight queries, whatever the numbers.
    """
    members = members_of(scope)
    people = [one.person.pk for one in members]
    evidence = evidence_in(scope, people)
    starts = scope.week_starts()
    figures = figures_of(evidence, starts)
    standing = standings(people, scope.quizzes_meant, [one.pk for one in scope.lessons_meant], now)
    asked = [one for one in members if _is_asked(one, standing[one.person.pk], state, name)]
    shown = asked if size is None else asked[(page - 1) * size : page * size]
    topics, tables = topics_in(scope, figures.cells), empty_tables()
    return TeamReport(
        scope=scope,
        people=len(members),
        states={one: sum(own.state == one for own in standing.values()) for one in State},
        found=len(asked),
        members=_rows(shown, evidence, standing, topics, tables),
        topics=[topic for _, topic in topics],
        totals=[figures.cells[spot] for spot, _ in topics],
        total=figures.total,
        weeks=figures.by_week(starts),
        confusions=figures.confusions(tables),
        changed=changed_questions(scope),
    )


def team_reports(person: Person, now: datetime, slug: str | None = None) -> list[TeamReport]:
    """A report on each team that `person` manages (all teams, for an admin), or on the one called `slug`."""
    return [whole_report(scope, now) for scope in team_scopes(person, now, slug)]


def team_scopes(person: Person, now: datetime, slug: str | None = None) -> list[Scope]:
    """What a report on each team that `person` manages is about, or on the one called `slug`."""
    scope = read_scope(person, {}, now)
    return [replace(scope, team=team) for team in scope.teams if slug in (None, team.slug)]


def whole_report(scope: Scope, now: datetime) -> TeamReport:
    """Return the report on a scope with everybody in it."""
    return team_report(scope, now, size=None)


def _is_asked(member: Member, standing: Standing, state: str, name: str) -> bool:
    person = member.person
    said = f"{person.name} {person.username}".casefold()
    return (not state or standing.state == state) and name.strip().casefold() in said


def topics_in(scope: Scope, cells: dict[Spot, Cell]) -> list[tuple[Spot, Topic]]:
    """The topics that were answered, lesson by lesson."""
    lessons = {lesson.pk: lesson for lesson in scope.lessons}
    order = {pk: place for place, pk in enumerate(lessons)}
    spots = sorted((spot for spot in cells if spot[0] in lessons), key=lambda spot: (order[spot[0]], spot[1]))
    return [(spot, _topic(lessons[spot[0]], spot[1])) for spot in spots]


def _topic(lesson: Lesson, topic: str) -> Topic:
    return Topic(lesson.slug, lesson.title, topic, urlencode({"topic": topic, "lesson": lesson.slug}))


def _rows(
    members: Sequence[Member],
    evidence: QuerySet[Evidence],
    standing: dict[int, Standing],
    topics: Sequence[tuple[Spot, Topic]],
    tables: dict[int, Confusion],
) -> list[MemberRow]:
    own = figures_by_person(evidence, [one.person.pk for one in members])
    return [_row(one, standing[one.person.pk], own[one.person.pk], topics, tables) for one in members]


def _row(
    member: Member,
    standing: Standing,
    figures: Figures,
    topics: Sequence[tuple[Spot, Topic]],
    tables: dict[int, Confusion],
) -> MemberRow:
    return MemberRow(
        person=member.person,
        teams=member.teams,
        standing=standing,
        cells=[figures.cells.get(spot, Cell()) for spot, _ in topics],
        total=figures.total,
        confusions=figures.confusions(tables),
    )


def changed_questions(scope: Scope) -> int:
    """How many of the scope's questions got another version within its period, by which answers differ."""
    changed = Question.objects.filter(version__gt=1, lesson__in=scope.lessons_meant)
    if scope.quiz:
        changed = changed.filter(places__quiz=scope.quiz)
    if scope.begin:
        changed = changed.filter(made_at__gte=start_of(scope.begin, scope.zone))
    return changed.values("slug").distinct().count()
