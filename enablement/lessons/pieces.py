"""One piece of a lesson as data, and back: what editing, history, review and export all stand on.

A piece is named by its kind (`card`, `fit`, `guide_entry`…) and slug; as data it is the schema's item of
that kind. `lesson` stands for a lesson's own title, thesis, summary and position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from enablement.lessons import schema
from enablement.lessons.links import link_parts
from enablement.lessons.parts import write_parts
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


@dataclass(frozen=True, slots=True)
class PieceKind:
    """What there is to know about a kind of piece: its table, its schema, its name in a lesson."""

    model: type[LessonPart]
    item: type[schema.Item]
    plural: str
    title: str


KINDS: dict[str, PieceKind] = {
    "card": PieceKind(Card, schema.CardItem, "cards", "Card"),
    "fit": PieceKind(Fit, schema.FitItem, "fits", "Situation"),
    "comparison": PieceKind(Comparison, schema.ComparisonItem, "comparisons", "Comparison"),
    "guide_entry": PieceKind(GuideEntry, schema.GuideEntryItem, "guide_entries", "Guide entry"),
    "analogy": PieceKind(Analogy, schema.AnalogyItem, "analogies", "Analogy"),
    "distinction": PieceKind(Distinction, schema.DistinctionItem, "distinctions", "Distinction"),
    "ladder": PieceKind(Ladder, schema.LadderItem, "ladders", "Ladder"),
    "script": PieceKind(Script, schema.ScriptItem, "scripts", "Script"),
    "term": PieceKind(Term, schema.TermItem, "terms", "Term"),
    "disagreement": PieceKind(Disagreement, schema.DisagreementItem, "disagreements", "Disagreement"),
}


def find_piece(kind: str, slug: str) -> LessonPart | None:
    """Return the live row of a piece, or None. KeyError for an unknown kind."""
    return cast(LessonPart | None, KINDS[kind].model._default_manager.filter(slug=slug).first())


def read_piece(part: LessonPart) -> schema.Item:
    """Return a live piece as data. Lists of slugs come in alphabetical order: their order says nothing."""
    kind = KINDS[part.kind]
    columns = {field.name for field in part._meta.concrete_fields if not field.is_relation}
    values = {name: getattr(part, name) for name in kind.item.model_fields if name in columns}
    reader = _READERS.get(part.kind)
    values |= reader(part) if reader else {}
    if "sources" in kind.item.model_fields:
        values["sources"] = _slugs(part.sources.all())
    return kind.item.model_validate(values)


def write_piece(lesson: Lesson, kind: str, item: schema.Item) -> LessonPart:
    """Make the live piece equal to `item` and release it; a new piece comes last in its lesson.

    Raises LinkError where a slug leads nowhere. Call it in a transaction.
    """
    known = KINDS[kind]
    slug = cast(Any, item).slug
    live = known.model._default_manager.filter(slug=slug).first()
    position = live.position if live else known.model._default_manager.filter(lesson=lesson).count()
    alone = schema.LessonItem(
        slug=lesson.slug,
        title=lesson.title,
        thesis=lesson.thesis,
        summary=lesson.summary,
        **cast(Any, {known.plural: [item]}),
    )
    write_parts(lesson, alone)
    link_parts(lesson, alone)
    known.model._default_manager.filter(slug=slug).update(position=position, state=State.RELEASED)
    return known.model._default_manager.get(slug=slug)


def _slugs(rows: Iterable[Any]) -> list[str]:
    return sorted(row.slug for row in rows)


def _read_fit(fit: Any) -> dict[str, Any]:
    return {"card": fit.card.slug, "kind": fit.fit_kind}


def _read_comparison(comparison: Any) -> dict[str, Any]:
    traits = [
        _columns(trait, schema.TraitItem) | {"sources": _slugs(trait.sources.all())}
        for trait in comparison.traits.all()
    ]
    return {"cards": _slugs(comparison.cards.all()), "traits": traits}


def _read_guide_entry(entry: Any) -> dict[str, Any]:
    phrasings = list(entry.phrasings.order_by("pk"))
    return {
        "cards": _slugs(entry.cards.all()),
        "breaks": [row.text for row in phrasings if row.breaks],
        "fine": [row.text for row in phrasings if not row.breaks],
    }


def _read_analogy(analogy: Any) -> dict[str, Any]:
    points = list(analogy.points.all())
    sides = {side: [row.text for row in points if row.side == side] for side in ("holds", "breaks")}
    return {"card": analogy.card.slug, **sides}


def _read_distinction(distinction: Any) -> dict[str, Any]:
    outcomes = [
        _columns(outcome, schema.OutcomeItem)
        | {
            "signals": [signal.name for signal in outcome.signals.all()],
            "cards": _slugs(outcome.cards.all()),
        }
        for outcome in distinction.outcomes.all()
    ]
    statements = [
        {"text": row.text, "outcome": row.outcome.name, "why": row.why}
        for row in distinction.statements.select_related("outcome").order_by("pk")
    ]
    signals = [_columns(signal, schema.SignalItem) for signal in distinction.signals.all()]
    return {"signals": signals, "outcomes": outcomes, "statements": statements}


def _read_ladder(ladder: Any) -> dict[str, Any]:
    steps = [
        _columns(step, schema.LadderStepItem)
        | {"card": step.card.slug if step.card else None, "sources": _slugs(step.sources.all())}
        for step in ladder.steps.select_related("card")
    ]
    ways = ("yes_question", "yes_step", "no_question", "no_step")
    questions = [
        _columns(row, schema.DecisionQuestionItem)
        | {way: getattr(row, way).slug if getattr(row, way) else None for way in ways}
        | {"sources": _slugs(row.sources.all())}
        for row in ladder.questions.select_related(*ways)
    ]
    return {"steps": steps, "questions": questions}


def _read_with_cards(part: Any) -> dict[str, Any]:
    return {"cards": _slugs(part.cards.all())}


def _read_term(term: Any) -> dict[str, Any]:
    return {"card": term.card.slug if term.card else None}


def _read_disagreement(disagreement: Any) -> dict[str, Any]:
    positions = [
        {"stance": row.stance, "sources": _slugs(row.sources.all())} for row in disagreement.positions.all()
    ]
    return {"cards": _slugs(disagreement.cards.all()), "positions": positions}


def _columns(row: Any, item: type[schema.Item]) -> dict[str, Any]:
    """The plain columns of `row` that `item` names."""
    columns = {field.name for field in row._meta.concrete_fields if not field.is_relation}
    return {name: getattr(row, name) for name in item.model_fields if name in columns}


_READERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "fit": _read_fit,
    "comparison": _read_comparison,
    "guide_entry": _read_guide_entry,
    "analogy": _read_analogy,
    "distinction": _read_distinction,
    "ladder": _read_ladder,
    "script": _read_with_cards,
    "term": _read_term,
    "disagreement": _read_disagreement,
}
