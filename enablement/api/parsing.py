"""JSON in, and nothing that a JSON body could do to the server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

# The longest draft is 100,000 characters; escaped as surrogate pairs that is 1.2 MB.
MAX_BODY = 2_000_000


class BodyTooLarge(APIException):
    """The body holds more than any text that fits."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body is too large: 2 MB is the most that fits. Send less text."


class JSONParser(BaseParser):
    """JSON as RFC 8259 has it: UTF-8 whatever the header claims, no NaN, nesting the reader can bear."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the body's value. Raises ParseError, BodyTooLarge."""
        body = stream.read(MAX_BODY + 1)
        if len(body) > MAX_BODY:
            raise BodyTooLarge()
        try:
            return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
        except RecursionError:
            raise ParseError("The body is nested too deeply. Send a flat object.") from None
        except ValueError as error:
            raise ParseError(f"The body is not JSON: {error}.") from None


class UploadParser(MultiPartParser):
    """A form with a file. What surrounds the file is bounded; how large it may be says who takes it."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the fields and files. Raises ParseError, BodyTooLarge."""
        try:
            return super().parse(stream, media_type, parser_context)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            raise BodyTooLarge("The form holds too much beside its file. Send the file alone.") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")
