"""How much may be sent at once: a larger body is refused by its length, before anything is read of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from enablement.roles import may_edit
from enablement.views.unavailable import too_large

# Bytes. The documents of one form together; one alone may have 20 MB (lessons/documents/limits.py).
LARGEST_DOCUMENTS: Final = 100 * 1024 * 1024
TAKES_DOCUMENTS: Final = "/documents/add/"
# A program with a token is asked who it is before its body is read (api/scopes.py).
PROGRAMS_DOCUMENTS: Final = ("/api/v1/documents", "/api/v1/documents/")


class BodySizeMiddleware:
    """Refuses what is larger than anything that fits. A body without a length counts as empty with Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length, most = request.META.get("CONTENT_LENGTH") or "0", largest_for(request)
        if length.isdecimal() and int(length) > most:
            return too_large(request, most // (1024 * 1024))
        return self.get_response(request)


def largest_for(request: HttpRequest) -> int:
    """The most bytes that are read of a request: more of them from those who may hand in documents."""
    to_page, by_program = request.path_info == TAKES_DOCUMENTS, request.path_info in PROGRAMS_DOCUMENTS
    if request.user.is_authenticated:
        documents = (to_page or by_program) and may_edit(request.user)
    else:
        documents = by_program
    return LARGEST_DOCUMENTS if documents else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
