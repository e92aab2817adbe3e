"""What a piece of content says, where what was found is only an aside of it.

The reason of a guide entry is a note to who sells (“A buyer who hears …”), and an example shows what a
situation says. Either may be what a question is nearest to; what is answered with is the line that the entry
has instead, and the text of the situation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from enablement.models import Passage, Person
from enablement.retrieval.search import Hit

FIELDS = ("pk", "key", "field", "title", "url", "text")
# By kind and field of an aside, the field of the same piece that is its point.
POINTS = {("guide_entry", "why"): "do_say", ("fit", "example"): "text"}


def points_of(hits: Sequence[Hit], person: Person) -> Mapping[str, Hit]:
    """Return by the key of each aside among `hits` its point, as far as `person` may see that."""
    asides = [hit for hit in hits if (hit.kind, hit.field) in POINTS]
    found = {hit.key: hit for hit in hits}
    missing = {_point(hit) for hit in asides} - set(found)
    rows = Passage.objects.visible_to(person).filter(key__in=missing) if missing else Passage.objects.none()
    fields: dict[str, dict[str, Any]] = {row["key"]: dict(row) for row in rows.values(*FIELDS)}
    pointed = {hit.key: _pointed(hit, found, fields) for hit in asides}
    return {key: point for key, point in pointed.items() if point is not None}


def _pointed(hit: Hit, found: Mapping[str, Hit], fields: Mapping[str, dict[str, Any]]) -> Hit | None:
    key = _point(hit)
    if key in found or key not in fields:
        return found.get(key)
    row = fields[key]
    return replace(hit, passage_id=row["pk"], quote=row["text"], **{name: row[name] for name in FIELDS[1:]})


def _point(hit: Hit) -> str:
    return f"{hit.kind}:{hit.slug}:{POINTS[hit.kind, hit.field]}"
