"""How good the questions of a quiz are, for editors and managers."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enablement.roles import may_edit
from enablement.views.requests import PersonRequest, signed_in
from quizzes.models import Quiz
from quizzes.statistics.item_report import quiz_statistics, readable
from quizzes.statistics.verdicts import FEWEST, RELIED_ON


@require_safe
@signed_in
def quiz_statistics_page(request: PersonRequest, slug: str) -> HttpResponse:
    """The figures of one quiz. For everybody else there is no such page."""
    quiz = get_object_or_404(Quiz.objects.visible_to(request.user).select_related("lesson"), slug=slug)
    attempts = readable(quiz, request.user)
    if attempts is None:
        raise Http404
    context = {
        "quiz": quiz,
        "report": quiz_statistics(quiz, attempts),
        "fewest": FEWEST,
        "relied_on": RELIED_ON,
        "of_all": may_edit(request.user),
    }
    return render(request, "quizzes/statistics.html", context)
