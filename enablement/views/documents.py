"""Documents that were read in, beside the drafts that came out of them. For editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enablement.lessons import schema
from enablement.models import Draft, DraftState, Person, Source
from enablement.views.requests import PersonRequest, signed_in

FIELDS: dict[str, list[str]] = {
    "card": list(schema.CardItem.model_fields),
    "fit": list(schema.FitItem.model_fields),
    "comparison": list(schema.ComparisonItem.model_fields),
    "guide_entry": list(schema.GuideEntryItem.model_fields),
    "analogy": list(schema.AnalogyItem.model_fields),
    "ladder": list(schema.LadderItem.model_fields),
    "script": list(schema.ScriptItem.model_fields),
    "term": list(schema.TermItem.model_fields),
}


@require_safe
@signed_in
def document_list(request: PersonRequest) -> HttpResponse:
    waiting = Count("drafts", filter=Q(drafts__state=DraftState.PROPOSED), distinct=True)
    documents = _documents(request.user).annotate(
        draft_count=Count("drafts", distinct=True),
        waiting_count=waiting,
        passage_count=Count("passages", distinct=True),
    )
    return render(request, "documents/document_list.html", {"documents": documents})


@require_safe
@signed_in
def document_detail(request: PersonRequest, slug: str) -> HttpResponse:
    document = get_object_or_404(_documents(request.user), slug=slug)
    drafts = list(Draft.objects.visible_to(request.user).filter(source=document))
    context = {
        "document": document,
        "drafts": [(draft, in_order(draft)) for draft in drafts],
        "pieces": list(pieces(document.text, drafts)),
        "passage_count": document.passages.count(),
    }
    return render(request, "documents/document_detail.html", context)


def _documents(person: Person) -> QuerySet[Source]:
    if not person.is_editor:
        raise Http404
    return Source.objects.exclude(text="").select_related("lesson")


def in_order(draft: Draft) -> list[tuple[str, Any]]:
    """The filled fields of a draft, in the order of the lesson schema; the slug, rarely read, last."""
    order = [*FIELDS.get(draft.kind, ()), *draft.item]
    names = [name for name in dict.fromkeys(order) if name != "slug" and draft.item.get(name)]
    return [(name, draft.item[name]) for name in [*names, "slug"] if draft.item.get(name)]


def pieces(text: str, drafts: Sequence[Draft]) -> list[tuple[str, Draft | None]]:
    """Split `text` where drafts begin and end: each piece with the draft it was read into, or None.

    Where drafts overlap, the one that begins first keeps the piece.
    """
    found: list[tuple[str, Draft | None]] = []
    at = 0
    for draft in sorted(drafts, key=lambda draft: (draft.start, -draft.end)):
        start, end = max(draft.start, at), min(draft.end, len(text))
        if end <= start:
            continue
        if start > at:
            found.append((text[at:start], None))
        found.append((text[start:end], draft))
        at = end
    if at < len(text):
        found.append((text[at:], None))
    return found
