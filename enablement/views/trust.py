"""Who vouches for a piece: its history, verifying it, and who answers for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from enablement.models import Recall, Verification
from enablement.own_forms import day
from enablement.roles import may_edit
from enablement.trust.facts import trust_of
from enablement.trust.flags import flags_for
from enablement.trust.owners import FOLLOWING, answering, may_verify
from enablement.trust.pieces import title_of
from enablement.trust.recalls import with_leave
from enablement.trust.verifying import MayNotVerify, assign_owner, verify
from enablement.views.owner_form import IntervalForm, owner_choices
from enablement.views.pieces import visible_piece, way_back
from enablement.views.requests import PersonRequest, editors_only, signed_in

MOST_ROWS = 50


@require_safe
@signed_in
def piece_trust(request: PersonRequest, kind: str, slug: str) -> HttpResponse:
    """Who vouched for a piece and when; for editors also the form that makes somebody its owner."""
    person = request.user
    piece = visible_piece(person, kind, slug)
    by_kind, by_slug = answering(kind, slug)
    verifications = Verification.objects.filter(kind=by_kind, slug=by_slug).select_related("person")
    context: dict[str, Any] = {
        "piece": piece,
        "kind": kind,
        "title": title_of(piece),
        "trust": trust_of([(kind, slug)])[kind, slug],
        "verifications": verifications[:MOST_ROWS],
        "flags": flags_for(person).filter(kind=kind, slug=slug).select_related("person")[:MOST_ROWS],
    }
    if may_edit(person) or may_verify(person, kind, slug):
        recalls = Recall.objects.filter(kind=kind, slug=slug).select_related("by")
        context["recalls"] = with_leave(recalls[:MOST_ROWS], person)
    if may_edit(person) and kind not in FOLLOWING:
        context["form"] = _form(person, context["trust"])
    return render(request, "trust/piece.html", context)


@require_POST
@signed_in
def verify_piece(request: PersonRequest, kind: str, slug: str) -> HttpResponse:
    piece = visible_piece(request.user, kind, slug)
    try:
        verification = verify(kind, slug, request.user)
    except MayNotVerify as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Verified until {day(verification.until)}.")
    return redirect(way_back(request, piece.get_absolute_url()))


@require_POST
@editors_only
def own_piece(request: PersonRequest, kind: str, slug: str) -> HttpResponse:
    """Make somebody answer for a piece. For editors."""
    visible_piece(request.user, kind, slug)
    form = IntervalForm(request.POST, choices=owner_choices(request.user))
    if form.is_valid():
        ownership = assign_owner(
            kind, slug, request.user, **form.owner_named(), interval_days=form.cleaned_data["interval_days"]
        )
        owner = ownership.person or ownership.team
        messages.success(request, f"{owner} answers for it now." if owner else "Nobody answers for it now.")
    else:
        messages.error(request, "Choose an owner from the list, and 1 to 3650 days.")
    return redirect("piece-trust", kind, slug)


def _form(person: Any, trust: Any) -> IntervalForm:
    owner = f"team:{trust.team_id}" if trust.team_id else f"person:{trust.person_id or ''}"
    initial = {"owner": owner, "interval_days": trust.interval_days}
    return IntervalForm(initial=initial, choices=owner_choices(person))
