"""What the form of a question offers to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from enablement.editing.choices import Choice, Offer
from enablement.models import Distinction, GuideEntry, Ladder, Lesson, Person
from quizzes.models import Difficulty, Question


@dataclass
class QuestionOffer:
    """Cards, entries and the like that are there, and rows of the question itself."""

    lesson: Lesson
    person: Person
    item: Mapping[str, Any] = field(default_factory=dict)

    def of(self, name: str) -> list[Choice]:
        """Return the choices for a field by its name; an empty list where nothing can be chosen."""
        offered: dict[str, Callable[[], list[Choice]]] = {
            "difficulty": lambda: [Choice(value, str(label)) for value, label in Difficulty.choices],
            "card": lambda: Offer(self.lesson, self.person).cards,
            "guide_entry": self._entries,
            "distinction": lambda: self._titled(Distinction),
            "ladder": lambda: self._titled(Ladder),
            "outcome": lambda: self.outcomes,
            "step": lambda: self.steps,
            "answer": lambda: [Choice(text, text) for text in self.item.get("answers") or []],
            "met": self._checks,
            "topic": lambda: self._known("topic"),
            "family": lambda: self._known("family"),
        }
        return offered[name]() if name in offered else []

    def columns(self, name: str) -> list[Choice]:
        """The wrong outcomes or steps: each stands for a belief."""
        right = self.item.get("outcome") or self.item.get("step")
        return [choice for choice in (self.outcomes or self.steps) if choice.value != right]

    @property
    def asks(self) -> str:
        """The question that the chosen distinction answers; empty where none is chosen."""
        rows = Distinction.objects.visible_to(self.person).filter(slug=self.item.get("distinction") or "")
        return rows.values_list("question", flat=True).first() or ""

    @cached_property
    def outcomes(self) -> list[Choice]:
        rows = Distinction.objects.visible_to(self.person).filter(slug=self.item.get("distinction") or "")
        return [Choice(row.name, row.title) for found in rows for row in found.outcomes.all()]

    @cached_property
    def steps(self) -> list[Choice]:
        rows = Ladder.objects.visible_to(self.person).filter(slug=self.item.get("ladder") or "")
        return [Choice(row.slug, row.title) for found in rows for row in found.steps.all()]

    def _titled(self, model: type[Distinction] | type[Ladder]) -> list[Choice]:
        """Those of this lesson first."""
        rows = model.objects.visible_to(self.person)
        choices = [Choice(row.slug, row.title, far=row.lesson_id != self.lesson.pk) for row in rows]
        return sorted(choices, key=lambda choice: choice.far)

    def _entries(self) -> list[Choice]:
        rows = GuideEntry.objects.visible_to(self.person)
        choices = [Choice(row.slug, row.dont_say[:80], far=row.lesson_id != self.lesson.pk) for row in rows]
        return sorted(choices, key=lambda choice: choice.far)

    def _checks(self) -> list[Choice]:
        rows = self.item.get("checks") or []
        return [Choice(row["name"], row.get("title") or row["name"]) for row in rows if row.get("name")]

    def _known(self, name: str) -> list[Choice]:
        rows = Question.objects.filter(lesson=self.lesson).exclude(**{name: ""}).order_by(name)
        slugs = rows.values_list(name, flat=True).distinct()
        return [Choice(slug.replace("-", " ").capitalize(), "") for slug in slugs]
