"""Fixed answers, for editors: pin, change, vouch for, take out. Readers may open one that they were given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.chat.fixed import pin_answer, unpin_answer, verify_fixed
from enablement.models import FixedAnswer, Lesson
from enablement.texts import BadText
from enablement.views.kept_text import note_saved
from enablement.views.requests import PersonRequest, editors_only, signed_in


@require_safe
@editors_only
def fixed_list(request: PersonRequest) -> HttpResponse:
    rows = FixedAnswer.objects.visible_to(request.user).select_related("owner", "lesson")
    return render(request, "fixed/fixed_list.html", {"rows": rows})


@require_safe
@signed_in
def fixed_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One fixed answer with who vouches for it."""
    return render(request, "fixed/fixed.html", {"fixed": _fixed(request, pk)})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def fixed_edit(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    """Pin a new answer, or change one. A GET may bring `question` and `answer` along."""
    fixed = _fixed(request, pk) if pk else None
    lessons = Lesson.objects.visible_to(request.user)
    sent: dict[str, Any] = (request.POST if request.method == "POST" else request.GET).dict()
    if fixed and request.method != "POST":
        sent = {"question": fixed.question, "answer": fixed.answer, "lesson": fixed.lesson.slug}
    context = {"fixed": fixed, "lessons": lessons, "sent": sent}
    if request.method == "POST":
        lesson = get_object_or_404(lessons, slug=slugify(sent.get("lesson", "")))
        try:
            pinned = pin_answer(lesson, sent.get("question", ""), sent.get("answer", ""), request.user, fixed)
        except BadText as error:
            return render(request, "fixed/fixed_form.html", context | {"problem": str(error)}, status=400)
        messages.success(request, "Pinned. Questions that ask the same get exactly this.")
        return note_saved(request, redirect(pinned))
    return render(request, "fixed/fixed_form.html", context)


@require_POST
@editors_only
def fixed_verify(request: PersonRequest, pk: int) -> HttpResponse:
    fixed = _fixed(request, pk)
    verify_fixed(fixed, request.user)
    messages.success(request, "You vouch for it now.")
    return redirect(fixed)


@require_POST
@editors_only
def fixed_delete(request: PersonRequest, pk: int) -> HttpResponse:
    unpin_answer(_fixed(request, pk), request.user)
    messages.success(request, "Taken out. The question is answered from the content again.")
    return redirect("fixed-answers")


def _fixed(request: PersonRequest, pk: int) -> FixedAnswer:
    fixed: FixedAnswer = get_object_or_404(
        FixedAnswer.objects.visible_to(request.user).select_related("owner", "lesson"), pk=pk
    )
    return fixed
