"""How much of a quiz's time somebody has, said by who manages them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from enablement.models import Person
from enablement.views.requests import PersonRequest, managers_only
from quizzes.extra_time import give_extra_time
from quizzes.models import TimeShare


@require_POST
@managers_only
def extra_time_save(request: PersonRequest, username: str) -> HttpResponse:
    """Give the person more of the time, or the quiz's again. Attempts that run get it at once."""
    people = Person.objects.visible_to(request.user).exclude(pk=request.user.pk)
    person = get_object_or_404(people, username=username)
    shares = {str(share.value): share for share in TimeShare}
    share = shares.get(request.POST.get("share", ""))
    if share is None:
        messages.error(request, "Nothing is changed. Choose how much time from the list.")
    else:
        give_extra_time(request.user, person, share)
        messages.success(request, f"{person.name} in quizzes with a limit: {share.label.lower()}.")
    return redirect("team-member", username)
