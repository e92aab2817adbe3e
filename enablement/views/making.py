"""A lesson as its editors see it: every piece with its state, what can be added, its sources, its release."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.lessons.contents import group_of, open_drafts
from enablement.lessons.live import LESSON, naming_line
from enablement.lessons.making import move_piece, release_lesson, save_source, set_review
from enablement.lessons.pieces import KINDS
from enablement.lessons.versions import is_untouched
from enablement.models import Lesson, Source
from enablement.views.requests import PersonRequest, editors_only
from enablement.web_addresses import check_web_address

# How a piece is moved: its name, its sign, its words.
WAYS = (("top", "⤒", "To the top"), ("up", "↑", "Up"), ("down", "↓", "Down"))


class SourceForm(forms.ModelForm[Source]):
    """A document that content came from."""

    class Meta:
        model = Source
        fields = ("title", "publisher", "url", "year", "note")
        help_texts = {"url": "Where readers find it.", "note": "Only editors see it."}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def clean_url(self) -> str:
        address = str(self.cleaned_data["url"])
        if address:
            check_web_address(address)
        return address


@require_safe
@editors_only
def lesson_contents(request: PersonRequest, slug: str) -> HttpResponse:
    """Everything in a lesson, and everything that can be added to it."""
    lesson = _lesson(request, slug)
    drafts = open_drafts(lesson)
    context = {
        "lesson": lesson,
        "words": drafts.get((LESSON, slug)),
        "groups": [group_of(lesson, kind, drafts) for kind in KINDS],
        "sources": lesson.sources.all(),
        "ways": WAYS,
        "ready": [row for row in drafts.values() if not is_untouched(row)],
    }
    return render(request, "editing/contents.html", context)


@require_POST
@editors_only
def piece_move(request: PersonRequest, kind: str, slug: str) -> HttpResponse:
    """Move a piece among its fellows; the list comes back with the cursor on the same button."""
    if kind not in KINDS:
        raise Http404
    pieces: Any = KINDS[kind].model._default_manager
    piece = get_object_or_404(pieces.visible_to(request.user).select_related("lesson"), slug=slug)
    way = request.POST.get("way", "")
    place, of = move_piece(piece, way, request.user)
    lesson = piece.lesson
    if not request.htmx:
        return redirect(f"{reverse('lesson-contents', args=[lesson.slug])}#group-{kind}")
    context = {
        "lesson": lesson,
        "group": group_of(lesson, kind, open_drafts(lesson)),
        "ways": WAYS,
        "moved": slug,
        "focus": way,
        "said": f"Place {place} of {of}.",
    }
    return render(request, "editing/group.html", context)


@require_POST
@editors_only
def lesson_release(request: PersonRequest, slug: str) -> HttpResponse:
    """Release every draft of a lesson that is ready."""
    result = release_lesson(_lesson(request, slug), request.user)
    if result.released:
        count = len(result.released)
        messages.success(request, f"Released: {count} piece{'' if count == 1 else 's'}.")
    for draft, why in result.left[:8]:
        messages.warning(request, f"“{naming_line(draft.item)}” stays a draft. {why}")
    if len(result.left) > 8:
        messages.warning(request, f"{len(result.left) - 8} more stay drafts.")
    return redirect("lesson-contents", slug)


@require_POST
@editors_only
def lesson_review(request: PersonRequest, slug: str) -> HttpResponse:
    """Switch review by a second person on or off."""
    needed = bool(request.POST.get("needs_review"))
    set_review(_lesson(request, slug), needed, request.user)
    words = (
        "A second person approves each change now." if needed else "Changes are released without review now."
    )
    messages.success(request, words)
    return redirect("lesson-contents", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def source_edit(request: PersonRequest, slug: str, source: str = "") -> HttpResponse:
    """Add a source to a lesson, or change one."""
    lesson = _lesson(request, slug)
    known = get_object_or_404(lesson.sources, slug=source) if source else None
    form = SourceForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        saved = save_source(lesson, form.cleaned_data, request.user, known)
        messages.success(request, f"“{saved.title}” is kept. Pieces of this lesson can name it.")
        return redirect("lesson-contents", slug)
    context = {"lesson": lesson, "form": form, "source": known}
    return render(request, "editing/source.html", context, status=400 if form.errors else 200)


def _lesson(request: PersonRequest, slug: str) -> Lesson:
    return get_object_or_404(Lesson.objects.visible_to(request.user), slug=slug)
