"""What every response carries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from enablement.origins import Origin, origin_of, set_origin


class PrivatePagesMiddleware:
    """Pages of signed-in people are never kept by a cache in between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        # Where the database is away, who is there cannot be asked.
        if response.status_code >= 500 or request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response


class OriginMiddleware:
    """Gives every request a number, for the audit, the log and whoever reports a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        origin = origin_of(request)
        set_origin(origin)
        response = self.get_response(request)
        response["X-Request-ID"] = origin.request
        # A stream goes on in this thread; the thread's next request says its own.
        if not response.streaming:
            set_origin(Origin())
        return response
