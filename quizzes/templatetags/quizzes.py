"""Template filters of the quizzes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from enablement import numbers
from quizzes.reports.counts import Cell
from quizzes.reports.teams import Topic

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


@register.simple_tag
def heat_cells(
    topics: Sequence[Topic], cells: Sequence[Cell], answers: str, now: datetime, username: str = ""
) -> SafeString:
    """The cells of a row of people by topics, each leading to its answers; of everybody without `username`.

    Here and not in a template, which takes ten times as long over each: a page has a thousand of them.
    """
    person, form = f"&{urlencode({'person': username})}" if username else "", numbers.active()
    parts: list[str] = []
    for topic, cell in zip(topics, cells, strict=True):
        before, after = _heat_cell(cell.n, cell.right, age(cell.last, now), form)
        parts += (before, f"{answers}&{topic.query}{person}" if cell.n else "", after)
    return format_html_join("", "{}", ((part,) for part in parts))


@lru_cache(maxsize=10_000)
def _heat_cell(n: int, right: int, how_old: str, form: str) -> tuple[SafeString, SafeString]:
    """What stands before and after a cell's address, with the numbers in the active `form`."""
    if not n:
        return format_html('<td class="heat-none"><span class="soft">{}', "–"), format_html(
            "{}</span></td>", ""
        )
    cell = Cell(n, right)
    return (
        format_html('<td class="heat-{}"><a href="', cell.level),
        format_html(
            '"><strong>{}</strong></a><span class="sure">{}</span><span class="sure soft">{}</span></td>',
            cell.share_text,
            cell.sure_text,
            how_old,
        ),
    )


@register.filter
def age(then: datetime | None, now: datetime) -> str:
    """How long ago, as short as it fits in a cell: `today`, `3 d`, `5 w`, `7 m`."""
    if then is None:
        return ""
    days = (now - then).days
    if days < 1:
        return "today"
    return f"{days} d" if days < 14 else f"{days // 7} w" if days < 70 else f"{days // 30} m"
