"""The links between the pieces of lessons: to cards, to sources, from question to question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from enablement.lessons import schema
from enablement.lessons.parts import write_analogy, write_part
from enablement.models import (
    Analogy,
    Card,
    Comparison,
    DecisionQuestion,
    Disagreement,
    Distinction,
    Fit,
    GuideEntry,
    Ladder,
    LadderStep,
    Lesson,
    LessonPart,
    Script,
    Source,
    Term,
)


class LinkError(Exception):
    """A slug that leads nowhere. The message names what holds it."""


def link_parts(lesson: Lesson, item: schema.LessonItem) -> None:
    """Write everything in `item` that points to a card, a source or a step. Raises LinkError."""
    cards: dict[str, Card] = {card.slug: card for card in Card.objects.all()}
    sources = {source.slug: source for source in Source.objects.all()}

    def card(slug: str, holder: str) -> Card:
        found: Card = _find(cards, slug, "card", holder)
        return found

    for position, fit in enumerate(item.fits):
        kind = {"card": card(fit.card, fit.slug), "fit_kind": fit.kind.value}
        write_part(Fit, lesson, fit, position, **kind)
    for position, analogy in enumerate(item.analogies):
        write_analogy(lesson, analogy, position, card(analogy.card, analogy.slug))
    for term in item.terms:
        linked = card(term.card, term.slug) if term.card else None
        Term.objects.filter(slug=term.slug).update(card=linked)
    groups: tuple[tuple[type[LessonPart], Sequence[Any]], ...] = (
        (Comparison, item.comparisons),
        (GuideEntry, item.guide_entries),
        (Script, item.scripts),
        (Disagreement, item.disagreements),
    )
    for model, rows in groups:
        for row in rows:
            part: Any = model.objects.get(slug=row.slug)
            part.cards.set([card(slug, row.slug) for slug in row.cards])
    for distinction in item.distinctions:
        written = Distinction.objects.get(slug=distinction.slug)
        for outcome in distinction.outcomes:
            linked_cards = [card(slug, f"{distinction.slug}/{outcome.name}") for slug in outcome.cards]
            written.outcomes.get(name=outcome.name).cards.set(linked_cards)
    for ladder in item.ladders:
        _link_ladder(ladder, cards)
        _link_ladder_sources(ladder, sources)
    _link_sources(item, sources)


def _find(known: Mapping[str, Any], slug: str, kind: str, holder: str) -> Any:
    if slug not in known:
        raise LinkError(f"“{holder}” names the {kind} “{slug}”, which is not in any lesson.")
    return known[slug]


def _link_ladder(item: schema.LadderItem, cards: dict[str, Card]) -> None:
    ladder = Ladder.objects.get(slug=item.slug)
    for step in item.steps:
        if step.card:
            card = _find(cards, step.card, "card", f"{item.slug}/{step.slug}")
            LadderStep.objects.filter(ladder=ladder, slug=step.slug).update(card=card)
    steps = {step.slug: step for step in ladder.steps.all()}
    questions = {question.slug: question for question in ladder.questions.all()}
    for row in item.questions:
        holder = f"{item.slug}/{row.slug}"
        ways: dict[str, Any] = {}
        for way in ("yes", "no"):
            step, question = getattr(row, f"{way}_step"), getattr(row, f"{way}_question")
            ways[f"{way}_step"] = _find(steps, step, "step", holder) if step else None
            ways[f"{way}_question"] = _find(questions, question, "question", holder) if question else None
        DecisionQuestion.objects.filter(ladder=ladder, slug=row.slug).update(**ways)


def _link_ladder_sources(item: schema.LadderItem, sources: dict[str, Source]) -> None:
    ladder = Ladder.objects.get(slug=item.slug)
    groups: Sequence[tuple[Any, Sequence[Any]]] = (
        (ladder.steps, item.steps),
        (ladder.questions, item.questions),
    )
    for rows, named in groups:
        for row in named:
            found = [_find(sources, slug, "source", f"{item.slug}/{row.slug}") for slug in row.sources]
            rows.get(slug=row.slug).sources.set(found)


def _link_sources(item: schema.LessonItem, sources: dict[str, Source]) -> None:
    groups: Sequence[tuple[type[LessonPart], Iterable[Any]]] = (
        (Card, item.cards),
        (Fit, item.fits),
        (GuideEntry, item.guide_entries),
        (Analogy, item.analogies),
        (Script, item.scripts),
        (Term, item.terms),
    )
    for model, rows in groups:
        for row in rows:
            part = model._default_manager.get(slug=row.slug)
            part.sources.set([_find(sources, slug, "source", row.slug) for slug in row.sources])
    for comparison in item.comparisons:
        named = dict.fromkeys(slug for trait in comparison.traits for slug in trait.sources)
        part = Comparison.objects.get(slug=comparison.slug)
        part.sources.set([_find(sources, slug, "source", comparison.slug) for slug in named])
        for trait in comparison.traits:
            found = [_find(sources, slug, "source", comparison.slug) for slug in trait.sources]
            part.traits.get(slug=trait.slug).sources.set(found)
    for disagreement in item.disagreements:
        contested = Disagreement.objects.get(slug=disagreement.slug)
        for position, stance in zip(contested.positions.all(), disagreement.positions, strict=True):
            found = [_find(sources, slug, "source", disagreement.slug) for slug in stance.sources]
            position.sources.set(found)
