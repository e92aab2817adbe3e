"""The home page: one box, and what a person may want to go on with."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from enablement.at_hand import lately_opened, pinned
from enablement.context import home_panels
from enablement.models import Conversation, Lesson
from enablement.views.requests import PersonRequest, signed_in

ACTIONS = ("ask", "check", "sort")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def home(request: PersonRequest) -> HttpResponse:
    if request.method == "POST":
        return _hand_on(request)
    at_hand = pinned(request.user)
    context = {
        "mode": request.GET.get("mode") if request.GET.get("mode") in ACTIONS else "ask",
        "text": request.GET.get("text", ""),
        "panels": home_panels(request.user),
        "pinned": at_hand,
        "recent": lately_opened(request.user, at_hand),
        "lessons": Lesson.objects.visible_to(request.user)[:6],
        "conversations": Conversation.objects.visible_to(request.user)[:5],
    }
    return render(request, "home/home.html", context)


def _hand_on(request: PersonRequest) -> HttpResponse:
    """Send the text on to the chosen action. Only browsers without script come here; 307 keeps the body."""
    action = request.POST.get("mode", "ask")
    if action not in ACTIONS:
        return HttpResponseBadRequest("Choose Ask, Check wording or Sort.", content_type="text/plain")
    return HttpResponse(status=307, headers={"Location": reverse(action)})
