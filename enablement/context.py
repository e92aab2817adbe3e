"""What every page shows around its content, and how an application adds to it.

An application adds entries from its `AppConfig.ready()`; panels are named by dotted path, so nothing is
imported before the models are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    NavigationEntry("Guide", "guide", ("/guide/", "/guide-csv/"), "", 30),
    NavigationEntry("Glossary", "glossary", ("/glossary/",), "", 40),
]
# The pages an editor works on: one entry in the main navigation, and a row of tabs on each of them.
_desk: list[NavigationEntry] = [
    NavigationEntry("Reviews", "review-list", ("/reviews/", "/revisions/", "/pieces/"), "is_editor"),
    NavigationEntry("Documents", "document-list", ("/documents/", "/conflicts/"), "is_editor"),
    NavigationEntry("Synonyms", "synonym-list", ("/synonyms/",), "is_editor"),
    NavigationEntry("Fixed answers", "fixed-answers", ("/fixed-answers/",), "is_editor"),
    NavigationEntry("Gaps", "gaps", ("/gaps/",), "is_editor"),
    NavigationEntry("Health", "health", ("/health/", "/corrections/", "/trust/"), "is_editor"),
]
_entries.append(
    NavigationEntry(
        "Editing", "review-list", tuple(path for entry in _desk for path in entry.paths), "is_editor", 90
    )
)
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
    return {
        "navigation": _links(request, sorted(_entries, key=lambda entry: (entry.order, entry.label))),
        "desk": _desk_links(request),
        "is_demo_site": settings.DEMO,
        "unread_notices": lambda: _unread_notices(request),
    }


def _unread_notices(request: HttpRequest) -> int:
    """How many messages wait; asked by pages with a header, not by fragments."""
    person: Any = request.user
    return int(person.notices.filter(read_at=None).count()) if person.is_authenticated else 0


def _desk_links(request: HttpRequest) -> list[NavigationLink]:
    links = _links(request, _desk)
    return links if any(link.current for link in links) else []


def _links(request: HttpRequest, entries: Iterable[NavigationEntry]) -> list[NavigationLink]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    return [
        _link(entry, request.path) for entry in entries if not entry.wanted or getattr(person, entry.wanted)
    ]


def _link(entry: NavigationEntry, path: str) -> NavigationLink:
    url = reverse(entry.url_name)
    return NavigationLink(entry.label, url, path == url or path.startswith(entry.paths))
