"""Errors that only quizzes have."""

from __future__ import annotations

from rest_framework import status
from rest_framework.exceptions import APIException

from enablement.api.errors import CODES, TITLES


class Closed(APIException):
    """The attempt was handed in, so that nothing of it changes any more."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This attempt has been handed in, so its answers can no longer change."


CODES[Closed] = "attempt_closed"
TITLES["attempt_closed"] = "The attempt has been handed in"
