"""Every address that the site answers, read from the resolver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

ADMIN = "admin/"


@dataclass(frozen=True, slots=True)
class Route:
    """An address: its name (its pattern where it has none), and the names of its parameters."""

    name: str
    pattern: str
    parameters: tuple[str, ...]

    def address(self, parameters: dict[str, Any]) -> str:
        """The address with these parameters in their places."""
        filled = self.pattern
        for name in self.parameters:
            filled = filled.replace(f"<{name}>", str(parameters[name]))
        return f"/{filled}"


@cache
def routes() -> tuple[Route, ...]:
    """Every route of the site, those of Django's administration left out."""
    return tuple(route for route in _walk(get_resolver()) if not route.pattern.startswith(ADMIN))


@cache
def admin_routes() -> tuple[Route, ...]:
    """Every route of Django's administration."""
    return tuple(route for route in _walk(get_resolver()) if route.pattern.startswith(ADMIN))


def _walk(resolver: URLResolver, before: str = "") -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = before + _written(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, here)
        elif isinstance(entry, URLPattern):
            parameters = tuple(part.partition(">")[0] for part in here.split("<")[1:])
            yield Route(entry.name or here, here, parameters)


def _written(entry: URLPattern | URLResolver) -> str:
    """The pattern with `<name>` for each parameter, whatever its converter or expression."""
    text = str(entry.pattern)
    if isinstance(entry.pattern, RoutePattern):
        for part in text.split("<")[1:]:
            inside = part.partition(">")[0]
            text = text.replace(f"<{inside}>", f"<{inside.rpartition(':')[2]}>")
        return text
    return simplify_regex(text.replace("/?$", "/$").replace("(?:/|$)", "/")).lstrip("/")
