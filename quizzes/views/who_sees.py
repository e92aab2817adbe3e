"""Who can see what about oneself, in one place, with the switch that changes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from enablement.views.requests import PersonRequest, signed_in
from quizzes.models import PracticeItem
from quizzes.practice.plans import plan_of, share_answers
from quizzes.readers import administrators, managers_of


@require_safe
@signed_in
def who_sees(request: PersonRequest) -> HttpResponse:
    """What is seen by whom, as it is now."""
    person = request.user
    context = {
        "managers": managers_of(person),
        "administrators": administrators(person),
        "shares": plan_of(person).shares_answers,
        "practised": PracticeItem.objects.filter(session__person=person).answered().count(),
    }
    return render(request, "quizzes/who_sees_page.html", context)


@require_POST
@signed_in
def share(request: PersonRequest) -> HttpResponse:
    """Share one's single practice answers, or share them no more."""
    shares = request.POST.get("shares") == "yes"
    share_answers(request.user, shares)
    words = "Shared from now on, those given before too." if shares else "Yours alone again, all of them."
    messages.success(request, words)
    return redirect("who-sees")
