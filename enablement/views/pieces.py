"""Pieces of content named in an address, and the page to go back to."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enablement.lessons.pieces import KINDS
from enablement.models import Lesson, Person
from enablement.sign_on.way_on import is_ours


def visible_piece(person: Person, kind: str, slug: str) -> Any:
    """Return the piece, or the lesson, that `person` may see. Raises Http404."""
    if kind == "lesson":
        return get_object_or_404(Lesson.objects.visible_to(person), slug=slug)
    if kind not in KINDS:
        raise Http404
    pieces: Any = KINDS[kind].model._default_manager
    return get_object_or_404(pieces.visible_to(person).select_related("lesson"), slug=slug)


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Return the page of this site that the form names as `next`, else `otherwise`."""
    named = request.POST.get("next", "")
    return named if is_ours(request, named) else otherwise
