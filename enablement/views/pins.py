"""Keeping a piece at hand, and no longer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from enablement.at_hand import PINNED_KINDS, TooManyPins, pin_piece, unpin_piece
from enablement.views.pieces import visible_piece
from enablement.views.requests import PersonRequest, signed_in


@require_POST
@signed_in
def piece_pin(request: PersonRequest, kind: str, slug: str) -> HttpResponse:
    """Pin a piece; with `off`, take the pin out."""
    if kind not in PINNED_KINDS:
        raise Http404
    piece = visible_piece(request.user, kind, slug)
    wanted = "off" not in request.POST
    problem = ""
    try:
        (pin_piece if wanted else unpin_piece)(request.user, kind, slug)
    except TooManyPins as too_many:
        wanted, problem = False, str(too_many)
    if request.htmx:
        context = {"kind": kind, "piece": piece, "pinned": wanted, "problem": problem, "said": True}
        return render(request, "parts/pin.html", context)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, "Pinned to your home page." if wanted else "No longer on your home page.")
    return redirect(piece)
