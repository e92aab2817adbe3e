"""Searching the knowledge base: one box, what was found, and filters with counts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enablement.models import Lesson, Person
from enablement.retrieval.candidates import Filters
from enablement.retrieval.facets import Faceted, search_faceted
from enablement.retrieval.quotes import matched_spans
from enablement.retrieval.search import Hit
from enablement.retrieval.spelling import correct
from enablement.templatetags.dosay import kind_name
from enablement.texts import MAX_QUESTION, BadText, clean_text
from enablement.trust.states import TrustState
from enablement.views.requests import PersonRequest, signed_in

KINDS = (
    "card",
    "fit",
    "guide_entry",
    "comparison",
    "analogy",
    "distinction",
    "ladder",
    "script",
    "term",
    "disagreement",
    "lesson",
)
LIMIT = 20
MOST = 100
QUOTE_CHARACTERS = 320


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: what the address calls it, what people read, and how many passages have it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its name in the address, its label, its choices, and whether one of them is chosen."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def is_set(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)

    @property
    def is_useful(self) -> bool:
        """Whether there is anything to choose, or to take back."""
        return self.is_set or len(self.choices) > 1


@require_safe
@signed_in
def search_page(request: PersonRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    context: dict[str, Any] = {"text": text}
    status = 200
    if text.strip():
        try:
            context |= _results(request, clean_text(text, what="search", limit=MAX_QUESTION))
        except BadText as error:
            context["problem"], status = str(error), 400
    template = "search/results.html" if request.htmx else "search/search.html"
    return render(request, template, context, status=status)


def _results(request: PersonRequest, text: str) -> dict[str, Any]:
    """What the page shows for a search; a filter's value that does not exist is left out."""
    lessons = dict(_lessons(request.user))
    chosen = {
        "lesson": _chosen(request, "lesson", lessons),
        "kind": _chosen(request, "kind", KINDS),
        "trust": _chosen(request, "trust", TrustState),
    }
    filters = Filters(
        lessons=_some(chosen["lesson"]),
        kinds=_some(chosen["kind"]),
        states=[TrustState(value) for value in _some(chosen["trust"])],
    )
    shown = MOST if "all" in request.GET else LIMIT
    faceted = search_faceted(text, request.user, filters, limit=shown)
    looked_for = correct(text, faceted.found.corrected)
    return {
        "found": faceted.found,
        "total": faceted.total,
        "hits": [_shown(hit, looked_for) for hit in faceted.found.hits],
        "facets": [facet for facet in _facets(faceted, lessons, chosen) if facet.is_useful],
        "is_filtered": any(chosen.values()),
    }


def _facets(faceted: Faceted, lessons: Mapping[str, str], chosen: Mapping[str, str]) -> list[Facet]:
    kinds = {kind: kind_name(kind) for kind in KINDS}
    states = {state.value: state.label for state in TrustState}
    counted = (
        ("kind", "Kind", kinds, faceted.kinds),
        ("lesson", "Lesson", lessons, faceted.lessons),
        ("trust", "Trust", states, faceted.states),
    )
    return [
        Facet(
            name,
            label,
            [
                Choice(value, text, counts.get(value, 0), value == chosen[name])
                for value, text in labels.items()
                if counts.get(value) or value == chosen[name]
            ],
        )
        for name, label, labels, counts in counted
    ]


def _shown(hit: Hit, text: str) -> dict[str, Any]:
    """A hit, and the beginning of its quote with the words that match."""
    quote = hit.quote
    if len(quote) > QUOTE_CHARACTERS:
        quote = quote[:QUOTE_CHARACTERS].rsplit(" ", 1)[0] + "…"
    return {"hit": hit, "quote": quote, "spans": matched_spans(quote, text)}


def _lessons(person: Person) -> Iterable[tuple[str, str]]:
    return Lesson.objects.visible_to(person).released().values_list("slug", "title")


def _chosen(request: PersonRequest, name: str, known: Iterable[str]) -> str:
    value = request.GET.get(name, "")
    return value if value in set(known) else ""


def _some(value: str) -> list[str]:
    return [value] if value else []
