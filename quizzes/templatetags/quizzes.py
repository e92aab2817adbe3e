"""Template filters of the quizzes."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def topic_title(slug: str) -> str:
    """A topic as people read it: `knowledge-vs-behaviour` becomes “Knowledge vs behaviour”."""
    return slug.replace("-", " ").capitalize()
