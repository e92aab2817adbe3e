"""The review desk: one answer after another, decided by keyboard, each decision taken back with one key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.models import Team
from enablement.views.requests import PersonRequest, managers_only
from quizzes.appeals import (
    LONGEST_DECISION,
    DecidedMeanwhile,
    NothingToUndo,
    decide_answer,
    standing_of,
    undo_decision,
)
from quizzes.deadlines import server_now
from quizzes.desk.queue import Waiting, Why, left_out_for, queue_for
from quizzes.desk.sheet import DeskSheet, answer_on_desk, sheet_of
from quizzes.grading.rubrics import Rubric
from quizzes.models import Answer


@dataclass(frozen=True, slots=True)
class Filters:
    """Which answers the desk shows, and the part of an address that says so."""

    team: Team | None
    why: Why | None

    @property
    def query(self) -> str:
        """`?team=…&why=…`; empty where nothing is left out."""
        chosen = {"team": self.team.slug if self.team else "", "why": self.why or ""}
        wanted = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{wanted}" if wanted else ""

    @property
    def in_force(self) -> int:
        """How many of them leave something out."""
        return (self.team is not None) + (self.why is not None)


@require_safe
@managers_only
def desk(request: PersonRequest) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    filters = _filters(request)
    context = {
        "rows": queue_for(request.user, filters.team, filters.why),
        "left_out": left_out_for(request.user),
        "teams": Team.objects.managed_by(request.user),
        "filters": filters,
        "done": _just_decided(request),
    }
    return render(request, "quizzes/desk/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def desk_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """One answer with its checks; a decision on each settles the grade, and the next answer comes."""
    answer, rubric = _on_desk(request, pk)
    if request.method != "POST":
        return _page(request, answer, rubric)
    met = {check.name for check in rubric.checks} & set(request.POST.getlist("met"))
    note = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST_DECISION]
    spoilt = request.POST.get("spoilt") == "yes"
    seen = request.POST.get("seen", "")
    following = _following(request, pk)
    try:
        decide_answer(answer, request.user, met, spoilt, note, now=server_now(), seen=seen)
    except DecidedMeanwhile as problem:
        return _page(request, answer, rubric, status=409, problem=str(problem), note=note)
    return HttpResponseRedirect(_address(_filters(request), following, done=pk))


@require_POST
@managers_only
def desk_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back the newest decision on an answer, and show it again."""
    answer, _ = _on_desk(request, pk)
    try:
        undo_decision(answer, request.user, now=server_now())
    except NothingToUndo as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Taken back. The answer waits again.")
    return HttpResponseRedirect(_address(_filters(request), pk))


def _page(
    request: PersonRequest, answer: Answer, rubric: Rubric, status: int = 200, **more: Any
) -> HttpResponse:
    filters = _filters(request)
    rows = queue_for(request.user, filters.team, filters.why)
    places = [row.answer.pk for row in rows]
    context = {
        "sheet": sheet_of(answer, rubric),
        "answer": answer,
        "seen": standing_of(answer),
        "row": next((row for row in rows if row.answer.pk == answer.pk), None),
        "place": places.index(answer.pk) + 1 if answer.pk in places else 0,
        "total": len(rows),
        "skip_url": _address(filters, _next_of(rows, answer.pk)),
        "filters": filters,
        "done": _just_decided(request),
        "longest_note": LONGEST_DECISION,
    }
    return render(request, "quizzes/desk/answer.html", context | more, status=status)


def _on_desk(request: PersonRequest, pk: int) -> tuple[Answer, Rubric]:
    found = answer_on_desk(request.user, pk)
    if found is None:
        raise Http404
    return found


def _filters(request: PersonRequest) -> Filters:
    """What the address asks for; what is not there, or not theirs, leaves nothing out."""
    team = (
        Team.objects.managed_by(request.user)
        .filter(slug=request.GET.get("team", "").replace("\0", ""))
        .first()
    )
    why = request.GET.get("why", "")
    return Filters(team, Why(why) if why in set(Why) else None)


def _following(request: PersonRequest, pk: int) -> int | None:
    filters = _filters(request)
    return _next_of(queue_for(request.user, filters.team, filters.why), pk)


def _next_of(rows: list[Waiting], pk: int) -> int | None:
    """The answer after the one with the id `pk`; from the end it goes on at the beginning."""
    ids = [row.answer.pk for row in rows]
    if pk not in ids:
        return ids[0] if ids else None
    others = ids[ids.index(pk) + 1 :] + ids[: ids.index(pk)]
    return others[0] if others else None


def _address(filters: Filters, answer: int | None, *, done: int | None = None) -> str:
    page = reverse("answer-reviews") if answer is None else reverse("answer-review", args=[answer])
    query = filters.query
    if done is not None:
        query += f"{'&' if query else '?'}done={done}"
    return page + query


def _just_decided(request: PersonRequest) -> DeskSheet | None:
    """The answer that was decided a moment ago, with what it came to, for taking it back right there."""
    wanted = request.GET.get("done", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 18):
        return None
    found = answer_on_desk(request.user, int(wanted))
    if found is None:
        return None
    sheet = sheet_of(*found)
    return sheet if sheet.decision is not None and sheet.decision.actor == request.user else None
