"""Practice: today, one question at a time, and what it changed."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from enablement.models import Lesson
from enablement.views.requests import PersonRequest, signed_in
from quizzes.deadlines import server_now
from quizzes.form_answers import field_values
from quizzes.grading import BadResponse
from quizzes.models import PracticeItem, PracticeSession, SessionLength
from quizzes.practice.overview import changes_in, today_of
from quizzes.practice.plans import CAPS, HOURS, BadPlan, change_plan
from quizzes.practice.sessions import (
    NothingToPractise,
    SessionOver,
    answer_item,
    end_session,
    next_item,
    start_session,
)
from quizzes.practice.sheets import answered, asked, shown_items, waiting
from quizzes.reports.people import readers_of


class PlanForm(forms.Form):
    """How somebody wants to practise."""

    daily_cap = forms.TypedChoiceField(coerce=int, choices=[(cap, str(cap)) for cap in CAPS])
    away_until = forms.DateField(required=False)
    shares_answers = forms.BooleanField(required=False)
    slack_hour = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        choices=[(hour, f"{hour}:00") for hour in HOURS],
    )


def _own(request: PersonRequest) -> QuerySet[PracticeSession]:
    return PracticeSession.objects.visible_to(request.user).select_related("person", "lesson")


@require_safe
@signed_in
def practice(request: PersonRequest) -> HttpResponse:
    """How practice stands today, and everything one may set about it."""
    today = today_of(request.user, server_now())
    context = {
        "today": today,
        "caps": CAPS,
        "readers": readers_of(request.user),
        "has_slack": hasattr(request.user, "slack_link"),
        "hours": HOURS,
    }
    return render(request, "quizzes/practice/today.html", context)


@require_POST
@signed_in
def practice_start(request: PersonRequest) -> HttpResponse:
    """Begin or go on; with `lesson`, practise it before a call; with `minutes` of 2, a short one."""
    lesson = None
    if wanted := slugify(request.POST.get("lesson", "")):
        lesson = get_object_or_404(Lesson.objects.visible_to(request.user), slug=wanted)
    is_short = request.POST.get("minutes") == str(SessionLength.SHORT.value)
    length = SessionLength.SHORT if is_short else SessionLength.FULL
    try:
        return redirect(start_session(request.user, lesson=lesson, length=length))
    except NothingToPractise as nothing:
        messages.info(request, str(nothing))
        return redirect("practice")


@require_safe
@signed_in
def practice_session(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The next question, or the end screen."""
    session = get_object_or_404(_own(request), pk=pk)
    now = server_now()
    item = next_item(session, now)
    if item is not None:
        return _page(request, session, item)
    left = session.items.filter(answered_at=None).count()
    changes = changes_in(session, now)
    context = {
        "session": session,
        "changes": changes,
        "left": left,
        "untold": session.items.answered().filter(score=None).count(),
        "right": sum(change.right for change in changes),
        "asked": sum(change.asked for change in changes),
    }
    return render(request, "quizzes/practice/end.html", context)


@require_POST
@signed_in
def practice_answer(request: PersonRequest, pk: UUID, position: int) -> HttpResponse:
    """Answer one question and lead to how it went."""
    session = get_object_or_404(_own(request), pk=pk)
    item = get_object_or_404(session.items.select_related("question"), position=position)
    try:
        answer_item(session, position, _response(request, item))
    except BadResponse as problem:
        return _page(request, session, item, str(problem), status=400)
    except SessionOver as over:
        messages.info(request, str(over))
        return redirect(session)
    return redirect("practice-feedback", pk, position)


@require_safe
@signed_in
def practice_feedback(request: PersonRequest, pk: UUID, position: int) -> HttpResponse:
    """How an answered question went, what is right and why, and the line to say; or that it is being read."""
    session = get_object_or_404(_own(request), pk=pk)
    items = shown_items(session.items.answered()).select_related(
        "question__key", "question__card", "question__guide_entry"
    )
    item = get_object_or_404(items, position=position)
    if item.waits:
        context = {"session": session, "question": waiting(item)}
        return render(request, "quizzes/practice/waiting.html", context)
    context = {
        "session": session,
        "question": answered(item, request.user),
        "your": "your",
        "is_last": not session.items.filter(answered_at=None).exists(),
    }
    return render(request, "quizzes/practice/feedback.html", context)


@require_POST
@signed_in
def practice_end(request: PersonRequest, pk: UUID) -> HttpResponse:
    """End the session early."""
    session = end_session(get_object_or_404(_own(request), pk=pk))
    return redirect(session)


@require_POST
@signed_in
def practice_plan(request: PersonRequest) -> HttpResponse:
    """Change how many questions a day, who sees answers, and until when one is away."""
    form = PlanForm(request.POST)
    try:
        if not form.is_valid():
            raise BadPlan("Choose how many questions a day, and a date as day, month and year.")
        change_plan(request.user, now=server_now(), **form.cleaned_data)
    except BadPlan as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Your practice is set.")
    return redirect("practice")


def _response(request: PersonRequest, item: PracticeItem) -> object | None:
    if "unknown" in request.POST:
        return None
    return item.question.rules.from_form(field_values(request.POST, f"q-{item.question_id}"))


def _page(
    request: PersonRequest, session: PracticeSession, item: PracticeItem, problem: str = "", status: int = 200
) -> HttpResponse:
    shown = shown_items(PracticeItem.objects.visible_to(request.user)).filter(pk=item.pk).first()
    if shown is None:
        raise Http404
    if problem:
        # What was filled in stays there; it is not stored.
        shown.response = item.question.rules.from_form(field_values(request.POST, f"q-{item.question_id}"))
    context = {
        "session": session,
        "question": asked(shown),
        "position": item.position,
        "total": session.items.count(),
        "problem": problem,
    }
    return render(request, "quizzes/practice/question.html", context, status=status)
