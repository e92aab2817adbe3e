"""Lines whose meaning has changed: old and new, for those who were given the old one; whom it reached."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enablement.models import Delivery, Notice, Person, Recall
from enablement.trust.notices import read_notice
from enablement.trust.owners import may_verify
from enablement.trust.pieces import UnknownPiece, piece_of, title_of
from enablement.trust.recalls import may_read_new, notice_key, with_leave
from enablement.views.requests import PersonRequest, signed_in

MOST_RECALLS = 100


@require_safe
@signed_in
def correction_list(request: PersonRequest) -> HttpResponse:
    """Those one was told of; all of them, for an editor."""
    recalls = Recall.objects.select_related("by", "lesson")
    if not request.user.is_editor:
        recalls = recalls.filter(notices__person=request.user).distinct()
    rows = with_leave(recalls[:MOST_RECALLS], request.user)
    return render(request, "trust/corrections.html", {"recalls": rows})


@require_safe
@signed_in
def correction(request: PersonRequest, pk: int) -> HttpResponse:
    person = request.user
    recall = get_object_or_404(Recall.objects.select_related("by", "lesson", "revision"), pk=pk)
    own = Notice.objects.visible_to(person).filter(recall=recall)
    answers_for = may_verify(person, recall.kind, recall.slug) or recall.by_id == person.pk
    if not (own or person.is_editor or answers_for):
        raise Http404
    for notice in own:
        read_notice(notice)
    context: dict[str, Any] = {
        "recall": recall,
        "may_read": may_read_new(recall, person),
        "given": _given(recall).filter(person=person),
        "reached": _reached(recall).count() if person.is_editor or answers_for else None,
        "people": _people(recall) if answers_for else [],
    }
    return render(request, "trust/correction.html", context | _piece(recall))


def _piece(recall: Recall) -> dict[str, Any]:
    """The piece and what it is called; its slug where it is gone."""
    try:
        piece = piece_of(recall.kind, recall.slug)
    except UnknownPiece:
        return {"piece": None, "title": recall.slug}
    return {"piece": piece, "title": title_of(piece)}


def _reached(recall: Recall) -> Any:
    return Notice.objects.filter(recall=recall, key=notice_key(recall))


def _given(recall: Recall) -> Any:
    """When lines of this field were given, before the correction."""
    fields = {recall.field, recall.field.replace(":", ".")}
    given = Delivery.objects.filter(kind=recall.kind, slug=recall.slug, field__in=fields)
    return given.filter(given_at__lt=recall.made_at).order_by("-given_at")


def _people(recall: Recall) -> list[tuple[Person, Delivery | None, Notice]]:
    """Who was told: the person, what they were given last, and the notice with whether it was read."""
    notices = _reached(recall).select_related("person").order_by("person__username")
    last: dict[int, Delivery] = {}
    for delivery in _given(recall).filter(person__in=[notice.person_id for notice in notices]):
        last.setdefault(delivery.person_id, delivery)
    return [(notice.person, last.get(notice.person_id), notice) for notice in notices]
