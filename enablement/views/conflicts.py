"""Where sources contradict the guide, what readers see, or one another; and writing a dispute down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enablement.drafts.disputes import disputes_of, record_dispute
from enablement.drafts.voices import Dispute
from enablement.lessons.handing_in import readable_documents
from enablement.models import Disagreement, Lesson
from enablement.views.requests import PersonRequest, editors_only

# What is seen nowhere else comes first. Sentences against the guide are many and want a look each: folded up.
GROUPS = (
    ("Against one another", ("between", "order"), False),
    ("About points that are written down", ("stance",), True),
    ("Against our guide", ("guide",), True),
)


@require_safe
@editors_only
def conflict_list(request: PersonRequest) -> HttpResponse:
    """All documents; `lesson` narrows them to those of one."""
    lesson = Lesson.objects.filter(slug=request.GET.get("lesson", "")).first()
    documents = readable_documents()
    documents = documents.filter(lesson=lesson) if lesson else documents
    recorded = Disagreement.objects.visible_to(request.user).prefetch_related("positions__sources", "lesson")
    context = {
        "groups": _groups(disputes_of(documents)),
        "lesson": lesson,
        "lessons": Lesson.objects.all(),
        "recorded": recorded.filter(lesson=lesson) if lesson else recorded,
    }
    return render(request, "documents/conflicts.html", context)


@require_safe
@editors_only
def document_conflicts(request: PersonRequest, slug: str) -> HttpResponse:
    """The conflicts of one document."""
    document = get_object_or_404(readable_documents(), slug=slug)
    groups = _groups(disputes_of(readable_documents().filter(pk=document.pk)))
    return render(request, "documents/conflicts.html", {"groups": groups, "document": document})


def _groups(disputes: list[Dispute]) -> list[dict[str, Any]]:
    """The disputes by what they are against; a group without any is left out."""
    groups = [
        {"title": title, "folded": folded, "disputes": [one for one in disputes if one.kind in kinds]}
        for title, kinds, folded in GROUPS
    ]
    return [group for group in groups if group["disputes"]]


@require_POST
@editors_only
def conflict_record(request: PersonRequest) -> HttpResponse:
    """Begin a disagreement from the sentences of a dispute: each source with what it says, and our line."""
    lesson = Lesson.objects.filter(slug=request.POST.get("lesson", "")).first()
    draft = record_dispute(request.POST.get("key", ""), lesson, request.user)
    if draft is None:
        messages.error(request, "Choose a lesson, and a conflict that is still there.")
        return redirect("conflict-list")
    messages.success(
        request, "A draft of the disagreement. Word each position in your own words, then release it."
    )
    return redirect("revision", draft.pk)
