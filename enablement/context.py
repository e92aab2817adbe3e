"""What every page shows around its content, and how an application adds to it.

An application adds entries from its `AppConfig.ready()`; panels are named by dotted path, so nothing is
imported before the models are there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A page in the main navigation. `wanted` names a yes/no property of Person; empty: for everybody.

    `paths` are the beginnings of addresses that belong to the entry, for marking where one is.
    """

    label: str
    url_name: str
    paths: tuple[str, ...]
    wanted: str = ""
    order: int = 100


@dataclass(frozen=True, slots=True)
class HomePanel:
    """A block under the box on the home page: a template and what it gets as `panel`."""

    template: str
    content: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry as shown to one person on one page."""

    label: str
    url: str
    current: bool


_entries: list[NavigationEntry] = [
    NavigationEntry("Home", "home", ("/ask/", "/sort/", "/check/"), "", 0),
    NavigationEntry(
        "Lessons",
        "lesson-list",
        ("/lessons/", "/comparisons/", "/analogies/", "/distinctions/", "/ladders/"),
        "",
        10,
    ),
    NavigationEntry("Cards", "card-list", ("/cards/",), "", 20),
    NavigationEntry("Guide", "guide", ("/guide/",), "", 30),
    NavigationEntry("Glossary", "glossary", ("/glossary/",), "", 40),
    NavigationEntry("Documents", "document-list", ("/documents/",), "is_editor", 90),
]
_panels: list[tuple[int, str]] = []


def add_navigation(entry: NavigationEntry) -> None:
    """Add `entry` to the main navigation; adding it twice changes nothing."""
    if entry not in _entries:
        _entries.append(entry)


def add_home_panel(path: str, *, order: int = 100) -> None:
    """Add the panel made by the function at dotted `path`: (person) -> HomePanel, or None to show nothing."""
    if (order, path) not in _panels:
        _panels.append((order, path))


def home_panels(person: Any) -> list[HomePanel]:
    """Return the panels of other applications for `person`, in order."""
    makers = [cast(Callable[[Any], HomePanel | None], import_string(path)) for _, path in sorted(_panels)]
    return [panel for make in makers if (panel := make(person)) is not None]


def site(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: navigation, and whether this is a demonstration."""
    return {"navigation": _navigation(request), "is_demo_site": settings.DEMO}


def _navigation(request: HttpRequest) -> list[NavigationLink]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    return [
        _link(entry, request.path)
        for entry in sorted(_entries, key=lambda entry: (entry.order, entry.label))
        if not entry.wanted or getattr(person, entry.wanted)
    ]


def _link(entry: NavigationEntry, path: str) -> NavigationLink:
    url = reverse(entry.url_name)
    return NavigationLink(entry.label, url, path == url or path.startswith(entry.paths))
