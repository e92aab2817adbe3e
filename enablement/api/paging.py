"""Long lists in pages: `?limit=&offset=`."""

from __future__ import annotations

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request

PAGE = 50
MAX_PAGE = 200


class Pages(LimitOffsetPagination):
    """As DRF's, except that nonsense is an error and not another page."""

    default_limit = PAGE
    max_limit = MAX_PAGE

    def get_limit(self, request: Request) -> int:
        return _whole_number(request, "limit", PAGE, 1, MAX_PAGE)

    def get_offset(self, request: Request) -> int:
        return _whole_number(request, "offset", 0, 0, 1_000_000)


def _whole_number(request: Request, name: str, default: int, low: int, high: int) -> int:
    value = request.query_params.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 10 and low <= int(value) <= high):
        raise ValidationError({name: [f"Write a whole number from {low:,} to {high:,}."]})
    return int(value)
