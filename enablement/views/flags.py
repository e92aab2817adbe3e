"""What readers say about lines, lines they propose, and the answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from enablement.lessons.revising import BadItem, RevisingError
from enablement.models import FlagReason, FlagState, GuideEntry, Lesson
from enablement.texts import BadText, tidy_text
from enablement.trust.examples import send_example
from enablement.trust.facts import trust_of
from enablement.trust.flags import AlreadyClosed, close_flag, flags_for, may_close, propose_entry, raise_flag
from enablement.trust.pieces import title_of
from enablement.views.kept_text import note_saved
from enablement.views.pieces import visible_piece, way_back
from enablement.views.requests import PersonRequest, signed_in

MOST_FLAGS = 200
REASONS = [FlagReason.OUTDATED, FlagReason.WRONG, FlagReason.UNCLEAR]


@require_safe
@signed_in
def flag_list(request: PersonRequest) -> HttpResponse:
    """What waits for an answer, then what was answered."""
    flags = flags_for(request.user).select_related("person", "closed_by", "lesson", "revision")
    context = {
        "waiting": flags.filter(state=FlagState.OPEN)[:MOST_FLAGS],
        "closed": flags.exclude(state=FlagState.OPEN).order_by("-closed_at")[:MOST_FLAGS],
    }
    return render(request, "trust/flags.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_flag(request: PersonRequest) -> HttpResponse:
    """Say something about a line. The piece is named by `kind` and `slug`, the line by `field` or `quote`."""
    sent = request.POST if request.method == "POST" else request.GET
    kind, slug = sent.get("kind", ""), slugify(sent.get("slug", ""))
    piece = visible_piece(request.user, kind, slug)
    context: dict[str, Any] = {
        "piece": piece,
        "title": title_of(piece),
        "kind": kind,
        "sent": sent,
        "reasons": REASONS,
        "owner": trust_of([(kind, slug)])[kind, slug].owner,
    }
    if request.method == "POST":
        try:
            raise_flag(
                request.user,
                kind,
                slug,
                sent.get("reason", ""),
                sent.get("note", ""),
                field=tidy_text(sent.get("field", "")),
                quote=tidy_text(sent.get("quote", "")),
                url=way_back(request, ""),
            )
        except BadText as error:
            return render(request, "trust/new_flag.html", context | {"problem": str(error)}, status=400)
        owner = context["owner"] or "The editors"
        messages.success(request, f"{owner} will hear of it, and you of the answer.")
        return note_saved(request, redirect(way_back(request, piece.get_absolute_url())))
    return render(request, "trust/new_flag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def propose(request: PersonRequest) -> HttpResponse:
    """Propose a line for the guide of a lesson."""
    lessons = Lesson.objects.visible_to(request.user).released()
    context: dict[str, Any] = {"lessons": lessons, "sent": request.POST or request.GET}
    if request.method == "POST":
        lesson = get_object_or_404(lessons, slug=slugify(request.POST.get("lesson", "")))
        try:
            flag = propose_entry(request.user, lesson, request.POST.dict())
        except BadText as error:
            return render(request, "trust/propose.html", context | {"problem": str(error)}, status=400)
        messages.success(request, "The editors have it. You will hear what became of it.")
        return note_saved(request, redirect("flag", flag.pk))
    return render(request, "trust/propose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_example(request: PersonRequest) -> HttpResponse:
    """Say that the wording check was wrong (`reason` fine) about `text`, or missed it, by guide entry."""
    entries = GuideEntry.objects.visible_to(request.user)
    context: dict[str, Any] = {"entries": entries, "sent": request.POST or request.GET}
    if request.method == "POST":
        entry = get_object_or_404(entries, slug=slugify(request.POST.get("entry", "")))
        reason = FlagReason.FINE if request.POST.get("reason") == FlagReason.FINE else FlagReason.MISSED
        try:
            flag = send_example(request.user, entry, request.POST.get("text", ""), reason)
        except BadText as error:
            return render(request, "trust/new_example.html", context | {"problem": str(error)}, status=400)
        messages.success(request, "The editors have it. You will hear what became of it.")
        return note_saved(request, redirect("flag", flag.pk))
    return render(request, "trust/new_example.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def flag_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One flag. POST answers it (`state`, `answer`): for editors, and for owners of the piece."""
    flags = flags_for(request.user).select_related("person", "closed_by", "lesson", "revision")
    flag = get_object_or_404(flags, pk=pk)
    context: dict[str, Any] = {"flag": flag, "may_close": may_close(request.user, flag)}
    if request.method != "POST":
        return render(request, "trust/flag.html", context)
    if not context["may_close"]:
        raise Http404
    try:
        flag = close_flag(flag, request.user, request.POST.get("state", ""), request.POST.get("answer", ""))
    except (BadText, AlreadyClosed, BadItem, RevisingError) as error:
        context |= {"problem": str(error), "sent": request.POST}
        return render(request, "trust/flag.html", context, status=400)
    messages.success(request, "Answered. Whoever wrote it hears of it.")
    return note_saved(request, redirect("flag", flag.pk))
