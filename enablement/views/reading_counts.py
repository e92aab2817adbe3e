"""Counting that a page was opened, once it is there to be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from enablement.chat.silent import note_opened
from enablement.trust.readings import count_reading
from enablement.views.requests import PersonRequest

Page = Callable[[PersonRequest, str], HttpResponse]


def counts_readings(kind: str) -> Callable[[Page], Page]:
    """Count each whole page of a piece that a reader opens. Fragments and what is not there do not count."""

    def counting(view: Page) -> Page:
        @wraps(view)
        def counted(request: PersonRequest, slug: str) -> HttpResponse:
            response = view(request, slug)
            if request.method == "GET" and response.status_code == 200 and not request.htmx:
                count_reading(kind, slug, request.user)
                if kind == "card":
                    note_opened(request.user, slug)
            return response

        return counted

    return counting
