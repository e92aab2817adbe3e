"""Results: one's own, and those of the teams one manages."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enablement.models import Person
from enablement.views.requests import PersonRequest, managers_only, signed_in
from quizzes.deadlines import server_now
from quizzes.models import EvidenceSource, TimeShare, share_of
from quizzes.practice.overview import activities
from quizzes.practice.sheets import shared_answers
from quizzes.release import taking_now
from quizzes.reports.charts import readiness, topics_title, trend
from quizzes.reports.counts import FEW
from quizzes.reports.people import person_report
from quizzes.reports.scope import PERIODS, Scope, read_scope
from quizzes.reports.standing import TITLES, State
from quizzes.reports.teams import PAGE, TeamReport, team_report


@require_safe
@signed_in
def my_results(request: PersonRequest) -> HttpResponse:
    """Everything that the person's managers see about them, and who these are."""
    return _person_page(request, request.user)


@require_safe
@managers_only
def team_list(request: PersonRequest) -> HttpResponse:
    """The people one manages: how they stand, right answers by topic, and which way they err."""
    now = server_now()
    scope = read_scope(request.user, request.GET, now)
    state = request.GET.get("state", "")
    state = state if state in set(State) else ""
    name, page = request.GET.get("name", "")[:100].replace("\x00", ""), page_number(request)
    report = team_report(scope, now, state=state, name=name, page=page)
    context = choices(scope) | {
        "report": report,
        "answers": scope.answers,
        "bar": readiness(report.states),
        "trend": trend(report.weeks, whose(scope)),
        "topics_title": topics_title(
            zip([topic.topic for topic in report.topics], report.totals, strict=True), whose(scope)
        ),
        "whose": whose(scope),
        "state": state,
        "states": [(one, TITLES[one], report.states[one]) for one in State],
        "name": name,
        "in_force": bool(state) + bool(name),
        "pages": _pages(scope, report, page, state=state, name=name),
        "now": now,
    }
    return render(request, "quizzes/teams.html", context)


@require_safe
@managers_only
def team_member(request: PersonRequest, username: str) -> HttpResponse:
    """One member's results, for those who manage one of their teams."""
    person = get_object_or_404(Person.objects.visible_to(request.user), username=username)
    return _person_page(request, person)


def _person_page(request: PersonRequest, person: Person) -> HttpResponse:
    is_own, now = person == request.user, server_now()
    scope = read_scope(request.user, request.GET, now)
    report = person_report(person, scope, now)
    context = choices(scope) | {
        "report": report,
        "is_own": is_own,
        "your": "your" if is_own else "their",
        "trend": trend(report.weeks, "You" if is_own else person.name),
        "topics_title": topics_title(
            ((topic.topic, cell) for topic, cell in report.topics), "Your answers" if is_own else person.name
        ),
        "whose": person.name,
        "activity": activities([person.pk], now, request.user).get(person.pk),
        "share": share_of(person),
        "shares": TimeShare,
        "shared": [] if is_own else shared_answers(person, request.user),
        "now": now,
    }
    return render(request, "quizzes/person.html", context)


def choices(scope: Scope) -> dict[str, Any]:
    """What the form over a report offers, what it is narrowed to, and whether something is left out of it."""
    return {
        "scope": scope,
        "periods": PERIODS,
        "sources": EvidenceSource.choices,
        "few": FEW,
        "leaves_out": bool(taking_now(scope.reader)),
    }


def whose(scope: Scope) -> str:
    """Whom a team's figures are about, in words."""
    if scope.team:
        return scope.team.name
    return "Your team" if len(scope.teams) == 1 else "Your teams"


def page_number(request: PersonRequest) -> int:
    """The number of the page that is asked for, from 1; 1 for anything that is none."""
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _pages(scope: Scope, report: TeamReport, page: int, **others: str) -> dict[str, str]:
    """The addresses of the page before and the page after, where there are such."""
    last = -(-report.found // PAGE)
    return {
        "before": scope.with_others(**others, page=str(page - 1)) if 1 < page <= last + 1 else "",
        "after": scope.with_others(**others, page=str(page + 1)) if page < last else "",
        "page": str(page),
        "last": str(last),
    }
