"""The page that walks an admin through the first ten minutes of a site."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from enablement import audit
from enablement.context import HomePanel
from enablement.first_steps import STEPS, first_steps
from enablement.models import Person, PutOffStep
from enablement.roles import may_administer
from enablement.views.requests import PersonRequest, admins_only


@require_safe
@admins_only
def first_steps_page(request: PersonRequest) -> HttpResponse:
    steps = first_steps()
    done = sum(step.is_done for step in steps)
    context = {
        "steps": steps,
        "next_step": next((step for step in steps if step.is_open), None),
        "done": done,
        "progress": f"{done} of {len(steps)} done",
    }
    return render(request, "first_steps/first_steps.html", context)


@require_POST
@admins_only
def put_off_step(request: PersonRequest, name: str) -> HttpResponse:
    """Put a step off, or take it up again where it was put off."""
    if name not in {plan.name for plan in STEPS}:
        raise Http404
    with transaction.atomic():
        step, is_new = PutOffStep.objects.get_or_create(name=name, defaults={"by": request.user})
        audit.record(request.user, "put_off_step" if is_new else "take_up_step", step, after={"step": name})
        if not is_new:
            step.delete()
    return redirect("first-steps")


def first_steps_panel(person: Person) -> HomePanel | None:
    """What is left of the first steps, for an admin; None once each is done or put off."""
    if not may_administer(person):
        return None
    left = [step for step in first_steps() if step.is_open]
    return HomePanel("first_steps/home_panel.html", {"left": left}) if left else None
