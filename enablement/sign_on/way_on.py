"""Where to go after signing in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def way_on(request: HttpRequest, wanted: str) -> str:
    """The page that asked for it, if it is one of ours; else the first page."""
    return wanted if is_ours(request, wanted) else resolve_url(settings.LOGIN_REDIRECT_URL)


def is_ours(request: HttpRequest, place: str) -> bool:
    """Whether `place` is a path of this site; “https:evil” and “\\evil” are none to a browser."""
    return place.startswith("/") and url_has_allowed_host_and_scheme(
        place, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
