"""Errors that only quizzes have."""

from __future__ import annotations

from rest_framework import status
from rest_framework.exceptions import APIException

from enablement.api.errors import CODES, TITLES


class Closed(APIException):
    """The attempt was handed in, so that nothing of it changes any more."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This attempt has been handed in, so its answers can no longer change."


class Waiting(APIException):
    """All that the attempt asks about has expired, so it cannot be graded now."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "What this attempt asks about has expired. It stays open, with its answers."


CODES[Waiting] = "content_expired"
TITLES["content_expired"] = "What it asks about has expired"
CODES[Closed] = "attempt_closed"
TITLES["attempt_closed"] = "The attempt has been handed in"
