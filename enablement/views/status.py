"""How the site is, for admins: what works, what is late, what to do."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enablement import outbox
from enablement.doctor.diagnosis import Health
from enablement.doctor.examining import SLOW, examine
from enablement.doctor.retrying import try_work_again
from enablement.gauges import oldest_work_seconds
from enablement.views.requests import PersonRequest, admins_only

MOST_SHOWN = 50


@require_safe
@admins_only
def status(request: PersonRequest) -> HttpResponse:
    """Every part in a sentence, the ill ones first, and the work that was given up."""
    parts = list(examine(SLOW))
    given_up = outbox.given_up().order_by("-created_at")
    context = {
        "ill": [part for part in parts if part.health != Health.OK],
        "well": [part for part in parts if part.health == Health.OK],
        "waiting": outbox.waiting().count(),
        "oldest_minutes": round(oldest_work_seconds(timezone.now()) / 60),
        "given_up": given_up[:MOST_SHOWN],
        "given_up_count": given_up.count(),
    }
    return render(request, "status/status.html", context)


@require_POST
@admins_only
def work_try_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Send work once more that was given up."""
    if try_work_again(pk, request.user) is None:
        raise Http404
    messages.success(request, "It is tried again. Look here in a minute whether it is gone.")
    return redirect("status")
