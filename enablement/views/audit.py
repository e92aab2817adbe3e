"""The audit: a page to search it, and what was found as a file. For admins."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from enablement.audit import exporting
from enablement.audit.searching import PAGE, find_events, read_search
from enablement.audit.words import entries, kind_words, verb_words
from enablement.models import AuditEvent
from enablement.views.requests import PersonRequest, admins_only

FILES = {
    "csv": (exporting.as_csv, "text/csv; charset=utf-8"),
    "jsonl": (exporting.as_json_lines, "application/jsonl; charset=utf-8"),
}


@require_safe
@admins_only
def audit_list(request: PersonRequest) -> HttpResponse:
    """Who did what, the newest first. A page goes on from a row (`before`), whatever is added meanwhile."""
    search = read_search(request.GET)
    found = find_events(search, request.user)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    context = {
        "search": search,
        "entries": entries(rows[:PAGE]),
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "is_later_page": bool(before),
        "verbs": _choices("verb", verb_words),
        "kinds": _choices("kind", kind_words),
        "formats": FILES,
    }
    return render(request, "audit/audit.html", context)


@require_safe
@admins_only
def audit_export(request: PersonRequest, format: str) -> StreamingHttpResponse:
    """What a search finds, as a file. Who took it, and how many rows, is in the audit itself."""
    if format not in FILES:
        raise Http404
    found = exporting.take(read_search(request.GET), request.user, format)
    write, content_type = FILES[format]
    name = f"audit-{timezone.localdate():%Y-%m-%d}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(write(found), content_type=content_type, headers=headers)


def _choices(field: str, words: Callable[[str], str]) -> list[tuple[str, str]]:
    """The values that the audit has of a field, with their words, in the order of the words."""
    values = AuditEvent.objects.order_by().values_list(field, flat=True).distinct()
    return sorted(((value, words(value)) for value in values), key=lambda choice: choice[1])
