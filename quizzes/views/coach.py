"""Coach mode: choose a buyer, talk, read what was heard."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.heads import NotTrained
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, signed_in
from quizzes.coach.listening import LONGEST_TURN
from quizzes.coach.runs import say, start_run, summary, told_so_far
from quizzes.grading import BadResponse
from quizzes.models import CoachRun, Scenario

# What may keep a turn from being judged, with the status that says whose move is next.
PROBLEMS = {BadResponse: 400, BadText: 400, EncoderUnavailable: 503, NotTrained: 503}


@require_safe
@signed_in
def coach(request: PersonRequest) -> HttpResponse:
    """The buyers one may talk to."""
    last: dict[int, CoachRun] = {}
    for run in CoachRun.objects.visible_to(request.user).order_by("started_at"):
        last[run.scenario_id] = run
    scenarios = Scenario.objects.visible_to(request.user).select_related("lesson")
    context = {"scenarios": [(scenario, last.get(scenario.pk)) for scenario in scenarios]}
    return render(request, "quizzes/coach/list.html", context)


@require_POST
@signed_in
def coach_start(request: PersonRequest, slug: str) -> HttpResponse:
    """Begin a talk, or go on with it."""
    scenarios = Scenario.objects.visible_to(request.user).select_related("script")
    return redirect(start_run(request.user, get_object_or_404(scenarios, slug=slug)))


@require_safe
@signed_in
def coach_run(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The talk so far; the form for the next turn, or the summary."""
    return _page(request, _own(request, pk))


@require_POST
@signed_in
def coach_say(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say something. What could not be judged now stays in the form."""
    run = _own(request, pk)
    chosen, text, number = (request.POST.get(name, "") for name in ("chosen", "text", "number"))
    try:
        if not number.isdecimal() or len(number) > 2:
            raise BadResponse("The page is out of date. Reload it.")
        turn = say(run, int(number), chosen, text)
    except tuple(PROBLEMS) as problem:
        typed = {"problem": str(problem), "text": text, "chosen": chosen}
        return _page(request, run, PROBLEMS[type(problem)], **typed)
    return redirect(reverse("coach-run", args=[pk]) + f"#turn-{turn.number}")


def _own(request: PersonRequest, pk: UUID) -> CoachRun:
    own = CoachRun.objects.visible_to(request.user).select_related(
        "person", "scenario__lesson", "scenario__distinction"
    )
    found: CoachRun = get_object_or_404(own, pk=pk)
    return found


def _page(request: PersonRequest, run: CoachRun, status: int = 200, **typed: Any) -> HttpResponse:
    turns = told_so_far(run)
    context = {
        "run": run,
        "scenario": run.scenario,
        "turns": turns,
        "number": len(turns),
        "outcomes": [] if turns else run.scenario.distinction.outcomes.all(),
        "longest": LONGEST_TURN,
        "summary": summary(run) if run.ended_at else None,
    }
    return render(request, "quizzes/coach/run.html", context | typed, status=status)
