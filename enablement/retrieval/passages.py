"""Released content into passages: one for each field that can be quoted, under its title path."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from enablement.models import (
    Analogy,
    Card,
    Comparison,
    Disagreement,
    Distinction,
    Fit,
    GuideEntry,
    Ladder,
    Lesson,
    LessonPart,
    Script,
    State,
    Term,
)
from enablement.retrieval.pieces import split_pieces

CARD_FIELDS = {
    "what_it_is": "What it is",
    "what_it_does": "What it does",
    "where_it_comes_from": "Where it comes from",
    "what_makes_it_distinct": "What makes it distinct",
}


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage before it is stored. `context` helps to find it and is never quoted."""

    key: str
    kind: str
    slug: str
    field: str
    title: str
    url: str
    text: str
    context: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 over everything that the passage's vectors or its row depend on."""
        parts = (self.key, self.title, self.url, self.text, self.context)
        return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


Passages = Iterator[PassageText]


def passages_of(lesson: Lesson) -> list[PassageText]:
    """Return the passages of everything released in `lesson`; a field without text has none."""
    return [passage for field in _all_passages(lesson) for passage in field]


def _all_passages(lesson: Lesson) -> Iterator[Passages]:
    """Field by field."""
    yield _passage(lesson, "lesson", "thesis", lesson.title, lesson.thesis)
    yield _passage(lesson, "lesson", "summary", lesson.title, lesson.summary)
    for card in _released(Card, lesson):
        yield from _card_passages(card)
    for fit in _released(Fit, lesson).filter(card__state=State.RELEASED).select_related("card"):
        title = f"{fit.card.title} › {fit.get_fit_kind_display()}"
        yield _passage(fit, fit.kind, "text", title, fit.text, fit.title)
        yield _passage(fit, fit.kind, "example", title, fit.example, fit.title)
    for comparison in _released(Comparison, lesson).prefetch_related("traits"):
        yield from _comparison_passages(comparison)
    for entry in _released(GuideEntry, lesson):
        yield _passage(entry, entry.kind, "do_say", "Field language guide", entry.do_say, entry.dont_say)
        yield _passage(entry, entry.kind, "why", "Field language guide", entry.why, entry.dont_say)
    for analogy in _released(Analogy, lesson).prefetch_related("points"):
        yield from _analogy_passages(analogy)
    yield from _speech_passages(lesson)
    for distinction in _released(Distinction, lesson).prefetch_related("outcomes"):
        yield from _distinction_passages(distinction)
    for ladder in _released(Ladder, lesson).prefetch_related("steps"):
        yield from _ladder_passages(ladder)


def _released(model: type[LessonPart], lesson: Lesson) -> Any:
    return model.objects.filter(lesson=lesson).released()


def _passage(
    owner: Any, kind: str, field: str, title: str, text: str, context: str = "", anchor: str = ""
) -> Passages:
    """The passages of one field: one, or several where the encoder could not read it whole."""
    url = owner.get_absolute_url() + (f"#{anchor}" if anchor else "")
    key = f"{kind}:{owner.slug}:{field}"
    for number, piece in enumerate(split_pieces(text), 1):
        name = key if number == 1 else f"{key}:{number}"
        yield PassageText(name, kind, owner.slug, field, title, url, piece, context)


def _card_passages(card: Card) -> Iterator[Passages]:
    aliases = ", ".join(card.aliases)
    yield _passage(card, card.kind, "summary", card.title, card.summary, aliases)
    for field, label in CARD_FIELDS.items():
        title = f"{card.title} › {label}"
        yield _passage(card, card.kind, field, title, getattr(card, field), aliases, anchor=field)


def _comparison_passages(comparison: Comparison) -> Iterator[Passages]:
    yield _passage(comparison, comparison.kind, "summary", comparison.title, comparison.summary)
    shown = set(comparison.cards.filter(state=State.RELEASED).values_list("slug", flat=True))
    for trait in comparison.traits.all():
        title = f"{comparison.title} › {trait.title}"
        fields = {"claim": trait.claim, "explanation": trait.explanation}
        fields |= {f"cell-{card}": text for card, text in trait.cells.items() if card in shown}
        for field, text in fields.items():
            name = f"{trait.slug}:{field}"
            yield _passage(comparison, "comparison", name, title, text, trait.title, anchor=trait.slug)


def _analogy_passages(analogy: Analogy) -> Iterator[Passages]:
    yield _passage(analogy, analogy.kind, "mapping", analogy.title, analogy.mapping, analogy.familiar)
    yield _passage(analogy, analogy.kind, "caution", analogy.title, analogy.caution, analogy.familiar)
    for number, point in enumerate(analogy.points.all()):
        title = f"{analogy.title} › Where it {point.side}"
        yield _passage(analogy, analogy.kind, f"{point.side}-{number}", title, point.text)


def _speech_passages(lesson: Lesson) -> Iterator[Passages]:
    for script in _released(Script, lesson):
        yield _passage(script, script.kind, "answer", "Spoken answer", script.answer, script.question)
    for term in _released(Term, lesson):
        names = ", ".join([term.term, *term.aliases])
        yield _passage(term, term.kind, "meaning", f"Glossary › {term.term}", term.meaning, names)
    for disagreement in _released(Disagreement, lesson):
        title = f"Sources disagree › {disagreement.title}"
        house = disagreement.house_position
        yield _passage(disagreement, disagreement.kind, "house_position", title, house, disagreement.point)


def _distinction_passages(distinction: Distinction) -> Iterator[Passages]:
    for outcome in distinction.outcomes.all():
        title = f"{distinction.title} › {outcome.title}"
        for field in ("meaning", "remedy", "say"):
            name, text = f"{outcome.name}:{field}", getattr(outcome, field)
            yield _passage(distinction, distinction.kind, name, title, text, anchor=outcome.name)


def _ladder_passages(ladder: Ladder) -> Iterator[Passages]:
    yield _passage(ladder, ladder.kind, "summary", ladder.title, ladder.summary)
    for step in ladder.steps.all():
        title = f"{ladder.title} › {step.title}"
        for field in ("text", "cost", "stop_when"):
            name, text = f"{step.slug}:{field}", getattr(step, field)
            yield _passage(ladder, ladder.kind, name, title, text, step.title, anchor=step.slug)
