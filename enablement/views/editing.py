"""Writing a piece: the form, its rows, saving, and what to do with two texts of two editors."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from enablement.editing.bench import GUIDE_ENTRY, try_phrasings
from enablement.editing.boxes import Form
from enablement.editing.choices import Offer
from enablement.editing.merging import chosen, conflicts, json_object
from enablement.editing.page import desk
from enablement.editing.parsing import parse_item
from enablement.editing.rows import change_rows
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.heads import NotTrained
from enablement.lessons import revising
from enablement.lessons.fields import fields_of, shaped
from enablement.lessons.links import LinkError
from enablement.lessons.live import LESSON, find_live, item_type, naming_line
from enablement.lessons.making import begin_lesson, free_slug
from enablement.lessons.pieces import KINDS
from enablement.lessons.revising import BadItem, Problem, RevisingError, StaleBase, StaleEdition
from enablement.models import OPEN_STATES, Lesson, Revision, RevisionState
from enablement.views.kept_text import note_saved
from enablement.views.requests import PersonRequest, editors_only
from enablement.views.versions import MEANINGS, after_release, show_revision, slips_of


@require_POST
@editors_only
def piece_edit(request: PersonRequest, kind: str, slug: str) -> HttpResponse:
    """Open the draft of a piece."""
    if kind not in KINDS and kind != LESSON:
        raise Http404
    try:
        draft = revising.open_draft(kind, slug, request.user)
    except RevisingError as error:
        messages.error(request, str(error))
        return redirect("piece-history", kind, slug)
    return redirect("revision", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def revision(request: PersonRequest, pk: int) -> HttpResponse:
    """A version: the form while it is a draft, what it says and what it changed afterwards."""
    found = _revision(request, pk)
    if request.method == "POST":
        return _write(request, found)
    waiting = found.state == RevisionState.IN_REVIEW and "edit" not in request.GET
    if found.state not in OPEN_STATES or waiting:
        return show_revision(request, found)
    return render(request, "editing/edit.html", desk(request.user, found, found.item))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def piece_new(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """Begin a piece of a lesson."""
    if kind not in KINDS:
        raise Http404
    lesson = get_object_or_404(Lesson.objects.visible_to(request.user), slug=slug)
    blank = _blank(kind) | {"card": request.GET.get("card", "")} if "card" in _blank(kind) else _blank(kind)
    begun = Revision(lesson=lesson, kind=kind, slug="", item=blank, edition=0, author=request.user)
    if request.method == "POST":
        return _write(request, begun)
    return render(request, "editing/edit.html", desk(request.user, begun, blank))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def lesson_new(request: PersonRequest) -> HttpResponse:
    """Begin a lesson."""
    blank = _blank(LESSON) | {"position": 1}
    begun = Revision(lesson=Lesson(title="New lesson"), kind=LESSON, item=blank, edition=0)
    if request.method == "POST":
        return _write(request, begun)
    return render(request, "editing/edit.html", desk(request.user, begun, blank))


@require_POST
@editors_only
def revision_merge(request: PersonRequest, pk: int) -> HttpResponse:
    """Make one text out of two: for each field the one that was ticked, to be saved or worked on by hand."""
    theirs = _revision(request, pk)
    mine = json_object(request.POST.get("mine", ""))
    if mine is None:
        return HttpResponseBadRequest("There is no text of yours in this form. Go back and try again.")
    try:
        draft = _draft_beside(request, theirs)
    except StaleEdition as stale:
        return _stale(request, stale.current, mine)
    item = chosen(request.POST, mine, theirs.item)
    if request.POST.get("do") == "hand":
        context = desk(request.user, draft, item, reason=request.POST.get("reason", ""))
        return render(request, "editing/edit.html", context | _unsaved(request))
    edition = _number(request.POST, "edition") if draft == theirs else draft.edition
    return _save(request, draft, item, edition)


def _draft_beside(request: PersonRequest, theirs: Revision) -> Revision:
    """The draft that a merged text goes into: theirs, or a new one where theirs is a draft no more."""
    if theirs.state in OPEN_STATES:
        return theirs
    if find_live(theirs.kind, theirs.slug) is None:
        return revising.undo_discard(theirs, request.user)
    draft = revising.open_draft(theirs.kind, theirs.slug, request.user)
    if draft.edition > 1 or draft.item != theirs.item:
        raise StaleEdition(draft)
    return draft


def _write(request: PersonRequest, found: Revision) -> HttpResponse:
    item = parse_item(found.kind, request.POST, found.item)
    do = request.POST.get("do", "save")
    reason = request.POST.get("reason", "")
    if do == "try" and found.kind == GUIDE_ENTRY:
        return _try(request, found, item, reason)
    if do == "guide":
        return _check(request, found, item, reason)
    if do in ("preview", "again"):
        context = desk(request.user, found, item, reason=reason, edition=_number(request.POST, "edition"))
        template = "editing/as_typed.html" if request.htmx else "editing/edit.html"
        return render(request, template, context | _unsaved(request) | {"previewed": do == "preview"})
    done = change_rows(item_type(found.kind), item, do, request.POST.get("removed", ""))
    if done:
        context = desk(
            request.user, found, done.item, reason=reason, edition=_number(request.POST, "edition")
        )
        context |= {"focus": done.focus, "said": done.said, "removed": done.removed}
        context |= _unsaved(request)
        context["put_back"] = do.replace("remove:", "restore:", 1)
        return render(request, "editing/fields.html" if request.htmx else "editing/edit.html", context)
    return _save(request, found, item, _number(request.POST, "edition"))


def _try(request: PersonRequest, found: Revision, item: dict[str, Any], reason: str) -> HttpResponse:
    """The bench: what the check makes of the phrasings in the form. Nothing is saved."""
    try:
        tried: dict[str, Any] = {"bench": try_phrasings(item, request.user)}
    except (EncoderUnavailable, NotTrained) as error:
        tried = {"bench_problem": str(error)}
    if request.htmx:
        return render(request, "editing/bench.html", tried)
    context = desk(request.user, found, item, reason=reason, edition=_number(request.POST, "edition"))
    return render(request, "editing/edit.html", context | _unsaved(request) | tried)


def _check(request: PersonRequest, found: Revision, item: dict[str, Any], reason: str) -> HttpResponse:
    """The lines in the form that break the guide. Nothing is saved."""
    form = Form(found.kind, item, Offer(found.lesson, request.user, item))
    checked = slips_of(found.kind, form.boxes(), request.user)
    if request.htmx:
        return render(request, "editing/own_lines.html", checked)
    context = desk(request.user, found, item, reason=reason, edition=_number(request.POST, "edition"))
    return render(request, "editing/edit.html", context | _unsaved(request) | checked)


def _save(request: PersonRequest, found: Revision, item: dict[str, Any], edition: int) -> HttpResponse:
    try:
        saved = _keep(request, found, item, edition)
    except StaleEdition as stale:
        return _stale(request, stale.current, item)
    except BadItem as bad:
        return _again(request, found, item, bad.problems, "Some fields cannot be kept like this.")
    except RevisingError as error:
        return _again(request, found, item, [Problem(("slug",), str(error), False)], str(error))
    return note_saved(request, _go_on(request, saved))


def _go_on(request: PersonRequest, saved: Revision) -> HttpResponse:
    """What was asked for besides saving."""
    go_on = {"release": _release, "review": _review}.get(request.POST.get("do", ""))
    try:
        return go_on(request, saved) if go_on else _saved(request, saved)
    except StaleBase as stale_base:
        messages.warning(request, str(stale_base))
        return redirect("revision", saved.pk)
    except BadItem as bad:
        words = "Your text is saved. It cannot go on yet: see the marked fields."
        reason = request.POST.get("reason", "")
        return _again(request, saved, saved.item, bad.problems, words, reason=reason)
    except (RevisingError, LinkError) as error:
        messages.error(request, f"Your text is saved, but not more: {error}")
        return redirect("revision", saved.pk)


def _keep(request: PersonRequest, found: Revision, item: dict[str, Any], edition: int) -> Revision:
    """Save into the draft; where there is none yet, begin one."""
    person, reason = request.user, request.POST.get("reason", "")
    if found.pk is None and found.kind == LESSON:
        return begin_lesson(item, person)
    if found.pk is None:
        named = request.POST.get("slug", "").strip()
        item = {**item, "slug": named or free_slug(found.kind, naming_line({**item, "slug": ""}))}
        return revising.new_draft(found.lesson, found.kind, item, person, reason=reason)
    return revising.save_draft(found, item, edition=edition, person=person, reason=reason)


def _release(request: PersonRequest, saved: Revision) -> HttpResponse:
    meaning = MEANINGS.get(request.POST.get("changes_meaning", ""))
    released = revising.release(saved, request.user, changes_meaning=meaning)
    return after_release(request, released)


def _review(request: PersonRequest, saved: Revision) -> HttpResponse:
    if saved.state == RevisionState.DRAFT:
        revising.send_to_review(saved, request.user)
    messages.success(request, "Sent to review. The other editors are told.")
    return redirect("revision", saved.pk)


def _saved(request: PersonRequest, saved: Revision) -> HttpResponse:
    messages.success(request, "Saved as a draft. Readers see what they saw before.")
    if saved.kind == LESSON and saved.edition == 1 and request.resolver_match.url_name == "lesson-new":  # type: ignore[union-attr]
        return redirect("lesson-contents", saved.slug)
    return redirect("revision", saved.pk)


def _again(
    request: PersonRequest,
    found: Revision,
    item: dict[str, Any],
    problems: list[Problem],
    words: str,
    **more: Any,
) -> HttpResponse:
    context = desk(request.user, found, item, problems=problems, **more)
    context |= _unsaved(request) | {"problem": words}
    return render(request, "editing/edit.html", context, status=400)


def _unsaved(request: PersonRequest) -> dict[str, Any]:
    """That the form holds text that is not saved, and the name under which the browser keeps it."""
    return {"unsaved": True, "draft_key": request.POST.get("draft_key", "")}


def _stale(request: PersonRequest, current: Revision, mine: dict[str, Any]) -> HttpResponse:
    """Both texts side by side; nothing has been written."""
    theirs = current
    released = revising.released_revision(current.kind, current.slug)
    if current.state not in OPEN_STATES and released is not None:
        theirs = revising.open_revision(current.kind, current.slug) or released
    mine = shaped(item_type(current.kind), {**mine, "slug": current.slug})
    context = {
        "current": current,
        "theirs": theirs,
        "rows": conflicts(current.kind, mine, theirs.item, json_object(request.POST.get("began", "")) or {}),
        "mine": json.dumps(mine),
        "draft_key": request.POST.get("draft_key", ""),
        "reason": request.POST.get("reason", ""),
        "is_open": theirs.state in OPEN_STATES,
        "history_url": reverse("piece-history", args=[current.kind, current.slug]),
    }
    return render(request, "editing/stale.html", context, status=409)


def _revision(request: PersonRequest, pk: int) -> Revision:
    rows = Revision.objects.visible_to(request.user).select_related("lesson", "author", "reviewer", "base")
    return get_object_or_404(rows, pk=pk)


def _blank(kind: str) -> dict[str, Any]:
    return {field.name: field.empty for field in fields_of(item_type(kind))}


def _number(data: QueryDict, name: str) -> int:
    text = data.get(name, "")
    return int(text) if text.isdecimal() else -1
