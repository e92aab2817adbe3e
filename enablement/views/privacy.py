"""What leaves for a language model, and what is held about a person. For admins; own data for everybody."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.chat.example import example_request
from enablement.chat.leaving import model_host, uses_of_model
from enablement.chat.model import has_model
from enablement.models import Person, Team
from enablement.personal.erasing import CannotErase, erase, preview
from enablement.personal.handing_out import hand_out
from enablement.teams import switch_model as change_model_use
from enablement.views.requests import PersonRequest, admins_only, signed_in

PEOPLE_SHOWN = 20
LONGEST = 300


@require_safe
@admins_only
def privacy(request: PersonRequest) -> HttpResponse:
    """What a model is sent, which teams use one, and a way to each person's data."""
    own = f"{request.user.name} ({request.user.email or 'ruth@example.org'}) asks: what does retrieval do?"
    question = request.GET.get("question", "").replace("\x00", "").strip()[:LONGEST] or own
    wanted = request.GET.get("person", "").replace("\x00", "").strip()[:100]
    context = {
        "has_model": has_model(),
        "host": model_host(),
        "model": settings.OPENAI_MODEL,
        "uses": uses_of_model(),
        "question": question,
        "body": json.dumps(example_request(question, request.user), ensure_ascii=False, indent=2),
        "teams": Team.objects.order_by("name"),
        "wanted": wanted,
        "people": _people(wanted)[:PEOPLE_SHOWN] if wanted else [],
    }
    return render(request, "privacy/privacy.html", context)


@require_POST
@admins_only
def switch_model(request: PersonRequest, slug: str) -> HttpResponse:
    """Let a team's people use a language model, or not."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    wanted = request.POST.get("may_ask_model") == "1"
    change_model_use(team, wanted, request.user)
    words = "may use a language model" if wanted else "uses no language model: nothing of theirs is sent"
    messages.success(request, f"{team.name} {words}.")
    return redirect("privacy")


@require_safe
@signed_in
def own_data(request: PersonRequest) -> HttpResponse:
    """Everything that is held about oneself, as a file."""
    return _file(request, request.user)


@require_safe
@admins_only
def person_data(request: PersonRequest, pk: int) -> HttpResponse:
    """The same about anybody, for an admin who was asked for it."""
    return _file(request, get_object_or_404(Person.objects.visible_to(request.user), pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def person_erase(request: PersonRequest, pk: int) -> HttpResponse:
    """What goes and what stays; then, with the user name typed in, it is done."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk, erased_at=None)
    context: dict[str, Any] = {"person": person, "lines": preview(person), "problem": ""}
    if request.method == "POST":
        try:
            if request.POST.get("username", "").strip() != person.username:
                raise CannotErase(f"Nothing was erased. To erase, type the user name {person.username}.")
            erase(person, request.user)
        except CannotErase as error:
            context["problem"] = str(error)
        else:
            messages.success(request, "Erased. Backups made before still hold what was there.")
            return redirect("privacy")
    return render(request, "privacy/erase.html", context, status=400 if context["problem"] else 200)


def _file(request: PersonRequest, person: Person) -> HttpResponse:
    name = f"data-{person.username}-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(hand_out(person, request.user), content_type="application/zip", headers=headers)


def _people(words: str) -> Any:
    found = Q(username__icontains=words) | Q(email__icontains=words)
    for word in words.split():
        found |= Q(first_name__icontains=word) | Q(last_name__icontains=word)
    return Person.objects.filter(found, erased_at=None).order_by("username")
