"""Searching with filters: what was found, and how much of it each lesson, kind and state of trust holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from enablement.models import Lesson, Person
from enablement.retrieval.asking import phrases_of, read_question
from enablement.retrieval.candidates import Filters, Row
from enablement.retrieval.search import Found, candidates_for, found_among, trust_in
from enablement.trust.facts import Pair, Trust

# A passage without any word of the search is shown from this cosine on. Texts that have nothing to do with
# one another lie between 0 and 0.2 for all-MiniLM-L6-v2.
NEAR_ENOUGH = 0.25


@dataclass(frozen=True, slots=True)
class Faceted:
    """Hits, how many there were before the limit, and a count by lesson (slug), kind and state of trust.

    A facet's counts heed every filter but its own: they say what choosing another value would find.
    """

    found: Found
    total: int
    lessons: Mapping[str, int]
    kinds: Mapping[str, int]
    states: Mapping[str, int]


def search_faceted(text: str, person: Person, filters: Filters, *, limit: int = 10) -> Faceted:
    """Search as `search` does, and heed quotation marks: what stands in them must be there word for word.

    Where nothing holds it, the nearest are found all the same and the note says so.
    """
    asked = read_question(text, person)
    filters = replace(filters, phrases=phrases_of(text))
    rows = near_enough(candidates_for(asked, person, filters))
    if filters.phrases and not rows:
        named = " and ".join(f"“{phrase}”" for phrase in filters.phrases)
        asked = replace(asked, note=f"Nothing holds {named} word for word. {asked.note}".strip())
        filters = replace(filters, phrases=())
        rows = near_enough(candidates_for(asked, person, filters))

    def without(name: str) -> Sequence[Row]:
        if not getattr(filters, name):
            return rows
        return near_enough(candidates_for(asked, person, replace(filters, **{name: ()})))

    trust, in_any_state = trust_in(rows), without("states")
    return Faceted(
        found_among(rows, asked, limit, trust),
        len(rows),
        _by_lesson(without("lessons")),
        Counter(row["kind"] for row in without("kinds")),
        _by_state(in_any_state, trust if in_any_state is rows else trust_in(in_any_state)),
    )


def near_enough(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that hold a word of the search, or come near its meaning."""
    return [row for row in rows if row["in_lexical"] or (row["dense_score"] or 0.0) >= NEAR_ENOUGH]


def _by_lesson(rows: Sequence[Row]) -> Mapping[str, int]:
    slugs = dict(Lesson.objects.filter(pk__in={row["lesson_id"] for row in rows}).values_list("pk", "slug"))
    return Counter(slugs[row["lesson_id"]] for row in rows if row["lesson_id"] in slugs)


def _by_state(rows: Sequence[Row], trust: Mapping[Pair, Trust]) -> Mapping[str, int]:
    return Counter(trust[row["kind"], row["slug"]].state.value for row in rows)
