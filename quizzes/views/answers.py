"""The answers that figures are made of, as a page and as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enablement import audit
from enablement.models import Person
from enablement.roles import may_lead
from enablement.views.requests import PersonRequest, signed_in
from quizzes.deadlines import server_now
from quizzes.models import Evidence
from quizzes.release import taking_now, without_asked
from quizzes.reports.answers import FIGURES, TELLING, answer_rows, answers_in, outcome_titles
from quizzes.reports.counts import Confusion
from quizzes.reports.export import csv_lines
from quizzes.reports.figures import empty_tables, figures_of
from quizzes.reports.scope import Scope, read_scope
from quizzes.views.results import choices, page_number

PAGE = 50


@require_safe
@signed_in
def answer_list(request: PersonRequest) -> HttpResponse:
    """The answers that a figure is made of, newest first, and what they take for what."""
    scope, given = _asked(request)
    answers = answers_in(scope, given)
    paginator = Paginator(answers, PAGE)
    page = paginator.get_page(page_number(request))
    shown = answers[page.start_index() - 1 : page.end_index()] if paginator.count else answers.none()
    context = choices(scope) | {
        "page": page,
        "rows": list(answer_rows(shown, request.user)),
        "count": paginator.count,
        "about": _about(request.user, given),
        "address": scope.with_others(**given),
        "confusions": _confusions(request.user, answers) if given.get("question") else [],
        "leaves_out": bool(given.keys() & set(TELLING)) and bool(taking_now(request.user)),
        "is_manager": may_lead(request.user),
    }
    return render(request, "quizzes/answers.html", context)


@require_safe
@signed_in
def answer_export(request: PersonRequest) -> StreamingHttpResponse:
    """The same answers as a CSV file, as it is read from the database. Who took it is on record."""
    scope, given = _asked(request)
    answers = answers_in(scope, given)
    audit.record(
        request.user, "export_answers", request.user, after={**scope.given, **given, "rows": answers.count()}
    )
    lines = csv_lines(answer_rows(answers, request.user), scope.zone)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="answers-{scope.today:%Y-%m-%d}.csv"'
    return response


def _confusions(reader: Person, answers: QuerySet[Evidence]) -> list[Confusion]:
    return figures_of(without_asked(answers, reader)).confusions(empty_tables())


def _asked(request: PersonRequest) -> tuple[Scope, dict[str, str]]:
    given = {name: request.GET.get(name, "").strip().replace("\x00", "") for name in FIGURES}
    scope = read_scope(request.user, request.GET, server_now())
    return scope, {name: value[:200] for name, value in given.items() if value}


def _about(reader: Person, given: dict[str, str]) -> list[str]:
    """What the answers are narrowed to beside the scope, in words."""
    said = []
    if username := given.get("person"):
        person = Person.objects.visible_to(reader).filter(username=username).first()
        said.append(person.name if person else "nobody you may read about")
    outcomes = given.keys() & {"true", "chosen"}
    titles = {name: title for (_, name), title in outcome_titles().items()} if outcomes else {}
    if topic := given.get("topic"):
        said.append(f"on {topic.replace('-', ' ')}")
    if true := given.get("true"):
        said.append(f"where “{titles.get(true, true)}” is true")
    if chosen := given.get("chosen"):
        said.append("left open" if chosen == "open" else f"where “{titles.get(chosen, chosen)}” was chosen")
    if given.get("result") in ("right", "wrong"):
        said.append(f"that were {given['result']}")
    if week := given.get("week"):
        said.append(f"in the week from {week}")
    if question := given.get("question"):
        said.append(f"to the question {question}")
    return said
