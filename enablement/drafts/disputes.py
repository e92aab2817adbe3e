"""The conflicts of documents by what they are about: who says what, and what we say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from enablement.drafts.opposites import opposite_orders, opposite_recommendations
from enablement.drafts.voices import Dispute, Rows, voice_of
from enablement.lessons import revising
from enablement.lessons.accepting import free_slug
from enablement.lessons.handing_in import readable_documents
from enablement.models import (
    Disagreement,
    DocumentVersion,
    GuideEntry,
    Lesson,
    Origin,
    Person,
    Revision,
    Source,
)

# What contradicts other sources comes before what a guide of ours would not say: it is seen nowhere else.
ORDER = ("between", "order", "stance", "guide")


def disputes_of(documents: QuerySet[Source]) -> list[Dispute]:
    """Return the disputes of the last versions of `documents`, those of the plainest words first."""
    versions = (
        DocumentVersion.objects.filter(source__in=documents)
        .order_by("source_id", "-number")
        .distinct("source_id")
        .select_related("source__lesson")
    )
    rows = [(version.source, row) for version in versions for row in version.findings]
    found = [*opposite_recommendations(rows), *opposite_orders(rows), *_stances(rows), *_guide(rows)]
    return sorted(found, key=_rank)


def _rank(dispute: Dispute) -> tuple[int, bool, int]:
    return ORDER.index(dispute.kind), not dispute.blocks, -len(dispute.voices) - len(dispute.others)


def record_dispute(key: str, lesson: Lesson | None, person: Person) -> Revision | None:
    """Begin a disagreement from a dispute: each source with what it says, and our line.

    None where the dispute is not there any more, or where neither it nor `lesson` says where it belongs.
    """
    found = next((one for one in disputes_of(readable_documents()) if one.key == key), None)
    place = lesson or (found.lesson if found else None)
    if found is None or place is None:
        return None
    item = dispute_item(found)
    item["slug"] = free_slug("disagreement", item["slug"])
    reason = "From what documents say against one another."
    return revising.new_draft(place, "disagreement", item, person, Origin.IMPORTED, reason=reason)


def dispute_item(dispute: Dispute) -> dict[str, Any]:
    """Return a dispute as the beginning of a disagreement: positions of each source, and our own."""
    sides = [dispute.voices, dispute.others]
    positions = [
        {
            "stance": " … ".join(voice.quote for voice in side),
            "sources": sorted({v.source for v in side if v.source}),
        }
        for side in sides
        if any(voice.source for voice in side)
    ]
    return {
        "slug": slugify(dispute.title)[:70].strip("-") or "disagreement",
        "title": dispute.title,
        "point": dispute.why or dispute.title,
        "positions": positions,
        "house_position": dispute.house,
        "cards": dispute.cards,
    }


def _guide(rows: Rows) -> Iterator[Dispute]:
    """Sentences that say what an entry of the guide forbids, entry by entry."""
    mine = [(source, row) for source, row in rows if row["type"] == "guide"]
    entries = GuideEntry.objects.filter(slug__in={row["entry"] for _, row in mine}).select_related("lesson")
    for entry in entries.prefetch_related("cards"):
        yield Dispute(
            key=f"guide:{entry.slug}",
            kind="guide",
            title=entry.dont_say,
            lesson=entry.lesson,
            house=entry.do_say,
            house_url=entry.get_absolute_url(),
            why=entry.why,
            voices=[voice_of(source, row) for source, row in mine if row["entry"] == entry.slug],
            cards=[card.slug for card in entry.cards.all()],
        )


def _stances(rows: Rows) -> Iterator[Dispute]:
    """Sentences about points that are written down as disputed already."""
    mine = [(source, row) for source, row in rows if row["type"] == "stance"]
    points = Disagreement.objects.filter(slug__in={row["disagreement"] for _, row in mine})
    for point in points.select_related("lesson"):
        about = [(source, row) for source, row in mine if row["disagreement"] == point.slug]
        yield Dispute(
            key=f"stance:{point.slug}",
            kind="stance",
            title=point.title,
            lesson=point.lesson,
            house=point.house_position,
            house_url=point.get_absolute_url(),
            voices=[voice_of(source, row) for source, row in about],
            recorded=point,
        )
