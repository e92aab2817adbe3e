"""What a reader makes of an answer."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enablement.chat.feedback import ask_owner as send_to_owner
from enablement.chat.feedback import give_feedback
from enablement.models import Turn
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, signed_in
from enablement.views.turn_page import show_turn


@require_POST
@signed_in
def feedback(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Thumbs: `good` is yes or no; with no comes a `reason`, and a `note` if one likes."""
    turn: Turn = get_object_or_404(
        Turn.objects.visible_to(request.user).select_related("conversation"), pk=pk
    )
    good, problem = request.POST.get("good") == "yes", ""
    try:
        give_feedback(turn, request.user, good, request.POST.get("reason", ""), request.POST.get("note", ""))
    except BadText as error:
        problem = str(error)
    if request.htmx:
        context = {"shown": show_turn(turn), "problem": problem}
        return render(request, "ask/feedback.html", context, status=400 if problem else 200)
    if problem:
        messages.error(request, problem)
    return redirect(turn.conversation)


@require_POST
@signed_in
def ask_owner(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a refused question to the owner of what comes nearest."""
    turn: Turn = get_object_or_404(
        Turn.objects.visible_to(request.user).select_related("conversation"), pk=pk
    )
    try:
        send_to_owner(turn, request.user)
    except BadText as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The owner has your question. What comes of it is in your messages.")
    return redirect(turn.conversation)
