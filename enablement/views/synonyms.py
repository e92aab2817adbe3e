"""The page where editors keep names that mean the same."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from enablement.editing.synonyms import delete_synonym, keep_synonym
from enablement.models import Lesson, Synonym
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, editors_only


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def synonym_list(request: PersonRequest) -> HttpResponse:
    """All of them, each with a field to change it. POST adds one, or changes the one that `synonym` names."""
    context: dict[str, Any] = {
        "synonyms": Synonym.objects.visible_to(request.user).select_related("lesson"),
        "lessons": Lesson.objects.visible_to(request.user),
    }
    if request.method != "POST":
        return render(request, "editing/synonyms.html", context)
    kept = _named(request) if request.POST.get("synonym") else None
    slug = request.POST.get("lesson", "").replace("\0", "")
    lesson = get_object_or_404(context["lessons"], slug=slug) if slug else None
    try:
        synonym = keep_synonym(request.user, request.POST.get("names", ""), lesson, kept)
    except BadText as error:
        problem = {
            "problem": str(error),
            "names": request.POST.get("names", ""),
            "wrong": kept,
            "lesson": slug,
        }
        return render(request, "editing/synonyms.html", context | problem, status=400)
    messages.success(request, f"Searches now take these for one: {synonym}.")
    return redirect("synonym-list")


@require_POST
@editors_only
def remove_synonym(request: PersonRequest) -> HttpResponse:
    synonym = _named(request)
    delete_synonym(request.user, synonym)
    messages.success(request, f"No longer one: {synonym}.")
    return redirect("synonym-list")


def _named(request: PersonRequest) -> Synonym:
    sent = request.POST.get("synonym", "")
    return get_object_or_404(
        Synonym.objects.visible_to(request.user), pk=int(sent) if sent.isdecimal() and len(sent) < 19 else 0
    )
