"""A draft into a piece that is there: choose the piece, then field by field which words stay."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from enablement.drafts.merging import merge_fields, merged
from enablement.drafts.page import title_of
from enablement.lessons.accepting import LADDER_PARTS, with_source
from enablement.lessons.canonical import canonical_piece
from enablement.lessons.deciding import DecidingError, accept_draft, merge_draft
from enablement.lessons.live import find_live, kind_title, naming_line, read_live
from enablement.lessons.pieces import KINDS
from enablement.lessons.revising import StaleEdition, open_revision
from enablement.models import Draft, Revision, State
from enablement.views.document_review import review_url
from enablement.views.requests import PersonRequest, editors_only


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def draft_merge(request: PersonRequest, pk: int) -> HttpResponse:
    """Without a target, the pieces to choose from; with one, the two texts beside one another."""
    rows = Draft.objects.select_related("source", "lesson", "version", "earlier", "revision", "decided_by")
    draft = get_object_or_404(rows, pk=pk)
    kind = "ladder" if draft.kind in LADDER_PARTS else draft.kind
    given = request.POST if request.method == "POST" else request.GET
    target = given.get("target", "" if "choose" in given else draft.target)
    now = _piece(kind, target)
    if now is None:
        return render(request, "documents/merge_into.html", _choice(draft, kind))
    if draft.kind in LADDER_PARTS:
        return _row(request, draft, target)
    if request.method == "POST":
        return _merge(request, draft, target, now)
    return _page(request, draft, target, now)


def _row(request: PersonRequest, draft: Draft, target: str) -> HttpResponse:
    """A step or question goes into the ladder that was chosen."""
    if request.method != "POST":
        context = _choice(draft, "ladder") | {"target": target}
        return render(request, "documents/merge_into.html", context)
    try:
        accept_draft(draft, request.user, ladder=target)
    except DecidingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It is a row of the ladder’s draft version now.")
    return redirect(review_url(draft))


def _choice(draft: Draft, kind: str) -> dict[str, Any]:
    return {
        "draft": draft,
        "title": title_of(draft.item),
        "pieces": _pieces(kind),
        "kind": kind,
        "kind_title": kind_title(kind),
    }


def _merge(request: PersonRequest, draft: Draft, target: str, now: dict[str, Any]) -> HttpResponse:
    given = request.POST.dict()
    item = merged(draft.kind, now, with_source(draft), given)
    edition = int(given["edition"]) if given.get("edition", "").isdecimal() else None
    try:
        done = merge_draft(draft, request.user, target, item, edition=edition)
    except StaleEdition:
        words = (
            "Somebody wrote on this piece in the meantime. What it says now is below; your choices are kept."
        )
        return _page(request, draft, target, _piece(draft.kind, target) or now, problem=words)
    except DecidingError as error:
        return _page(request, draft, target, now, problem=str(error))
    if given.get("do") == "go on" and done.revision:
        return redirect("revision", done.revision.pk)
    messages.success(request, f"Merged into the draft version of “{naming_line(item).rstrip('.')}”.")
    return redirect(review_url(draft))


def _page(
    request: PersonRequest, draft: Draft, target: str, now: dict[str, Any], *, problem: str = ""
) -> HttpResponse:
    known = open_revision(draft.kind, target)
    earlier = with_source(draft.earlier) if draft.earlier else None
    given = request.POST.dict() if request.method == "POST" else None
    context = {
        "draft": draft,
        "title": title_of(draft.item),
        "target": target,
        "target_title": naming_line(now),
        "kind_title": kind_title(draft.kind),
        "fields": merge_fields(draft.kind, now, with_source(draft), earlier, given),
        "edition": known.edition if known else "",
        "opened": known,
        "problem": problem,
    }
    return render(request, "documents/merge.html", context, status=409 if problem else 200)


def _piece(kind: str, slug: str) -> dict[str, Any] | None:
    """The piece as its open draft has it, else as readers see it."""
    if not slug:
        return None
    known = open_revision(kind, slug)
    if known:
        return dict(known.item)
    live = find_live(kind, slug)
    return canonical_piece(read_live(live)) if live else None


def _pieces(kind: str) -> list[tuple[str, str, str]]:
    """What there is of a kind: slug, name, lesson. Retired pieces are not offered."""
    rows = KINDS[kind].model._default_manager.exclude(state=State.ARCHIVED).select_related("lesson")
    live = {row.slug: (row.slug, str(row), row.lesson.title) for row in rows}
    drafts = Revision.objects.open().filter(kind=kind).exclude(slug__in=live).select_related("lesson")
    new = [(row.slug, naming_line(row.item), f"{row.lesson.title}, a draft") for row in drafts]
    return sorted([*live.values(), *new], key=lambda row: (row[2], row[1]))
