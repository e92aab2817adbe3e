"""What every page shows around its content, and how an application adds to it.

An application adds entries from its `AppConfig.ready()`; panels are named by dotted path, so nothing is
imported before the models are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string

from enablement.roles import May, may_administer, may_edit

# How many entries fit beside the search field on a laptop (1280 px); the others stand under "More".
SLOTS = 9


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A page in the main navigation. `wanted` says who finds it there; None: everybody.

    `paths` are the beginnings of addresses that belong to the entry, for marking where one is; what two claim
    is the later one's, as seen by the person (a manager's answers are their team's). Entries of one
    `section` share one place in the bar, which has the section's name; each of their pages shows the others
    as tabs. `count` is the dotted path of a function: (person) -> how much waits for them there.
    """

    label: str
    url_name: str
    paths: tuple[str, ...]
    wanted: May | None = None
    order: int = 100
    section: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class HomePanel:
    """A block under the box on the home page: a template and what it gets as `panel`.

    `is_first`: it stands above what the box answers, so that it stays in sight.
    """

    template: str
    content: dict[str, Any] = field(default_factory=dict)
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry as shown to one person on one page. `count` is asked only where it is shown."""

    label: str
    url: str
    current: bool
    count: Callable[[], int] = int


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind of work: its name, and a link to each."""

    name: str
    links: list[NavigationLink]


# The name of the section with the pages that an editor works on.
EDITING = "Editing"
# The name of the section with the pages of the person who looks after the site.
ADMINISTRATION = "Admin"

_entries: list[NavigationEntry] = [
    NavigationEntry("Home", "home", ("/ask/", "/sort/", "/check/"), None, 0),
    NavigationEntry(
        "Lessons",
        "lesson-list",
        ("/lessons/", "/comparisons/", "/analogies/", "/distinctions/", "/ladders/"),
        None,
        10,
    ),
    NavigationEntry("Cards", "card-list", ("/cards/",), None, 20),
    NavigationEntry("Guide", "guide", ("/guide/", "/guide-csv/"), None, 30),
    NavigationEntry("Glossary", "glossary", ("/glossary/",), None, 40),
    NavigationEntry(
        "Reviews", "review-list", ("/reviews/", "/revisions/", "/pieces/"), may_edit, 90, EDITING
    ),
    NavigationEntry("Documents", "document-list", ("/documents/", "/conflicts/"), may_edit, 91, EDITING),
    NavigationEntry("Synonyms", "synonym-list", ("/synonyms/",), may_edit, 92, EDITING),
    NavigationEntry("Fixed answers", "fixed-answers", ("/fixed-answers/",), may_edit, 93, EDITING),
    NavigationEntry("Gaps", "gaps", ("/gaps/",), may_edit, 94, EDITING),
    NavigationEntry("Health", "health", ("/health/", "/corrections/", "/trust/"), may_edit, 95, EDITING),
    NavigationEntry("People", "people", ("/people/",), may_administer, 98, ADMINISTRATION),
    NavigationEntry("Status", "status", ("/status/",), may_administer, 98, ADMINISTRATION),
    NavigationEntry("Audit", "audit", ("/audit/",), may_administer, 99, ADMINISTRATION),
    NavigationEntry("Privacy", "privacy", ("/privacy/",), may_administer, 100, ADMINISTRATION),
]
_panels: list[tuple[int, str]] = [(5, "enablement.views.first_steps.first_steps_panel")]
_places: list[str] = []


def add_navigation(entry: NavigationEntry) -> None:
    """Add `entry` to the main navigation; adding it twice changes nothing.

    A page that belongs to a kind of work should name its section ("Team", "Editing") rather than take a place
    of its own in the bar.
    """
    if entry not in _entries:
        _entries.append(entry)


def add_home_panel(path: str, *, order: int = 100) -> None:
    """Add the panel made by the function at dotted `path`: (person) -> HomePanel, or None to show nothing."""
    if (order, path) not in _panels:
        _panels.append((order, path))


def add_places(path: str) -> None:
    """Add to the palette what the function at dotted `path` returns: (person) -> places."""
    if path not in _places:
        _places.append(path)


def places_of_others(person: Any) -> Iterator[Any]:
    """Yield the places that other applications have for `person`."""
    for path in _places:
        yield from cast(Callable[[Any], Iterable[Any]], import_string(path))(person)


def home_panels(person: Any) -> list[HomePanel]:
    """Return the panels of other applications for `person`, in order."""
    makers = [cast(Callable[[Any], HomePanel | None], import_string(path)) for _, path in sorted(_panels)]
    return [panel for make in makers if (panel := make(person)) is not None]


def site(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: navigation, and whether this is a demonstration."""
    entries = _entries_for(request)
    here = next((entry for entry in reversed(entries) if _is_at(entry, request.path)), None)
    links = [(entry, _link(entry, request, is_current=entry is here)) for entry in entries]
    bar = _bar(links)
    kept = len(bar) if len(bar) <= SLOTS else SLOTS - 1
    return {
        "navigation": bar[:kept],
        "more": bar[kept:],
        "section": _section(links),
        "every_page": [link for _, link in links],
        "is_demo_site": settings.DEMO,
        "unread_notices": lambda: _unread_notices(request),
    }


def _unread_notices(request: HttpRequest) -> int:
    """How many messages wait; asked by pages with a header, not by fragments."""
    person: Any = request.user
    return int(person.notices.filter(read_at=None).count()) if person.is_authenticated else 0


def _entries_for(request: HttpRequest) -> list[NavigationEntry]:
    """The entries that the signed-in person may open, in order; none for a visitor."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    in_order = sorted(_entries, key=lambda entry: (entry.order, entry.label))
    return [entry for entry in in_order if entry.wanted is None or entry.wanted(person)]


def _bar(links: list[tuple[NavigationEntry, NavigationLink]]) -> list[NavigationLink]:
    """One link for each entry without a section and for each section, which leads to its first page."""
    places: dict[str, list[NavigationLink]] = {}
    for entry, link in links:
        places.setdefault(entry.section or entry.label, []).append(link)
    return [
        NavigationLink(label, found[0].url, any(link.current for link in found), _sum(found))
        for label, found in places.items()
    ]


def _sum(links: list[NavigationLink]) -> Callable[[], int]:
    return lambda: sum(link.count() for link in links)


def _section(links: list[tuple[NavigationEntry, NavigationLink]]) -> Section | None:
    """The section that the page is in, where it has pages to go to."""
    for name in dict.fromkeys(entry.section for entry, _ in links if entry.section):
        found = [link for entry, link in links if entry.section == name]
        if len(found) > 1 and any(link.current for link in found):
            return Section(name, found)
    return None


def _is_at(entry: NavigationEntry, path: str) -> bool:
    return path == _address(entry.url_name) or path.startswith(entry.paths)


# Every page asks for each of them twice.
@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


def _link(entry: NavigationEntry, request: HttpRequest, *, is_current: bool) -> NavigationLink:
    count = cache(partial(import_string(entry.count), request.user)) if entry.count else int
    return NavigationLink(entry.label, _address(entry.url_name), is_current, count)
