"""Versions of a piece: one of them, all of them, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enablement.editing.boxes import Box, Form
from enablement.editing.choices import Offer
from enablement.editing.own_lines import slips_in
from enablement.editing.page import missing, spoken
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.heads import NotTrained
from enablement.lessons import revising
from enablement.lessons.difference import Change, compare
from enablement.lessons.links import LinkError
from enablement.lessons.live import LESSON, find_live, item_type, kind_title, naming_line
from enablement.lessons.pieces import KINDS
from enablement.lessons.releasing import is_stale
from enablement.lessons.reviewing import is_approved
from enablement.lessons.revising import BadItem, RevisingError, StaleBase
from enablement.models import OPEN_STATES, AuditEvent, Lesson, Person, Revision, RevisionState
from enablement.views.kept_text import note_saved
from enablement.views.requests import PersonRequest, editors_only

# Whether people who were given the old line hear of the new one: by the words, always, never.
MEANINGS = {"": None, "yes": True, "no": False}


def slips_of(kind: str, boxes: list[Box], person: Person) -> dict[str, Any]:
    """What the page says of the lines that break the guide, or why it cannot say."""
    try:
        return {"slips": slips_in(kind, boxes, person)}
    except (EncoderUnavailable, NotTrained) as error:
        return {"slips_problem": str(error)}


def show_revision(request: PersonRequest, revision: Revision) -> HttpResponse:
    """A version to read: what it says, what it changed, and what may be done with it now.

    Asked for by `?guide`, with the lines that break the guide.
    """
    boxes = Form(revision.kind, revision.item, Offer(revision.lesson, request.user, revision.item)).boxes()
    checked = slips_of(revision.kind, boxes, request.user) if "guide" in request.GET else {}
    if checked and request.htmx:
        return render(request, "editing/own_lines.html", checked | {"is_read_only": True})
    before = _before(revision)
    waiting = revision.state == RevisionState.IN_REVIEW
    context = {
        "revision": revision,
        "lesson": revision.lesson,
        "kind_title": kind_title(revision.kind),
        "name": naming_line(revision.item),
        "boxes": boxes,
        "before": before,
        "changes": _changes(before, revision) if before else [],
        "is_waiting": waiting,
        "is_own": revision.author_id == request.user.pk,
        "is_approved": is_approved(revision),
        "is_stale": waiting and is_stale(revision),
        "may_release": waiting and (is_approved(revision) or not revision.lesson.needs_review),
        "missing": missing(revision.kind, revision.item) if waiting else [],
        "live": find_live(revision.kind, revision.slug),
        "is_open": revision.state in OPEN_STATES,
    }
    return render(request, "editing/version.html", context | checked)


def _before(revision: Revision) -> Revision | None:
    """The version that readers saw before this one (or see now, while it is a draft)."""
    if revision.state in OPEN_STATES:
        return revising.released_revision(revision.kind, revision.slug)
    earlier = Revision.objects.of(revision.kind, revision.slug).filter(number__lt=revision.number)
    return revision.base or earlier.exclude(released_at=None).first()


def _changes(before: Revision, after: Revision) -> list[Change]:
    return compare(after.kind, item_type(after.kind), before.item, after.item)


@require_safe
@editors_only
def piece_history(request: PersonRequest, kind: str, slug: str) -> HttpResponse:
    """All versions of a piece, and the difference between any two of them."""
    if kind not in KINDS and kind != LESSON:
        raise Http404
    live = find_live(kind, slug)
    versions = list(
        Revision.objects.visible_to(request.user)
        .of(kind, slug)
        .select_related("author", "reviewer", "lesson")
    )
    if live is None and not versions:
        raise Http404
    first, second = _pair(request, versions)
    lesson = versions[0].lesson if versions else (live if isinstance(live, Lesson) else live.lesson)  # type: ignore[union-attr]
    context = {
        "kind": kind,
        "slug": slug,
        "kind_title": kind_title(kind),
        "lesson": lesson,
        "live": live,
        "name": naming_line(versions[0].item) if versions else str(live),
        "versions": versions,
        "draft": next((version for version in versions if version.state in OPEN_STATES), None),
        "first": first,
        "second": second,
        "changes": _changes(first, second) if first and second else [],
        "saves": _saves(slug, kind),
    }
    return render(request, "editing/history.html", context)


def _pair(request: PersonRequest, versions: list[Revision]) -> tuple[Revision | None, Revision | None]:
    """The two versions to compare: those asked for, else the two newest."""
    by_number = {str(version.number): version for version in versions}
    newest = versions[0] if len(versions) > 1 else None
    second = by_number.get(request.GET.get("to", "")) or newest
    first = by_number.get(request.GET.get("from", "")) or (versions[1] if len(versions) > 1 else None)
    return first, second


def _saves(slug: str, kind: str) -> list[AuditEvent]:
    """Who did what with the piece, newest first."""
    events = AuditEvent.objects.filter(kind="revision", subject=slug, after__kind=kind)
    return list(events.select_related("actor")[:60])


@require_POST
@editors_only
def revision_verb(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """Do something with a version: approve, send back, release, discard, restore…"""
    revision = get_object_or_404(Revision.objects.visible_to(request.user).select_related("lesson"), pk=pk)
    do = VERBS.get(verb)
    if do is None:
        raise Http404
    try:
        return do(request, revision)
    except BadItem as bad:
        where = "; ".join(f"{spoken(revision.kind, p)}: {p.message}" for p in bad.problems[:5])
        messages.error(request, f"Not done. {where}")
    except (RevisingError, StaleBase, LinkError) as error:
        messages.error(request, str(error))
    return redirect("revision", pk)


def _approve(request: PersonRequest, revision: Revision) -> HttpResponse:
    revising.approve(revision, request.user)
    if request.POST.get("release"):
        return _release(request, revision)
    messages.success(request, "Approved. It can be released now.")
    return redirect("revision", revision.pk)


def _send_back(request: PersonRequest, revision: Revision) -> HttpResponse:
    revising.send_back(revision, request.user, request.POST.get("note", ""))
    messages.success(request, "Sent back. Its author is told why.")
    return note_saved(request, redirect("review-list"))


def _release(request: PersonRequest, revision: Revision) -> HttpResponse:
    meaning = MEANINGS.get(request.POST.get("changes_meaning", ""))
    return after_release(request, revising.release(revision, request.user, changes_meaning=meaning))


def _discard(request: PersonRequest, revision: Revision) -> HttpResponse:
    revising.discard(revision, request.user)
    messages.success(request, "Put away. Readers see what they saw before.")
    return redirect("revision", revision.pk)


def _undo_discard(request: PersonRequest, revision: Revision) -> HttpResponse:
    revising.undo_discard(revision, request.user)
    messages.success(request, "The draft is back.")
    return redirect("revision", revision.pk)


def _restore(request: PersonRequest, revision: Revision) -> HttpResponse:
    draft = revising.restore(revision, request.user)
    messages.success(
        request, f"Here is version {revision.number} again, as a draft. Release it if it is right."
    )
    return redirect("revision", draft.pk)


def _take_back(request: PersonRequest, revision: Revision) -> HttpResponse:
    again = revising.take_back(revision, request.user)
    said = "Readers see what they saw before." if again else "Readers do not see it any more."
    messages.success(request, f"Taken back. {said} Those who were given it in between are told.")
    return redirect("piece-history", revision.kind, revision.slug)


def _take_over(request: PersonRequest, revision: Revision) -> HttpResponse:
    revising.take_over(revision, request.user)
    messages.success(request, "Noted. This draft may now replace what readers see.")
    return redirect("revision", revision.pk)


def after_release(request: PersonRequest, released: Revision) -> HttpResponse:
    """Say that it is out, and go to what readers see."""
    told = " People who were given the old line are told." if released.recalls.exists() else ""
    messages.success(request, f"Released. Readers see version {released.number} now.{told}")
    live: Any = find_live(released.kind, released.slug)
    if live is None or released.lesson.state != "released":
        return redirect("lesson-contents", released.lesson.slug)
    return redirect(live.get_absolute_url())


VERBS: dict[str, Callable[[PersonRequest, Revision], HttpResponse]] = {
    "approve": _approve,
    "send-back": _send_back,
    "release": _release,
    "discard": _discard,
    "undo-discard": _undo_discard,
    "restore": _restore,
    "take-back": _take_back,
    "take-over": _take_over,
}


@require_POST
@editors_only
def piece_retire(request: PersonRequest, kind: str, slug: str) -> HttpResponse:
    """Take a piece away from readers, or give it back to them."""
    if kind not in KINDS and kind != LESSON:
        raise Http404
    try:
        _retire(request, request.user, kind, slug)
    except RevisingError as error:
        messages.error(request, str(error))
    return redirect("piece-history", kind, slug)


def _retire(request: PersonRequest, person: Person, kind: str, slug: str) -> None:
    if request.POST.get("do") == "bring-back":
        revising.bring_back(kind, slug, person)
        messages.success(request, "Readers see it again.")
    else:
        revising.retire(kind, slug, person, tell=bool(request.POST.get("tell")))
        messages.success(request, "Readers do not see it any more. Its text and its history stay here.")
