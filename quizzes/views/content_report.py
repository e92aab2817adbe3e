"""What people get wrong, by the content it is about."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enablement.models import Lesson
from enablement.views.requests import PersonRequest, editors_only
from quizzes.deadlines import server_now
from quizzes.reports.content import LOOKED_BACK, content_report
from quizzes.reports.counts import FEW


@require_safe
@editors_only
def content_results(request: PersonRequest) -> HttpResponse:
    """By card and guide entry: how often wrong, what is believed instead, and which cards helped."""
    lessons = list(Lesson.objects.visible_to(request.user))
    wanted = request.GET.get("lesson", "")
    lesson = next((one for one in lessons if one.slug == wanted), lessons[0] if lessons else None)
    context = {
        "lessons": lessons,
        "lesson": lesson,
        "report": content_report(lesson, server_now()) if lesson else None,
        "days": LOOKED_BACK.days,
        "few": FEW,
    }
    return render(request, "quizzes/content_report.html", context)
