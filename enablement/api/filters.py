"""What narrows a list: `lesson`, `kind`, `state` and the like, called the same on every list."""

from __future__ import annotations

from typing import Any, Final

from rest_framework.request import Request

from enablement.api.exchange import InputSerializer, SentSlugField, read_sent

# Of the pages that a list comes in (see paging.py).
PAGING: Final = ("limit", "offset")


class OfLessonSerializer(InputSerializer):
    """Narrows a list to one lesson."""

    lesson = SentSlugField(max_length=80, required=False, help_text="Only of this lesson, by its slug.")


def read_filters(shape: type[InputSerializer], request: Request) -> dict[str, Any]:
    """Return what a list is narrowed by. A name that is none is an error: a slip must not widen the list."""
    query = request.query_params.dict()
    return read_sent(shape, {name: value for name, value in query.items() if name not in PAGING})
