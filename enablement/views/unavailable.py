"""What is answered where the site has no answer: the database is away, too much is sent, something broke."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from enablement.api.errors import Problem
from enablement.origins import current_origin

# Seconds. The embedded database is back after two; one of many gigabytes takes longer to recover.
RETRY_SECONDS = 5
SENTENCE = "Dosay cannot reach its database just now. Nothing that was saved is lost: try again shortly."
TOO_MANY = "More people want something of Dosay just now than it can do at once: try again shortly."
TOO_LARGE = "That was more than {most} MB, the most that can be sent here at once."


def unavailable_or_broken(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After where the database is away, busy or kept us waiting; else the page for errors.

    For handler500: it is called while the error is being handled.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _broken(request)
    return _come_again(request, SENTENCE)


def too_busy(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After: so many were there before that nothing was begun."""
    return _come_again(request, TOO_MANY)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413: more was sent than `most` MB, and nothing of it was read."""
    sentence = TOO_LARGE.format(most=most)
    if request.path.startswith("/api/"):
        return Problem(413, "body_too_large", sentence).as_response()
    return _as_page(request, sentence, 413)


def _come_again(request: HttpRequest, sentence: str) -> HttpResponse:
    response = _unavailable(request, sentence)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke, and by what number the log knows it; nothing of what it was."""
    if not request.path.startswith("/api/"):
        return server_error(request)
    number = current_origin().request
    detail = f"Something went wrong here, and it is in our log. Tell your admin the number {number}."
    return Problem(500, "server_error", detail, request=number).as_response()


def _unavailable(request: HttpRequest, sentence: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return Problem(503, "unavailable", sentence).as_response()
    return _as_page(request, sentence, 503)


def _as_page(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    is_part = request.headers.get("HX-Request") == "true"
    template = "parts/unavailable.html" if is_part else f"{status}.html"
    # Without the request: a template that knows it would ask the database who is there.
    return HttpResponse(render_to_string(template, {"sentence": sentence}), status=status)
