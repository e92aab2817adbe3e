"""What the browser keeps of a form until it is saved: which of it the site has saved (see unsaved.js)."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "dosay_saved"
# A page that reads the cookie empties it; without one a few of the last names are enough.
MOST = 10
_KEY = re.compile(r"[0-9a-f-]{8,40}")


def note_saved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell the browser that the text of the posted form is saved, so that it is offered no more."""
    key = request.POST.get("draft_key", "")
    if _KEY.fullmatch(key):
        known = [name for name in request.COOKIES.get(COOKIE, "").split(".") if _KEY.fullmatch(name)]
        names = ".".join([*known[1 - MOST :], key])
        response.set_cookie(COOKIE, names, secure=settings.BEHIND_TLS, samesite="Lax")
    return response
