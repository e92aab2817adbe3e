"""Messages to oneself, and what waits to be verified."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enablement.models import Notice
from enablement.trust.notices import VERIFY, read_all, read_notice
from enablement.trust.queue import queue_of
from enablement.views.requests import PersonRequest, signed_in

MOST_NOTICES = 100


@require_safe
@signed_in
def notice_list(request: PersonRequest) -> HttpResponse:
    notices = list(Notice.objects.visible_to(request.user)[:MOST_NOTICES])
    rows = [(notice, piece_to_verify(notice)) for notice in notices]
    context = {
        "rows": rows,
        "waiting": len(queue_of(request.user)),
        "any_new": any(not n.read_at for n in notices),
    }
    return render(request, "trust/notices.html", context)


@require_safe
@signed_in
def open_notice(request: PersonRequest, pk: int) -> HttpResponse:
    """Go where a message leads and note that it was read."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    read_notice(notice)
    return redirect(notice.url or "notices")


@require_POST
@signed_in
def read_notices(request: PersonRequest) -> HttpResponse:
    if count := read_all(request.user):
        messages.success(request, f"{count} message{'' if count == 1 else 's'} marked as read.")
    return redirect("notices")


@require_safe
@signed_in
def verify_queue(request: PersonRequest) -> HttpResponse:
    """What waits for one's own word, the most used first."""
    return render(request, "trust/queue.html", {"rows": queue_of(request.user)})


def piece_to_verify(notice: Notice) -> tuple[str, str] | None:
    """The kind and slug of the piece that a message asks to verify, while nobody has."""
    parts = (notice.key or "").split(":")
    asks = notice.kind == VERIFY and parts[0] == "verify" and len(parts) > 2 and notice.read_at is None
    return (parts[1], parts[2]) if asks else None
