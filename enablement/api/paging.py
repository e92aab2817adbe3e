"""Long lists in pages: `?limit=&offset=`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, CharField, Field, IntegerField

from enablement.api.exchange import InputSerializer, read_sent

if TYPE_CHECKING:
    # The views read the settings, which name the class here.
    from rest_framework.views import APIView

PAGE = 50
MAX_PAGE = 200
MAX_OFFSET = 1_000_000
# What a list in pages takes, as the OpenAPI document has it.
_SHAPES: Final[dict[str, dict[str, Any]]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": PAGE},
    "offset": {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0},
}
PARAMETERS: Final = [OpenApiParameter(name, shape) for name, shape in _SHAPES.items()]


class Pages(LimitOffsetPagination):
    """As DRF's, except that nonsense is an error and not another page."""

    default_limit = PAGE
    max_limit = MAX_PAGE

    def get_limit(self, request: Request) -> int:
        return _whole_number(request, "limit", PAGE, 1, MAX_PAGE)

    def get_offset(self, request: Request) -> int:
        return _whole_number(request, "offset", 0, 0, MAX_OFFSET)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """The document's words for `limit` and `offset`, with their bounds."""
        return [
            {"name": name, "in": "query", "required": False, "schema": shape}
            for name, shape in _SHAPES.items()
        ]


def paged(
    request: Request,
    rows: QuerySet[Any] | Sequence[Any],
    shape: type[BaseSerializer[Any]],
    work_out: Callable[[Any], Any] | None = None,
) -> Response:
    """Return the page of `rows` that the request asks for. Raises ValidationError.

    `work_out` makes what is shown of a row, where that is too much work for the rows of other pages.
    """
    pages = Pages()
    page = pages.paginate_queryset(cast(QuerySet[Any], rows), request) or []
    shown = [work_out(row) for row in page] if work_out else page
    return pages.get_paginated_response(shape(shown, many=True).data)


def read_filters(request: Request, kind: type[InputSerializer]) -> dict[str, Any]:
    """Return what narrows a list in pages, checked; `limit` and `offset` left to `paged`.

    Raises ValidationError, for a filter that there is not as well.
    """
    given = request.query_params.dict()
    return read_sent(kind, {name: value for name, value in given.items() if name not in _SHAPES})


def page_of(name: str, rows: BaseSerializer[Any]) -> BaseSerializer[Any]:
    """What the OpenAPI document says of a page of `rows` (a serializer with many=True), under a `name`."""
    fields: dict[str, Field[Any, Any, Any, Any]] = {
        "count": IntegerField(),
        "next": CharField(allow_null=True),
        "previous": CharField(allow_null=True),
        "results": rows,
    }
    return inline_serializer(name, fields)


def _whole_number(request: Request, name: str, default: int, low: int, high: int) -> int:
    value = request.query_params.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 10 and low <= int(value) <= high):
        raise ValidationError({name: [f"Write a whole number from {low:,} to {high:,}."]})
    return int(value)
