"""What every response carries."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError
from django.utils import timezone, translation

from enablement import numbers
from enablement.in_turn import Busy, Turns, in_turn
from enablement.meters import REQUESTS
from enablement.origins import Origin, origin_of, set_origin
from enablement.views.unavailable import too_busy

log = logging.getLogger(__name__)

NO_ROUTE = "(none)"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Every few seconds, day and night: not a line each.
ASKED_BY_MACHINES = frozenset({"livez/", "readyz/", "metrics/"})
# Who must be answered though many wait: whoever looks whether we live, and Slack, which asks again after 3 s.
NOT_IN_TURN = (*(f"/{route}" for route in sorted(ASKED_BY_MACHINES)), "/slack/")
# Bytes of a body. A longer one takes a while to come, and nobody's turn is spent on waiting for it.
READ_BEFORE = 64 * 1024
# Passkeys and copying a line are what pages use; nothing else is.
FORBIDDEN = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in FORBIDDEN)


class BrowserLimitsMiddleware:
    """What no browser may do with anything from here: lend it a sensor, or show it inside another site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class PrivatePagesMiddleware:
    """Pages and answers of the API are kept by no cache, whoever asked. Static files never come this far."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class OwnFormsMiddleware:
    """Times in the zone of the person who asks, dates and numbers in the form that they chose.

    All are set anew by every request and never put back: a streamed page is still being written when this
    middleware is done.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person: Any = request.user
        if person.is_authenticated:
            timezone.activate(person.zone)
            translation.activate(person.date_form)
            numbers.activate(person.number_form)
        else:
            timezone.deactivate()
            translation.deactivate()
            numbers.deactivate()
        return self.get_response(request)


class RateLimitMiddleware:
    """Says on each answer of the API where its caller stands with the limits, refused ones included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        limit = getattr(request, "rate_limit", None)
        for name, value in (limit.as_headers() if limit else {}).items():
            response[name] = value
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


class MeasuredMiddleware:
    """Times every page and call, for the metrics and for one line of the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        route = request.resolver_match.route if request.resolver_match else NO_ROUTE
        # What a visitor may call a method is any word; a label is one of a few.
        method = request.method if request.method in METHODS else "OTHER"
        REQUESTS.labels(route, method, response.status_code).observe(seconds)
        fields = {
            "route": route,
            "method": method,
            "status": response.status_code,
            "ms": round(seconds * 1000),
        }
        log.log(logging.DEBUG if route in ASKED_BY_MACHINES else logging.INFO, "answered", extra=fields)
        return response


class InTurnMiddleware:
    """Lets a few requests be computed at once and the others wait in order, or are told to come again.

    A stream waits for nobody, nor does a long body: whoever uploads is computed beside the others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.turns = Turns(settings.REQUESTS_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(NOT_IN_TURN) or not _has_come(request):
            return self.get_response(request)
        try:
            with in_turn(self.turns):
                return self.get_response(request)
        except Busy:
            return too_busy(request)


def _has_come(request: HttpRequest) -> bool:
    """Whether the whole request is here. A short body is read, so that no turn is spent on a slow sender."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > READ_BEFORE:
        return False
    try:
        return request.body is not None
    except UnreadablePostError:
        return False
