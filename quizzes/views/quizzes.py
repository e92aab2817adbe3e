"""The list of quizzes, and the page from which one is started."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enablement.models import Distinction, Lesson
from enablement.roles import may_edit
from enablement.views.requests import PersonRequest, signed_in
from quizzes.attempts import EmptyQuiz, NothingMissed, start_attempt
from quizzes.models import Attempt, Quiz, minutes_for
from quizzes.progress import progress


@require_safe
@signed_in
def quiz_list(request: PersonRequest) -> HttpResponse:
    person = request.user
    distinctions = Distinction.objects.visible_to(person) if may_edit(person) else Distinction.objects.none()
    context = {"progress": progress(person), "distinctions": distinctions}
    if may_edit(person):
        context["lessons"] = Lesson.objects.visible_to(person)
    return render(request, "quizzes/quiz_list.html", context)


@require_safe
@signed_in
def quiz_detail(request: PersonRequest, slug: str) -> HttpResponse:
    found = progress(request.user, slug)
    if not found:
        raise Http404
    quiz = found[0].quiz
    context = {"standing": found[0], "quiz": quiz, "minutes": minutes_for(request.user, quiz)}
    return render(request, "quizzes/quiz_detail.html", context)


@require_POST
@signed_in
def quiz_start(request: PersonRequest, slug: str) -> HttpResponse:
    quiz = get_object_or_404(Quiz.objects.visible_to(request.user), slug=slug)
    try:
        attempt = start_attempt(request.user, quiz, missed_in=_earlier(request, quiz))
    except (EmptyQuiz, NothingMissed) as empty:
        messages.warning(request, str(empty))
        return redirect(quiz)
    return HttpResponseRedirect(attempt.get_absolute_url())


def _earlier(request: PersonRequest, quiz: Quiz) -> Attempt | None:
    """The attempt to which a retake is limited, where the form names one of the person's own."""
    wanted = request.POST.get("missed_in", "")
    if not wanted:
        return None
    try:
        return get_object_or_404(Attempt.objects.of(request.user), pk=UUID(wanted), quiz=quiz)
    except ValueError:
        raise Http404 from None
