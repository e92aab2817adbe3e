"""The conflicts of documents by what they are about: who says what, and what we say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify

from enablement.models import (
    Card,
    Disagreement,
    DocumentVersion,
    Fit,
    FitKind,
    GuideEntry,
    Lesson,
    Source,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A sentence and who says it. `source` is None for a card of our own."""

    quote: str
    title: str
    url: str
    source: str | None = None
    level: str = ""
    stance: str = ""


@dataclass(slots=True)
class Dispute:
    """One point. `house` is our line; `others` hold otherwise than `voices`."""

    key: str
    kind: str
    title: str
    lesson: Lesson | None
    house: str = ""
    house_url: str = ""
    why: str = ""
    voices: list[Voice] = field(default_factory=list)
    others: list[Voice] = field(default_factory=list)
    recorded: Disagreement | None = None
    cards: list[str] = field(default_factory=list)


ORDER = ("guide", "between", "order", "stance")


def disputes_of(documents: QuerySet[Source]) -> list[Dispute]:
    """Return the disputes that the last versions of `documents` take part in: those with our guide first."""
    versions = (
        DocumentVersion.objects.filter(source__in=documents)
        .order_by("source_id", "-number")
        .distinct("source_id")
        .select_related("source__lesson")
    )
    rows = [(version.source, row) for version in versions for row in version.findings]
    found = [*_guide(rows), *_between(rows), *_order(rows), *_stances(rows)]
    return sorted(found, key=lambda dispute: (ORDER.index(dispute.kind), -len(dispute.voices)))


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


Rows = list[tuple[Source, Mapping[str, Any]]]


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
            voices=[_voice(source, row) for source, row in mine if row["entry"] == entry.slug],
            cards=[card.slug for card in entry.cards.all()],
        )


def _between(rows: Rows) -> Iterator[Dispute]:
    """Situations for which two documents, or a document and a card, recommend different things."""
    cards = {card.slug: card for card in Card.objects.select_related("lesson")}
    titles = dict(Source.objects.values_list("slug", "title"))
    for source, row in rows:
        if row["type"] != "between":
            continue
        against = row["against"]
        other = against.get("source")
        if other and other not in titles:
            continue
        card, theirs = cards.get(row["card"]), cards.get(against["card"])
        url = (
            reverse("document-detail", args=[other]) + f"?show=all#draft-{against.get('draft')}"
            if other
            else against["url"]
        )
        own = Fit.objects.filter(slug=against.get("slug", "")).first() if not other else None
        yield Dispute(
            key=f"between:{source.slug}:{row['start']}:{other or against.get('slug')}",
            kind="between",
            title=_between_title(row, card, theirs),
            lesson=source.lesson or (card.lesson if card else None),
            house=own.text if own else "",
            house_url=against["url"] if own else "",
            voices=[_voice(source, row, _says(row, card))],
            others=[
                Voice(
                    against["quote"],
                    titles.get(other, against["title"]),
                    url,
                    other,
                    "",
                    _says(against, theirs),
                )
            ],
            cards=sorted({found.slug for found in (card, theirs) if found}),
        )


def _between_title(row: Mapping[str, Any], card: Card | None, theirs: Card | None) -> str:
    name = card.title if card else row["card"]
    if row["card"] == row["against"]["card"]:
        return f"Does {name.lower()} help here?"
    return f"{name}, or {(theirs.title if theirs else row['against']['card']).lower()}?"


def _says(row: Mapping[str, Any], card: Card | None) -> str:
    return f"{card.title if card else row['card']}: {FitKind(row['says']).label.lower()}"


def _order(rows: Rows) -> Iterator[Dispute]:
    titles = dict(Source.objects.values_list("slug", "title"))
    for source, row in rows:
        if row["type"] == "order" and row["against"]["source"] in titles:
            first, then = row["cards"]
            other = row["against"]["source"]
            url = reverse("document-detail", args=[other]) + f"?show=all#draft-{row['against']['draft']}"
            yield Dispute(
                key=f"order:{source.slug}:{first}:{then}:{other}",
                kind="order",
                title=f"Which comes first, {first.replace('-', ' ')} or {then.replace('-', ' ')}?",
                lesson=source.lesson,
                voices=[_voice(source, row, f"{first} first")],
                others=[Voice(f"{then}, then {first}", titles[other], url, other)],
                cards=row["cards"],
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
            voices=[_voice(source, row) for source, row in about],
            recorded=point,
        )


def _voice(source: Source, row: Mapping[str, Any], stance: str = "") -> Voice:
    url = reverse("document-detail", args=[source.slug]) + f"?show=all#t-{row['start']}"
    return Voice(row["quote"], source.title, url, source.slug, row.get("level", ""), stance)
