"""What a form offers to choose from: cards, sources, and the rows of the piece itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from enablement.lessons.live import naming_line
from enablement.models import Card, FitKind, Lesson, Person, Revision, Source


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. `far`: it belongs to another lesson."""

    value: str
    label: str
    chosen: bool = False
    far: bool = False


class Offering(Protocol):
    """What a form offers."""

    def of(self, name: str) -> list[Choice]:
        """Return the choices for a field by its name; an empty list where nothing can be chosen."""
        ...

    def columns(self, name: str) -> list[Choice]:
        """Return the things for each of which a field has a text of its own."""
        ...


@dataclass
class Offer:
    """Everything that can be chosen in the form of one piece."""

    lesson: Lesson
    person: Person
    item: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def cards(self) -> list[Choice]:
        """Cards that are there, and cards that are still drafts: they can be chosen before their release."""
        rows = Card.objects.visible_to(self.person).select_related("lesson")
        choices = [Choice(card.slug, card.title, far=card.lesson_id != self.lesson.pk) for card in rows]
        known = {choice.value for choice in choices}
        drafts = Revision.objects.visible_to(self.person).open().filter(kind="card").exclude(slug__in=known)
        choices += [
            Choice(draft.slug, f"{naming_line(draft.item)} (draft)", far=draft.lesson_id != self.lesson.pk)
            for draft in drafts
        ]
        return sorted(choices, key=lambda choice: choice.far)

    @cached_property
    def sources(self) -> list[Choice]:
        """The sources of this lesson, then those of others."""
        rows = Source.objects.order_by("title").only("slug", "title", "lesson")
        choices = [Choice(row.slug, row.title, far=row.lesson_id != self.lesson.pk) for row in rows]
        return sorted(choices, key=lambda choice: choice.far)

    def of(self, name: str) -> list[Choice]:
        """Return the choices for a field by its name; an empty list where nothing can be chosen."""
        if name in ("card", "cards"):
            return self.cards
        if name == "sources":
            return self.sources
        if name == "kind":
            return [Choice(value, str(label)) for value, label in FitKind.choices]
        rows = {"signals": "signals", "outcome": "outcomes"}.get(name)
        if name.endswith(("_step", "_question")):
            rows = "steps" if name.endswith("_step") else "questions"
        return self._rows(rows) if rows else []

    def columns(self, name: str) -> list[Choice]:
        """The cards that the piece sets side by side."""
        titles = {choice.value: choice.label for choice in self.cards}
        return [Choice(slug, titles.get(slug, slug)) for slug in self.item.get("cards") or []]

    def _rows(self, name: str) -> list[Choice]:
        rows = self.item.get(name) or []
        named = [(str(row.get("slug") or row.get("name") or ""), row) for row in rows]
        return [
            Choice(value, str(row.get("title") or row.get("text") or value)[:80])
            for value, row in named
            if value
        ]
