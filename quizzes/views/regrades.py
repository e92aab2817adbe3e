"""Grading anew, for managers and admins: asked for, looked at, applied, taken back."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.views.requests import PersonRequest, managers_only
from quizzes.deadlines import server_now
from quizzes.models import Question, Quiz, Regrade, RegradeState, RegradeWay
from quizzes.regrading.applying import CannotRegrade, apply_regrade, undo_regrade
from quizzes.regrading.asking import (
    LONGEST_REASON,
    BadRegrade,
    ask_for_regrade,
    asked_questions,
    judge_asked_at,
    work_out_again,
)
from quizzes.regrading.standings import outlook_of

# A judge that is there has read the answers of most questions by then.
LONG = timedelta(minutes=1)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def regrades(request: PersonRequest) -> HttpResponse:
    """What was graded anew, and a form to ask for more."""
    person = request.user
    problem = ""
    if request.method == "POST":
        slug = request.POST.get("quiz", "")
        quiz = get_object_or_404(Quiz.objects.visible_to(person), slug=slug) if slug else None
        sent = (request.POST.get("way", ""), request.POST.get("question", ""))
        try:
            return redirect(
                ask_for_regrade(person, *sent, quiz, request.POST.get("reason", ""), now=server_now())
            )
        except BadRegrade as error:
            problem = str(error)
    context = {
        "regrades": Regrade.objects.visible_to(person).select_related("quiz", "made_by")[:50],
        "questions": asked_questions(person),
        "quizzes": Quiz.objects.visible_to(person),
        "ways": RegradeWay.choices,
        "problem": problem,
        "sent": request.POST or request.GET,
        "longest_reason": LONGEST_REASON,
    }
    return render(request, "quizzes/regrades/list.html", context, status=400 if problem else 200)


@require_safe
@managers_only
def regrade(request: PersonRequest, pk: int) -> HttpResponse:
    """Who changes and by how much; then what was done."""
    found = get_object_or_404(Regrade.objects.visible_to(request.user).select_related("quiz"), pk=pk)
    context = {
        "regrade": found,
        "question": Question.objects.filter(slug=found.question_slug).order_by("-version").first(),
        "outlook": outlook_of(found),
        "is_long": found.state == RegradeState.WORKING and server_now() - judge_asked_at(found) > LONG,
    }
    fragment = request.htmx and not request.htmx.boosted
    return render(
        request, "quizzes/regrades/state.html" if fragment else "quizzes/regrades/one.html", context
    )


@require_POST
@managers_only
def regrade_act(request: PersonRequest, pk: int) -> HttpResponse:
    """Apply it, take it back, or work it out again."""
    person = request.user
    found = get_object_or_404(Regrade.objects.visible_to(person), pk=pk)
    act = request.POST.get("act")
    try:
        if act == "apply":
            apply_regrade(found, person, now=server_now())
            messages.success(request, "The new grades are given, and everybody concerned is told.")
        elif act == "undo":
            left = undo_regrade(found, person, now=server_now())
            messages.success(request, _taken_back(left))
        elif act == "again":
            work_out_again(found, person)
    except CannotRegrade as error:
        messages.error(request, str(error))
    return redirect(found)


def _taken_back(left: int) -> str:
    if not left:
        return "It is taken back: the grades are those of before."
    return f"It is taken back, but for {left} answers whose grade changed since."
