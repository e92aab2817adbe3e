"""The health of the knowledge base: what is due, expired, unowned, never read, asked for. For editors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from enablement.models import Flag, FlagState, Lesson
from enablement.trust.health import Health, health_of, questions_asked
from enablement.trust.pieces import UnknownPiece
from enablement.trust.states import TrustState
from enablement.trust.verifying import assign_many
from enablement.views.owner_form import OwnerForm, owner_choices
from enablement.views.requests import PersonRequest, editors_only

LISTS = {
    "expired": "Expired",
    "due": "Due",
    "unowned": "No owner",
    "never-read": "Never read",
    "asked-for": "Asked for",
    "verified": "Verified",
}


@require_safe
@editors_only
def health(request: PersonRequest) -> HttpResponse:
    """One list at a time (`list`), of all lessons or one (`lesson`)."""
    lesson = slugify(request.GET.get("lesson", ""))
    found = health_of(request.user, lesson)
    lists = _lists(found)
    shown = request.GET.get("list", "")
    if shown not in LISTS:
        shown = next((name for name in LISTS if lists[name]), "verified")
    context = {
        "health": found,
        "tabs": [(name, label, len(lists[name])) for name, label in LISTS.items()],
        "shown": shown,
        "label": LISTS[shown],
        "rows": lists[shown],
        "lesson": lesson,
        "lessons": Lesson.objects.visible_to(request.user).released(),
        "form": OwnerForm(choices=owner_choices(request.user, "Choose…")),
        "flags": Flag.objects.filter(state=FlagState.OPEN).count(),
    }
    return render(request, "trust/health.html", context)


@require_POST
@editors_only
def assign_pieces(request: PersonRequest) -> HttpResponse:
    """Make somebody answer for all pieces that were ticked (`piece`, as kind:slug)."""
    form = OwnerForm(request.POST, choices=owner_choices(request.user))
    names = [name.partition(":") for name in request.POST.getlist("piece")]
    pairs = [(kind, slugify(slug)) for kind, _, slug in names]
    if not pairs or not form.is_valid() or not form.cleaned_data["owner"]:
        messages.error(request, "Tick the pieces and choose who answers for them.")
    else:
        try:
            count = assign_many(pairs, request.user, **form.owner_named())
            messages.success(request, f"{count} piece{'' if count == 1 else 's'} assigned.")
        except UnknownPiece as error:
            messages.error(request, str(error))
    shown = slugify(request.POST.get("list", ""))
    return redirect(f"{reverse('health')}?list={shown}")


def _lists(found: Health) -> dict[str, list[Any]]:
    states = {name: found.in_state(TrustState(name)) for name in ("expired", "due", "unowned", "verified")}
    return states | {"never-read": found.never_read, "asked-for": questions_asked()}
