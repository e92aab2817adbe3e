"""What a draft of a document becomes: an item with its source, names that lead on, rows of a ladder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enablement.lessons import revising
from enablement.lessons.live import find_row
from enablement.lessons.pieces import KINDS
from enablement.models import Draft, DraftState, Ladder, Lesson, Origin, Person, Revision, State

# Rows of a ladder are read one by one and accepted into a ladder.
LADDER_PARTS = {"ladder_step": "steps", "decision_question": "questions"}


def with_source(draft: Draft) -> dict[str, Any]:
    """Return a draft's item with its document among the sources, its cards under their names here."""
    names = renamed_cards(draft)
    item = dict(draft.item)
    for name in ("card", "cards"):
        if name in item:
            item[name] = _renamed(item[name], names)
    if "traits" in item:
        item["traits"] = [_trait(trait, names, draft.source.slug) for trait in item["traits"]]
    if draft.kind in LADDER_PARTS or "sources" in KINDS[draft.kind].item.model_fields:
        item["sources"] = sorted({*item.get("sources", []), draft.source.slug})
    return item


def renamed_cards(draft: Draft) -> dict[str, str]:
    """Return what the document's own cards are called here, by the name that the document gives them."""
    cards = draft.source.drafts.filter(kind="card", state__in=(DraftState.ACCEPTED, DraftState.MERGED))
    return {
        card.item["slug"]: card.revision.slug for card in cards.select_related("revision") if card.revision
    }


def is_taken(kind: str, slug: str) -> bool:
    """Whether a piece of that name is there or being written. One that was retired leaves its name free."""
    row = find_row(kind, slug)
    is_there = row is not None and row.state != State.ARCHIVED
    return is_there or revising.open_revision(kind, slug) is not None


def free_slug(kind: str, slug: str) -> str:
    """Return `slug`, or the first of slug-2, slug-3… that no piece of the kind has."""
    wanted, number = slug, 1
    while find_row(kind, slug) or revising.open_revision(kind, slug):
        number += 1
        slug = f"{wanted[:75]}-{number}"
    return slug


def ladder_for(draft: Draft, lesson: Lesson, person: Person, chosen: str = "") -> Revision:
    """Return the draft version of the ladder that a step or question goes into: the one that was chosen, the
    one that took up another row of this document, the lesson's own, or a new one."""
    siblings = draft.source.drafts.filter(
        kind__in=LADDER_PARTS, state=DraftState.MERGED, revision__kind="ladder"
    )
    sibling = siblings.select_related("revision").first()
    own = Ladder.objects.filter(lesson=lesson).first()
    slug = (
        chosen
        or draft.target
        or (sibling.revision.slug if sibling and sibling.revision else "")
        or (own.slug if own else "")
    )
    if slug and (find_row("ladder", slug) or revising.open_revision("ladder", slug)):
        return revising.open_draft("ladder", slug, person)
    item = {"slug": free_slug("ladder", f"order-of-steps-{lesson.slug}"[:70]), "title": draft.source.title}
    return revising.new_draft(
        lesson, "ladder", item, person, Origin.IMPORTED, reason=f"From “{draft.source.title}”."
    )


def with_row(ladder: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    """Return a ladder with the draft as one of its rows: in place of a row of that name, else the last."""
    rows_name = LADDER_PARTS[draft.kind]
    row = with_source(draft)
    rows = list(ladder.get(rows_name) or [])
    at = next((at for at, known in enumerate(rows) if known.get("slug") == row["slug"]), None)
    if at is None:
        rows.append(row)
    else:
        rows[at] = {**rows[at], **row}
    return {**ladder, rows_name: rows}


def _trait(trait: Mapping[str, Any], names: Mapping[str, str], source: str) -> dict[str, Any]:
    cells = {names.get(card, card): text for card, text in (trait.get("cells") or {}).items()}
    return {**trait, "cells": cells, "sources": sorted({*trait.get("sources", []), source})}


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [names.get(slug, slug) for slug in value]
    return names.get(value, value)
