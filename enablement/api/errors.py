"""Every error of the API in one shape: RFC 9457 problem documents with a stable code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from rest_framework import exceptions, status
from rest_framework.views import set_rollback

from enablement.api.parsing import BodyTooLarge
from enablement.chat.at_once import TooManyAtOnce
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.heads import NotTrained
from enablement.texts import BadText

CONTENT_TYPE = "application/problem+json"
# The encoder loads in 4 to 9 seconds.
ENCODER_RETRY_SECONDS = 5
# An answer takes a few seconds with a model, and a minute at the most.
ANSWER_RETRY_SECONDS = 5

TITLES: dict[str, str] = {
    "invalid": "The request cannot be understood",
    "bad_text": "The text cannot be worked on",
    "malformed_body": "The body is not JSON",
    "body_too_large": "The body is too large",
    "not_signed_in": "Sign in first",
    "token_refused": "The token is not valid",
    "not_allowed": "You may not do this",
    "second_step_missing": "A second step is missing",
    "not_found": "There is no such thing here",
    "method_not_allowed": "This address does not take that method",
    "not_acceptable": "This format is not on offer",
    "unsupported_media_type": "Send JSON",
    "conflict": "It stands otherwise by now",
    "too_many_requests": "Too many requests",
    "encoder_unavailable": "The encoder is not ready",
    "not_trained": "There is nothing learnt to judge by yet",
    "answer_failed": "The answer could not be finished",
    "server_error": "Something went wrong here",
    "unavailable": "The site cannot reach its database",
}


class AnswerFailed(exceptions.APIException):
    """An answer was begun and not finished; asking again may help."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "The answer could not be finished. Ask again in a moment."


class Conflict(exceptions.APIException):
    """What was asked for does not go with how the thing stands now. The detail says what does."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This stands otherwise by now. Read it again."


CODES: dict[type[Exception], str] = {
    exceptions.ValidationError: "invalid",
    exceptions.ParseError: "malformed_body",
    BodyTooLarge: "body_too_large",
    exceptions.NotAuthenticated: "not_signed_in",
    exceptions.AuthenticationFailed: "token_refused",
    exceptions.PermissionDenied: "not_allowed",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "too_many_requests",
    AnswerFailed: "answer_failed",
    Conflict: "conflict",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One error, as a program reads it. `errors` maps a field's name to sentences about it.

    `request` is the number by which the log knows the request, where the fault is ours.
    """

    status: int
    code: str
    detail: str
    errors: dict[str, list[str]] | None = None
    request: str = ""

    def as_response(self, headers: dict[str, str] | None = None) -> HttpResponse:
        """Return it as `application/problem+json`, whatever format was asked for."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": TITLES[self.code],
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = self.errors
        if self.request:
            body["request"] = self.request
        text = json.dumps(body, ensure_ascii=True)
        return HttpResponse(text, status=self.status, content_type=CONTENT_TYPE, headers=headers)


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the response for an error that a view of the API raised; None lets it be a server error."""
    if isinstance(error, TooManyAtOnce):
        retry = {"Retry-After": str(ANSWER_RETRY_SECONDS)}
        return Problem(429, "too_many_requests", str(error)).as_response(retry)
    if isinstance(error, BadText):
        return Problem(400, "bad_text", str(error)).as_response()
    if isinstance(error, NotTrained):
        return Problem(503, "not_trained", str(error)).as_response()
    if isinstance(error, EncoderUnavailable):
        retry = {"Retry-After": str(ENCODER_RETRY_SECONDS)}
        return Problem(503, "encoder_unavailable", str(error)).as_response(retry)
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing here by that name that you may see.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException) or type(error) not in CODES:
        return None
    set_rollback()
    return _problem(error).as_response(_headers(error))


def _problem(error: exceptions.APIException) -> Problem:
    code = CODES[type(error)]
    if isinstance(error.detail, dict | list):
        errors = _sentences(error.detail)
        first = next(iter(errors.values()))[0]
        return Problem(error.status_code, code, first, errors)
    return Problem(error.status_code, code, str(error.detail))


def _headers(error: exceptions.APIException) -> dict[str, str]:
    """What DRF keeps on the exception: the scheme that a 401 asks for, when to come back after a 429."""
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    return headers


def _sentences(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Flatten DRF's nested details: `{"items": {"0": {"text": […]}}}` becomes `{"items.0.text": […]}`."""
    if isinstance(detail, dict):
        flat: dict[str, list[str]] = {}
        for name, inner in detail.items():
            flat |= _sentences(inner, f"{path}.{name}" if path else str(name))
        return flat
    if isinstance(detail, list) and any(isinstance(inner, dict | list) for inner in detail):
        return _sentences({str(number): inner for number, inner in enumerate(detail) if inner}, path)
    sentences = detail if isinstance(detail, list) else [detail]
    return {path or "body": [str(sentence) for sentence in sentences]}
