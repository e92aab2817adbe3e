"""What one draft shows in a review: its fields with their places, what is missing, what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enablement.lessons.accepting import LADDER_PARTS
from enablement.lessons.deciding import WAITING
from enablement.lessons.difference import Change, compare
from enablement.lessons.draft_fields import ITEMS, Field, fields_of
from enablement.lessons.live import NAMING, naming_line
from enablement.lessons.pieces import KINDS
from enablement.models import OPEN_STATES, Draft, Revision, RevisionState, State


@dataclass(frozen=True, slots=True)
class Line:
    """A text of a field, and the `draft:path` under which its place in the document is known."""

    text: str
    part: str
    at: int | None


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the review shows it. Without lines, the document does not give it."""

    path: str
    label: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft with all that its panel needs: `heading` is the line that names it, `missing` are the fields
    that the document does not give."""

    draft: Draft
    title: str
    heading: Line | None
    fields: list[ShownField]
    missing: list[str]
    changes: list[Change]
    target: str
    unknown_cards: list[str]

    @property
    def is_waiting(self) -> bool:
        return self.draft.state in WAITING

    @property
    def is_row(self) -> bool:
        """Whether it is accepted as a row of a ladder, and not as a piece of its own."""
        return self.draft.kind in LADDER_PARTS

    @property
    def can_release(self) -> bool:
        """Whether it can go to readers at once: complete, new, in a lesson without a second pair of eyes."""
        lesson = self.draft.lesson
        free = not self.missing and not self.unknown_cards and not self.target and not self.is_row
        return bool(free and lesson and not lesson.needs_review)

    @property
    def can_undo(self) -> bool:
        """Whether it can go back to those that wait: what came of it is a draft, or what readers see now."""
        revision = self.draft.revision
        return revision is None or revision.state in (*OPEN_STATES, RevisionState.RELEASED)

    @property
    def is_open(self) -> bool:
        """Whether what came of it is still a draft version."""
        return self.draft.revision is not None and self.draft.revision.state in OPEN_STATES


def show_drafts(drafts: Iterable[Draft], places: Mapping[str, int]) -> list[ShownDraft]:
    """Return what the panels of `drafts` show. `places`: where each `draft:path` begins in the text."""
    drafts = list(drafts)
    names = target_names(drafts)
    cards = known_cards(drafts)
    return [_show(draft, places, names, cards) for draft in drafts]


def known_cards(drafts: Iterable[Draft]) -> dict[str, str]:
    """Return slug and title of each card that a draft may name: of the lessons, and of its own document."""
    sources = {draft.source_id for draft in drafts}
    own = Draft.objects.filter(source__in=sources, kind="card").values_list("item__slug", "item__title")
    opened = Revision.objects.open().filter(kind="card").values_list("slug", "item__title")
    live = KINDS["card"].model._default_manager.exclude(state=State.ARCHIVED).values_list("slug", "title")
    return {slug: title or slug for slug, title in (*own, *opened, *live) if slug}


def target_names(drafts: Iterable[Draft]) -> dict[tuple[str, str], str]:
    """Return what names the pieces that drafts are about, by kind and slug; what is gone is absent."""
    wanted: dict[str, set[str]] = {}
    for draft in drafts:
        if draft.target and draft.kind in KINDS:
            wanted.setdefault(draft.kind, set()).add(draft.target)
    names: dict[tuple[str, str], str] = {}
    for kind, slugs in wanted.items():
        rows = KINDS[kind].model._default_manager.filter(slug__in=slugs)
        names |= {(kind, row.slug): str(row) for row in rows}
        opened = Revision.objects.open().filter(kind=kind, slug__in=slugs)
        names |= {(kind, row.slug): naming_line(row.item) for row in opened if (kind, row.slug) not in names}
    return names


def title_of(item: Mapping[str, Any]) -> str:
    """Return the line that names a draft."""
    return naming_line({**item, "question": item.get("question") or item.get("text")})


def _show(
    draft: Draft,
    places: Mapping[str, int],
    names: Mapping[tuple[str, str], str],
    cards: Mapping[str, str],
) -> ShownDraft:
    fields = fields_of(draft.kind, draft.item)
    shown = [_field(draft, field, places, cards) for field in fields if field.value or field.is_missing]
    named = [draft.item.get("card"), *draft.item.get("cards", [])]
    return ShownDraft(
        draft=draft,
        title=title_of(draft.item),
        heading=next((line for field in shown if field.path in NAMING for line in field.lines), None),
        fields=[field for field in shown if field.path not in (*NAMING, "slug") or not field.lines],
        missing=[field.label for field in fields if field.is_missing],
        changes=_changes(draft),
        target=names.get((draft.kind, draft.target), ""),
        unknown_cards=sorted({card for card in named if card and card not in cards}),
    )


def _changes(draft: Draft) -> list[Change]:
    if draft.earlier is None:
        return []
    return compare(draft.kind, ITEMS[draft.kind], draft.earlier.item, draft.item)


def _field(draft: Draft, field: Field, places: Mapping[str, int], cards: Mapping[str, str]) -> ShownField:
    return ShownField(field.path, field.label, list(_lines(draft, field, places, cards)))


def _lines(draft: Draft, field: Field, places: Mapping[str, int], cards: Mapping[str, str]) -> Iterator[Line]:
    """Each entry of a list has a place of its own; what has none is at its field's, or its draft's. Cards
    and choices are shown by what they are called."""
    texts = field.entries or ((field.value,) if field.value else ())
    for at, text in enumerate(texts):
        own = f"{draft.pk}:{field.path}.{at}" if field.entries else f"{draft.pk}:{field.path}"
        part = next((name for name in (own, f"{draft.pk}:{field.path}") if name in places), f"{draft.pk}:")
        yield Line(_said(field, text, cards), part, places.get(part))


def _said(field: Field, text: str, cards: Mapping[str, str]) -> str:
    if field.path in ("card", "cards"):
        return cards.get(text) or text
    return text.replace("_", " ").capitalize() if field.choices else text
