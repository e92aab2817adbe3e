"""Lines whose meaning has changed: old and new, for those who were given the old one; whom it reached."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enablement.models import Notice, Recall
from enablement.roles import may_edit
from enablement.trust.notices import read_notice
from enablement.trust.pieces import UnknownPiece, piece_of, title_of
from enablement.trust.recalls import may_read_new, with_leave
from enablement.trust.told import answers_for, given, may_read, reached, recalls_for, told
from enablement.views.requests import PersonRequest, signed_in

MOST_RECALLS = 100


@require_safe
@signed_in
def correction_list(request: PersonRequest) -> HttpResponse:
    """Those one was told of; all of them, for an editor."""
    rows = with_leave(recalls_for(request.user)[:MOST_RECALLS], request.user)
    return render(request, "trust/corrections.html", {"recalls": rows})


@require_safe
@signed_in
def correction(request: PersonRequest, pk: int) -> HttpResponse:
    person = request.user
    recall = get_object_or_404(Recall.objects.select_related("by", "lesson", "revision"), pk=pk)
    if not may_read(person, recall):
        raise Http404
    for notice in Notice.objects.visible_to(person).filter(recall=recall):
        read_notice(notice)
    sees_people = answers_for(person, recall)
    context: dict[str, Any] = {
        "recall": recall,
        "may_read": may_read_new(recall, person),
        "given": given(recall).filter(person=person),
        "reached": reached(recall).count() if may_edit(person) or sees_people else None,
        "people": told(recall) if sees_people else [],
    }
    return render(request, "trust/correction.html", context | _piece(recall))


def _piece(recall: Recall) -> dict[str, Any]:
    """The piece and what it is called; its slug where it is gone."""
    try:
        piece = piece_of(recall.kind, recall.slug)
    except UnknownPiece:
        return {"piece": None, "title": recall.slug}
    return {"piece": piece, "title": title_of(piece)}
