"""Searching the knowledge base."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enablement.retrieval.search import search
from enablement.texts import MAX_QUESTION, BadText, clean_text
from enablement.views.requests import PersonRequest, signed_in

KINDS = ("card", "fit", "guide_entry", "comparison", "analogy", "script", "term")
LIMIT = 20


@require_safe
@signed_in
def search_page(request: PersonRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in KINDS else []
    context: dict[str, Any] = {"text": text, "kind": "".join(kinds), "kinds": KINDS}
    status = 200
    if text.strip():
        try:
            wanted = clean_text(text, what="search", limit=MAX_QUESTION)
            context["found"] = search(wanted, request.user, limit=LIMIT, kinds=kinds)
        except BadText as error:
            context["problem"], status = str(error), 400
    template = "search/results.html" if request.htmx else "search/search.html"
    return render(request, template, context, status=status)
