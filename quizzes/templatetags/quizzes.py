"""Template filters of the quizzes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

register = template.Library()


@register.filter
def topic_title(slug: str) -> str:
    """A topic as people read it: `knowledge-vs-behaviour` becomes “Knowledge vs behaviour”."""
    return slug.replace("-", " ").capitalize()


@register.simple_tag(takes_context=True)
def answers_url(context: Context, **others: str) -> str:
    """The address of the answers behind a figure: the page's scope, and what the figure is about."""
    scope = context["scope"]
    query = scope.with_others(**others)
    return f"{reverse('answer-list')}?{query}"


@register.filter
def beside(columns: Sequence[Any], cells: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each column of a table with the cell of a row that stands in it."""
    return zip(columns, cells, strict=True)


@register.filter
def age(then: datetime | None, now: datetime) -> str:
    """How long ago, as short as it fits in a cell: `today`, `3 d`, `5 w`, `7 m`."""
    if then is None:
        return ""
    days = (now - then).days
    if days < 1:
        return "today"
    return f"{days} d" if days < 14 else f"{days // 7} w" if days < 70 else f"{days // 30} m"
