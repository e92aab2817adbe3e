"""Content out and in: the guide as CSV, a lesson on two printed pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from enablement.lessons.guide_csv import CsvError
from enablement.lessons.guide_exchange import propose_guide, take_guide
from enablement.models import (
    Analogy,
    Comparison,
    Distinction,
    GuideEntry,
    Ladder,
    Lesson,
    Person,
    Script,
)
from enablement.roles import must_be_editor
from enablement.views.guide_form import GuideUpload
from enablement.views.requests import PersonRequest, signed_in


@require_safe
@signed_in
def guide_file(request: PersonRequest) -> HttpResponse:
    """The released guide as a CSV file."""
    text = take_guide(_lessons(request.user), request.user)
    name = f"guide-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def guide_upload(request: PersonRequest) -> HttpResponse:
    """Take a CSV file of guide entries: each new or changed row becomes a draft."""
    lessons = _lessons(request.user)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = GuideUpload(*sent, lessons=lessons)
    context: dict[str, Any] = {"form": form, "proposed": None, "lessons": lessons}
    if form.is_valid():
        try:
            context["proposed"] = propose_guide(form.text, form.cleaned_data["lesson"], request.user)
        except CsvError as error:
            form.add_problems(error.problems)
    return render(request, "exchange/guide_upload.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def lesson_print(request: PersonRequest, slug: str) -> HttpResponse:
    """A lesson on two sheets of A4. What finds no room is left out whole (battle.css)."""
    person = request.user
    lesson = get_object_or_404(Lesson.objects.visible_to(person), slug=slug)
    distinction = Distinction.objects.visible_to(person).filter(lesson=lesson).first()
    context = {
        "lesson": lesson,
        "distinction": distinction,
        "outcomes": distinction.outcomes.all() if distinction else [],
        "ladder": Ladder.objects.visible_to(person).filter(lesson=lesson).prefetch_related("steps").first(),
        "comparison": Comparison.objects.visible_to(person)
        .filter(lesson=lesson)
        .prefetch_related("traits")
        .first(),
        "scripts": Script.objects.visible_to(person).filter(lesson=lesson),
        "analogies": Analogy.objects.visible_to(person).filter(lesson=lesson).prefetch_related("points"),
        "guide_entries": GuideEntry.objects.visible_to(person).filter(lesson=lesson),
        "today": timezone.localdate(),
    }
    return render(request, "exchange/lesson_print.html", context)


def _lessons(person: Person) -> QuerySet[Lesson]:
    return Lesson.objects.visible_to(must_be_editor(person))
