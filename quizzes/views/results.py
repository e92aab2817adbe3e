"""Results: one's own, and those of the teams one manages."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enablement.models import Person
from enablement.views.requests import PersonRequest, signed_in
from quizzes.deadlines import server_now
from quizzes.models import Quiz
from quizzes.practice.overview import activities
from quizzes.practice.sheets import shared_answers
from quizzes.reports.counts import FEW
from quizzes.reports.people import person_report
from quizzes.reports.teams import team_reports


@require_safe
@signed_in
def my_results(request: PersonRequest) -> HttpResponse:
    """Everything that the person's managers see about them, and who these are."""
    return _person_page(request, request.user)


@require_safe
@signed_in
def team_list(request: PersonRequest) -> HttpResponse:
    """The teams one manages: who tried, right answers by topic, and which way people err."""
    if not request.user.is_manager:
        raise Http404
    quizzes = list(Quiz.objects.visible_to(request.user))
    wanted = request.GET.get("quiz", "")
    quiz = next((quiz for quiz in quizzes if quiz.slug == wanted), None)
    reports = team_reports(request.user, quiz)
    context = {"reports": reports, "quizzes": quizzes, "chosen_quiz": quiz, "few": FEW}
    return render(request, "quizzes/teams.html", context)


@require_safe
@signed_in
def team_member(request: PersonRequest, username: str) -> HttpResponse:
    """One member's results, for those who manage one of their teams."""
    if not request.user.is_manager:
        raise Http404
    person = get_object_or_404(Person.objects.visible_to(request.user), username=username)
    return _person_page(request, person)


def _person_page(request: PersonRequest, person: Person) -> HttpResponse:
    is_own = person == request.user
    your = "your" if is_own else "their"
    context = {
        "report": person_report(person, request.user),
        "is_own": is_own,
        "your": your,
        "few": FEW,
        "activity": activities([person.pk], server_now()).get(person.pk),
        "shared": [] if is_own else shared_answers(person, request.user),
    }
    return render(request, "quizzes/person.html", context)
