"""The pieces of a lesson, written without the links between them (see links.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from django.db.models import Model

from enablement.lessons import schema
from enablement.models import (
    Analogy,
    AnalogyPoint,
    Card,
    Comparison,
    DecisionQuestion,
    Disagreement,
    Distinction,
    GuideEntry,
    Ladder,
    LadderStep,
    Lesson,
    LessonPart,
    Outcome,
    Phrasing,
    Position,
    Script,
    Signal,
    State,
    Statement,
    Term,
    Trait,
)

Part = TypeVar("Part", bound=LessonPart)


def write_parts(lesson: Lesson, item: schema.LessonItem) -> None:
    """Write every piece of `item` that stands on its own; fits and links to cards come afterwards."""
    for position, card in enumerate(item.cards):
        _write(Card, lesson, card, position)
    for position, comparison in enumerate(item.comparisons):
        part = _write(Comparison, lesson, comparison, position)
        _replace(Trait, "comparison", part, [_fields(Trait, trait) for trait in comparison.traits])
    for position, entry in enumerate(item.guide_entries):
        guide_entry = _write(GuideEntry, lesson, entry, position)
        examples = [(text, True) for text in entry.breaks] + [(text, False) for text in entry.fine]
        rows = [{"text": text, "breaks": breaks} for text, breaks in examples]
        _replace(Phrasing, "entry", guide_entry, rows, ordered=False)
    for position, distinction in enumerate(item.distinctions):
        _write_distinction(lesson, distinction, position)
    for position, ladder in enumerate(item.ladders):
        _write_ladder(lesson, ladder, position)
    for position, script in enumerate(item.scripts):
        _write(Script, lesson, script, position)
    for position, term in enumerate(item.terms):
        _write(Term, lesson, term, position)
    for position, disagreement in enumerate(item.disagreements):
        contested = _write(Disagreement, lesson, disagreement, position)
        contested.positions.all().delete()
        for order, stance in enumerate(disagreement.positions):
            Position.objects.create(disagreement=contested, order=order, stance=stance.stance)


def write_analogy(lesson: Lesson, item: schema.AnalogyItem, position: int, card: Card) -> Analogy:
    """Write one analogy of `card` with its propositions."""
    analogy = _write(Analogy, lesson, item, position, card=card)
    rows = [{"side": "holds", "text": text} for text in item.holds]
    rows += [{"side": "breaks", "text": text} for text in item.breaks]
    _replace(AnalogyPoint, "analogy", analogy, rows)
    return analogy


def write_part(model: type[Part], lesson: Lesson, item: schema.Item, position: int, **links: Any) -> Part:
    """Write one piece that needs `links` from the start."""
    return _write(model, lesson, item, position, **links)


def _write(model: type[Part], lesson: Lesson, item: Any, position: int, **links: Any) -> Part:
    values = _fields(model, item) | links
    values.pop("slug")
    values |= {"lesson": lesson, "position": position, "state": State.RELEASED}
    part, _ = model.objects.update_or_create(slug=item.slug, defaults=values)
    return cast(Part, part)


def _fields(model: type[Model], item: schema.Item) -> dict[str, Any]:
    """The values of `item` that are plain columns of `model`."""
    columns = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    return {name: value for name, value in item.model_dump(mode="json").items() if name in columns}


def _replace(
    model: type[Model], owner_name: str, owner: Model, rows: Sequence[dict[str, Any]], ordered: bool = True
) -> None:
    """Make the rows of `model` under `owner` equal to `rows`, in their order."""
    model._default_manager.filter(**{owner_name: owner}).delete()
    model._default_manager.bulk_create(
        model(**{owner_name: owner}, **row, **({"position": position} if ordered else {}))
        for position, row in enumerate(rows)
    )


def _write_distinction(lesson: Lesson, item: schema.DistinctionItem, position: int) -> None:
    distinction = _write(Distinction, lesson, item, position)
    distinction.statements.all().delete()
    signals = {
        signal.name: Signal.objects.update_or_create(
            distinction=distinction,
            name=signal.name,
            defaults={**_fields(Signal, signal), "position": order},
        )[0]
        for order, signal in enumerate(item.signals)
    }
    outcomes: dict[str, Outcome] = {}
    for order, outcome in enumerate(item.outcomes):
        written, _ = Outcome.objects.update_or_create(
            distinction=distinction,
            name=outcome.name,
            defaults={**_fields(Outcome, outcome), "position": order},
        )
        written.signals.set([signals[name] for name in outcome.signals])
        outcomes[outcome.name] = written
    distinction.outcomes.exclude(name__in=outcomes).delete()
    distinction.signals.exclude(name__in=signals).delete()
    Statement.objects.bulk_create(
        Statement(distinction=distinction, outcome=outcomes[row.outcome], text=row.text, why=row.why)
        for row in item.statements
    )


def _write_ladder(lesson: Lesson, item: schema.LadderItem, position: int) -> None:
    ladder = _write(Ladder, lesson, item, position)
    _replace(LadderStep, "ladder", ladder, [_fields(LadderStep, step) for step in item.steps])
    _replace(DecisionQuestion, "ladder", ladder, [_fields(DecisionQuestion, row) for row in item.questions])
