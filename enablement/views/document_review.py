"""The review of a document: its text beside its drafts, and every decision about a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.drafts.marks import Part, Segment, cut
from enablement.drafts.page import ShownDraft, known_cards, show_drafts
from enablement.lessons.deciding import (
    DecidingError,
    SlugTaken,
    accept_draft,
    assign_lesson,
    discard_draft,
    edit_draft,
    undo_decision,
)
from enablement.lessons.deciding_many import Decided, decide_many, last_together, undo_many
from enablement.lessons.draft_fields import fields_of
from enablement.lessons.handing_in import readable_documents
from enablement.lessons.revising import StaleEdition
from enablement.models import DocumentVersion, Draft, DraftState, ImportJob, Lesson, Source
from enablement.views.requests import PersonRequest, editors_only

DRAFTS_SHOWN = 100
PASSAGES_SHOWN = 200
MOST_REFUSALS = 5
# What can be done with many drafts in one go, and how it is said afterwards.
BULK = {"accept": "accepted", "release": "accepted and released", "discard": "discarded"}
TAKEN_UP = (DraftState.ACCEPTED, DraftState.MERGED)
FILTERS: dict[str, tuple[str, Sequence[str]]] = {
    "waiting": ("Waiting", (DraftState.PROPOSED,)),
    "accepted": ("Accepted", TAKEN_UP),
    "discarded": ("Discarded", (DraftState.DISCARDED,)),
    "gone": ("No longer in the text", (DraftState.GONE,)),
    "all": ("All", DraftState.values),
}


@require_safe
@editors_only
def document_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """The document on one side, its drafts on the other. `show` and `kind` narrow the drafts; `version`
    shows an earlier text."""
    document = get_object_or_404(readable_documents(), slug=slug)
    version = _version(document, request.GET.get("version", ""))
    drafts = list(_drafts().filter(source=document))
    segments = _segments(version, [draft for draft in drafts if draft.version_id == version.pk])
    show = _filter(request.GET.get("show", ""), drafts)
    kind = request.GET.get("kind", "")
    wanted = [draft for draft in drafts if draft.state in FILTERS[show][1]]
    shown = [draft for draft in wanted if not kind or draft.kind == kind]
    context = {
        "document": document,
        "version": version,
        "versions": document.versions.all(),
        "segments": segments,
        "drafts": show_drafts(shown[:DRAFTS_SHOWN], _places(shown, version)),
        "left_over": max(0, len(shown) - DRAFTS_SHOWN),
        "filters": [(name, label, _count(drafts, states)) for name, (label, states) in FILTERS.items()],
        "show": show,
        "kind": kind,
        "kinds": _kinds(wanted),
        "passages": document.passages.all()[:PASSAGES_SHOWN],
        "passage_count": document.passages.count(),
        "lessons": Lesson.objects.all(),
        "conflict_count": len(version.findings),
        "unchecked": ImportJob.objects.filter(source=document)
        .exclude(error="")
        .values_list("error", flat=True)
        .first(),
        "together": len(last_together(document, request.user)),
        "can_tick": sum(draft.state == DraftState.PROPOSED for draft in shown[:DRAFTS_SHOWN]) > 1,
        **_progress(document),
    }
    return render(request, "documents/document_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def draft_decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept, discard, or take a decision back; the draft's panel comes back as it is then."""
    draft = get_object_or_404(_drafts(), pk=pk)
    person = request.user
    if request.method != "POST":
        return _panel(request, draft)
    verbs: dict[str, Any] = {
        "accept": lambda: accept_draft(draft, person),
        "both": lambda: accept_draft(draft, person, keep_both=True),
        "release": lambda: accept_draft(draft, person, release=True),
        "discard": lambda: discard_draft(draft, person),
        "undo": lambda: undo_decision(draft, person),
    }
    verb = verbs.get(request.POST.get("do", ""))
    if verb is None:
        return _panel(request, draft, problem="Choose what to do with this draft.")
    return _tried(request, draft, verb)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def draft_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """The fields of a draft as a form; saved with `keep`, or saved and accepted."""
    draft = get_object_or_404(_drafts(), pk=pk)
    values = {
        name.removeprefix("f-"): value for name, value in request.POST.dict().items() if name.startswith("f-")
    }
    if request.method != "POST":
        return _form(request, draft, {})
    try:
        edited = edit_draft(draft, request.user, values)
    except DecidingError as error:
        return _form(request, draft, values, str(error))
    if request.POST.get("do") == "keep":
        return _done(request, edited, "Kept. It still waits for a decision.")
    release = request.POST.get("do") == "release"
    return _tried(request, draft, lambda: accept_draft(edited, request.user, release=release))


@require_POST
@editors_only
def drafts_decide(request: PersonRequest, slug: str) -> HttpResponse:
    """Decide about all ticked drafts of a document in one go, or take the last such decision back."""
    document = get_object_or_404(readable_documents(), slug=slug)
    verb = request.POST.get("do", "")
    if verb == "undo":
        decided = undo_many(last_together(document, request.user), request.user)
    else:
        ticked = [int(pk) for pk in request.POST.getlist("draft") if pk.isdecimal()]
        drafts = list(_drafts().filter(source=document, pk__in=ticked)) if verb in BULK else []
        decided = decide_many(drafts, request.user, verb) if drafts else Decided([], [])
    _say(request, verb, decided)
    back = reverse("document-detail", args=[slug])
    return redirect(f"{back}?show=waiting" if _progress(document)["waiting"] else back)


def _say(request: PersonRequest, verb: str, decided: Decided) -> None:
    if not decided.done and not decided.refused:
        messages.error(request, "Tick the drafts that you decide about.")
    if decided.done:
        messages.success(request, f"{len(decided.done)} {BULK.get(verb, 'wait again')}.")
    for name, why in decided.refused[:MOST_REFUSALS]:
        messages.error(request, f"“{name[:80]}”: {why}")
    if len(decided.refused) > MOST_REFUSALS:
        messages.error(request, f"{len(decided.refused) - MOST_REFUSALS} more wait still: see each of them.")


@require_POST
@editors_only
def document_lesson(request: PersonRequest, slug: str) -> HttpResponse:
    """Say which lesson a document is for."""
    document = get_object_or_404(readable_documents(), slug=slug)
    lesson = Lesson.objects.filter(slug=request.POST.get("lesson", "")).first()
    if lesson is None:
        messages.error(request, "Choose a lesson.")
    else:
        assign_lesson(document, lesson, request.user)
        messages.success(request, f"What you accept from here goes into “{lesson.title}”.")
    return redirect("document-detail", slug)


def review_url(draft: Draft) -> str:
    """Return the address of the review with the next draft that waits in sight."""
    following = draft.source.drafts.filter(state=DraftState.PROPOSED)
    after = following.filter(start__gte=draft.start).exclude(pk=draft.pk).first() or following.first()
    place = f"#draft-{after.pk}" if after else ""
    return reverse("document-detail", args=[draft.source.slug]) + place


def _tried(request: PersonRequest, draft: Draft, verb: Any) -> HttpResponse:
    try:
        return _done(request, verb())
    except SlugTaken as taken:
        return _panel(request, draft, problem=str(taken), taken=taken.slug)
    except StaleEdition as stale:
        return _panel(request, draft, problem=str(stale))
    except DecidingError as error:
        return _panel(request, draft, problem=str(error))


def _done(request: PersonRequest, draft: Draft, words: str = "") -> HttpResponse:
    if request.htmx:
        return _panel(request, draft)
    said = words or f"{draft.get_state_display()}."
    messages.success(request, said)
    return redirect(review_url(draft))


def _panel(request: PersonRequest, draft: Draft, *, problem: str = "", taken: str = "") -> HttpResponse:
    """The draft as it is now, and how far the review is; a page where there is no script."""
    draft = _drafts().get(pk=draft.pk)
    if problem and not request.htmx and not taken:
        messages.error(request, problem)
        return redirect(f"{reverse('document-detail', args=[draft.source.slug])}?show=all#draft-{draft.pk}")
    context: dict[str, Any] = {
        "shown": show_drafts([draft], _places([draft], draft.version))[0],
        "document": draft.source,
        "problem": problem,
        "taken": taken,
        "is_answer": True,
        **_progress(draft.source),
    }
    context["can_tick"] = bool(request.htmx) and context["waiting"] > 1
    template = "documents/draft_answer.html" if request.htmx else "documents/draft_page.html"
    return render(request, template, context, status=400 if problem else 200)


def _form(request: PersonRequest, draft: Draft, values: dict[str, str], problem: str = "") -> HttpResponse:
    fields = fields_of(draft.kind, draft.item)
    shown: ShownDraft = show_drafts([draft], _places([draft], draft.version))[0]
    places = {field.path: field.lines[0] for field in shown.fields if field.lines}
    context = {
        "shown": shown,
        "document": draft.source,
        "form_fields": [
            (field, values.get(field.path, field.value), places.get(field.path)) for field in fields
        ],
        "cards": dict(sorted(known_cards([draft]).items(), key=lambda card: card[1].lower())),
        "problem": problem,
        "is_form": True,
    }
    template = "documents/draft_form.html" if request.htmx else "documents/draft_page.html"
    return render(request, template, context, status=400 if problem else 200)


def _drafts() -> QuerySet[Draft]:
    return Draft.objects.select_related("source", "lesson", "version", "earlier", "revision", "decided_by")


def _version(document: Source, number: str) -> DocumentVersion:
    """The version asked for, else the last. A document from before versions were kept has its text."""
    versions = document.versions.all()
    if number.isdecimal():
        return get_object_or_404(versions, number=int(number))
    return versions.first() or DocumentVersion(source=document, number=1, text=document.text)


def _segments(version: DocumentVersion, drafts: Sequence[Draft]) -> list[Segment]:
    parts = [part for draft in drafts if draft.state != DraftState.GONE for part in _parts(draft)]
    findings = [
        Part(row["start"], row["end"], 0, row.get("level", ""))
        for row in version.findings
        if row["type"] == "guide"
    ]
    skipped = [Part(row["start"], row["end"], 0, row["reason"]) for row in version.skipped]
    return cut(version.text, parts, findings, skipped)


def _parts(draft: Draft) -> list[Part]:
    whole = Part(draft.start, draft.end, draft.pk, "", draft.state)
    return [whole, *(Part(a, b, draft.pk, path, draft.state) for path, (a, b) in draft.spans.items())]


def _places(drafts: Sequence[Draft], version: DocumentVersion | None) -> dict[str, int]:
    """Where each `draft:path` begins in a version's text."""
    here = [draft for draft in drafts if version is None or draft.version_id == version.pk]
    return {f"{part.draft}:{part.path}": part.start for draft in here for part in _parts(draft)}


def _filter(name: str, drafts: Sequence[Draft]) -> str:
    if name in FILTERS:
        return name
    return "waiting" if any(draft.state == DraftState.PROPOSED for draft in drafts) else "all"


def _count(drafts: Sequence[Draft], states: Sequence[str]) -> int:
    return sum(draft.state in states for draft in drafts)


def _kinds(drafts: Sequence[Draft]) -> list[tuple[str, int]]:
    kinds = [draft.kind for draft in drafts]
    return [(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)]


def _progress(document: Source) -> dict[str, int]:
    waiting = Count("pk", filter=Q(state=DraftState.PROPOSED))
    counts = document.drafts.exclude(state=DraftState.GONE).aggregate(total=Count("pk"), waiting=waiting)
    return counts | {"decided": counts["total"] - counts["waiting"]}
