"""What a report is about: which people of those one may read about, what, where, and from when until when.

A scope is what stands in a page's address, so that a page, a drill-down and an export with the same address
are about the same answers. What is not understood is said in one sentence and left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse

from enablement.models import Lesson, Membership, Person, Team
from quizzes.models import Evidence, EvidenceSource, Quiz
from quizzes.practice.days import day_of, start_of, zone_of
from quizzes.release import without_asked

PERIODS: Final = {
    "4": "The last 4 weeks",
    "12": "The last 12 weeks",
    "26": "The last 26 weeks",
    "": "All time",
}
MOST_WEEKS: Final = 26
# The parts of an address that make a scope; others, such as the page's number, are about showing it.
NAMES: Final = ("team", "lesson", "quiz", "source", "weeks", "since", "until", "then")


@dataclass(frozen=True, slots=True)
class Named:
    """As much of a person as a line of a report says."""

    pk: int
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody the report is about, with the names of the teams in it that they are in."""

    person: Named
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A report's bounds. `teams` are those one may choose from; `since` and `until` are days in `zone`.

    `then` leaves out what somebody answered before they were in the team.
    """

    reader: Person
    zone: ZoneInfo
    today: date
    teams: Sequence[Team] = ()
    team: Team | None = None
    lessons: Sequence[Lesson] = ()
    lesson: Lesson | None = None
    quizzes: Sequence[Quiz] = ()
    quiz: Quiz | None = None
    source: str = ""
    weeks: str = ""
    since: date | None = None
    until: date | None = None
    then: bool = False
    problems: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The scope as it stands in an address, without the question mark."""
        return urlencode(self.given)

    def with_others(self, **others: str) -> str:
        """The scope in an address with `others` beside it; an empty one is left out."""
        return urlencode({**self.given, **{name: value for name, value in others.items() if value}})

    @property
    def quizzes_meant(self) -> list[Quiz]:
        if self.quiz:
            return [self.quiz]
        return [one for one in self.quizzes if self.lesson is None or one.lesson_id == self.lesson.pk]

    @property
    def lessons_meant(self) -> list[Lesson]:
        if self.quiz:
            return [one for one in self.lessons if one.pk == self.quiz.lesson_id]
        return [self.lesson] if self.lesson else list(self.lessons)

    @property
    def begin(self) -> date | None:
        """The first day that counts, if there is one."""
        if self.weeks and not self.since:
            return self.today - timedelta(weeks=int(self.weeks)) + timedelta(days=1)
        return self.since

    @property
    def answers(self) -> str:
        """The address of the answers in the scope, ready for a figure to add what it is about."""
        return f"{reverse('answer-list')}?{self.query}"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.given)

    def week_starts(self) -> list[datetime]:
        """The moments at which the weeks of the period begin, Mondays in `zone`; at most MOST_WEEKS.

        A week has 167, 168 or 169 hours: where clocks change, a day is an hour longer or shorter.
        """
        last = self.until or self.today
        first = max(self.begin or date.min, last - timedelta(weeks=MOST_WEEKS - 1))
        monday = first - timedelta(days=first.weekday())
        count = (last - monday).days // 7 + 1
        return [start_of(monday + timedelta(weeks=number), self.zone) for number in range(max(0, count))]

    def narrow(self, evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
        """Return what of `evidence` the scope is about, whoever gave it."""
        if self.quiz:
            evidence = evidence.filter(quiz=self.quiz)
        elif self.lesson:
            evidence = evidence.filter(lesson=self.lesson)
        else:
            evidence = evidence.filter(lesson__in=[lesson.pk for lesson in self.lessons])
        if self.source:
            evidence = evidence.filter(source=self.source)
        if self.then:
            teams = [self.team] if self.team else self.teams
            evidence = evidence.filter(teams__overlap=[team.pk for team in teams])
        if self.begin:
            evidence = evidence.filter(at__gte=start_of(self.begin, self.zone))
        if self.until:
            evidence = evidence.filter(at__lt=start_of(self.until + timedelta(days=1), self.zone))
        return evidence


def read_scope(reader: Person, given: Mapping[str, str], now: datetime) -> Scope:
    """Return the scope that an address asks for, out of what `reader` may see. Three queries."""
    zone = zone_of(reader.time_zone)
    teams = list(Team.objects.managed_by(reader))
    lessons = list(Lesson.objects.visible_to(reader))
    quizzes = list(Quiz.objects.visible_to(reader).released().for_all().select_related("lesson"))
    scope = Scope(reader, zone, day_of(now, zone), teams, lessons=lessons, quizzes=quizzes)
    wanted = {name: given.get(name, "").strip() for name in NAMES}
    scope = replace(
        scope,
        team=next((team for team in teams if team.slug == wanted["team"]), None),
        lesson=next((lesson for lesson in lessons if lesson.slug == wanted["lesson"]), None),
        quiz=next((quiz for quiz in quizzes if quiz.slug == wanted["quiz"]), None),
        source=wanted["source"] if wanted["source"] in EvidenceSource.values else "",
        weeks=wanted["weeks"] if wanted["weeks"] in PERIODS else "",
        since=_day(wanted["since"]),
        until=_day(wanted["until"]),
        then=wanted["then"] == "1",
    )
    return _told(scope, wanted)


def _told(scope: Scope, wanted: Mapping[str, str]) -> Scope:
    """Return the scope with what was not understood in words, and what was as it stands in an address."""
    found = {
        "team": scope.team,
        "lesson": scope.lesson,
        "quiz": scope.quiz,
        "source": scope.source,
        "weeks": scope.weeks,
        "since": scope.since,
        "until": scope.until,
        "then": scope.then,
    }
    problems = [PROBLEMS[name] for name, value in wanted.items() if value and not found[name]]
    if scope.since and scope.until and scope.until < scope.since:
        scope, problems = (
            replace(scope, until=None),
            [*problems, "The last day was before the first, so it was left out."],
        )
        found["until"] = None
    kept = {name: wanted[name] for name in NAMES if wanted[name] and found[name]}
    return replace(scope, problems=tuple(problems), given=kept)


PROBLEMS: Final = {
    "team": "There is no team by that name that you manage, so all of yours are shown.",
    "lesson": "There is no lesson by that name, so all are shown.",
    "quiz": "There is no quiz by that name, so all are shown.",
    "source": "Answers come from quizzes, practice, Slack or the coach: all are shown.",
    "weeks": "Choose 4, 12 or 26 weeks: all time is shown.",
    "since": "The first day was not understood: write it as 2026-11-26.",
    "until": "The last day was not understood: write it as 2026-11-26.",
    "then": "Answers given before somebody joined are shown as well.",
}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Years that no clock of ours will see make other sums overflow.
    return day if 2000 <= day.year <= 2200 else None


def members_of(scope: Scope) -> list[Member]:
    """Return the active members of the scope's teams, by name, each once however many teams they are in."""
    teams = [scope.team] if scope.team else list(scope.teams)
    rows = Membership.objects.filter(team__in=teams, person__is_active=True).order_by("team__name")
    fields = ("person", "person__username", "person__first_name", "person__last_name", "team__name")
    found: dict[int, Member] = {}
    for pk, username, first, last, team in rows.values_list(*fields):
        name = f"{first} {last}".strip() or username
        known = found[pk].teams if pk in found else ()
        found[pk] = Member(Named(pk, username, name), (*known, team))
    return sorted(found.values(), key=lambda one: (one.person.name.casefold(), one.person.pk))


def evidence_in(scope: Scope, people: Sequence[int]) -> QuerySet[Evidence]:
    """Return the evidence that the scope is about, of `people`: some of those the reader may read about.

    Without what the reader has open in a quiz: a topic may be a single question, and a count of it then says
    whether that was right.
    """
    return without_asked(scope.narrow(Evidence.objects.filter(person__in=people)), scope.reader)
