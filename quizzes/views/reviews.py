"""Disagreeing with a grade of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from enablement.own_forms import day_and_month
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, signed_in
from quizzes.appeals import NoAppeal, make_appeal
from quizzes.deadlines import server_now
from quizzes.models import Answer, AttemptState


@require_POST
@signed_in
def appeal(request: PersonRequest, pk: int) -> HttpResponse:
    """Disagree with one check of one's own answer."""
    own = Answer.objects.filter(attempt__person=request.user, attempt__state=AttemptState.SUBMITTED)
    answer = get_object_or_404(own.select_related("attempt__person"), pk=pk)
    try:
        made = make_appeal(
            answer, request.POST.get("check", ""), request.POST.get("reason", ""), now=server_now()
        )
    except (NoAppeal, BadText) as error:
        messages.error(request, str(error))
    else:
        day = day_and_month(made.due_at)
        messages.success(request, f"Your manager decides by {day}. You get a message then.")
    return redirect("attempt-result", answer.attempt_id)
