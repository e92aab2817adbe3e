"""The judges on our own examples that neither adapter nor head has seen.

A fifth of them at a time is taken out of the database, the heads are fitted without it, and the product,
as it is, judges it. Whoever calls this rolls the transaction back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from enablement.evaluation.own_figures import JudgedPhrasing, JudgedStatement
from enablement.judges.adapter_files import HOLD_BACK, Task, text_key
from enablement.judges.adapters import adapter_for
from enablement.judges.claims import draft_of
from enablement.judges.meaning import Judged, judge_sentences
from enablement.judges.reading import read
from enablement.judges.sorting import UNSURE, best_outcome, sort_statement
from enablement.judges.training import train_distinction, train_guide
from enablement.models import Distinction, GuideEntry, Person, Phrasing, Statement

FOLDS = 5


Row = TypeVar("Row", Phrasing, Statement)


def tested_phrasings() -> Iterator[JudgedPhrasing]:
    """Judge the unseen phrasings of the released guide. Raises EncoderUnavailable."""
    entries = list(GuideEntry.objects.released())
    rows = list(Phrasing.objects.filter(entry__in=entries).select_related("entry").order_by("pk"))
    for fold in _folds(_unseen(rows, Task.WORDING)):
        Phrasing.objects.filter(pk__in=[row.pk for row in fold]).delete()
        train_guide(again=True)
        for row in fold:
            yield _tested_phrasing(row, entries)
        Phrasing.objects.bulk_create(
            Phrasing(entry_id=row.entry_id, text=row.text, breaks=row.breaks) for row in fold
        )


def tested_statements(distinction: Distinction, person: Person) -> Iterator[JudgedStatement]:
    """Judge the unseen statements of a distinction. Raises EncoderUnavailable."""
    outcomes = list(distinction.outcomes.prefetch_related("signals"))
    shown = {outcome.pk: {signal.name for signal in outcome.signals.all()} for outcome in outcomes}
    rows = list(distinction.statements.select_related("outcome").order_by("pk"))
    for fold in _folds(_unseen(rows, Task.SORTING)):
        Statement.objects.filter(pk__in=[row.pk for row in fold]).delete()
        train_distinction(distinction, again=True)
        for row in fold:
            verdict = sort_statement(row.text, distinction, person)
            best = best_outcome(outcomes, verdict.signals).name
            signals = (
                (name, name in shown[row.outcome_id], value) for name, value in verdict.signals.items()
            )
            yield JudgedStatement(row.text, row.outcome.name, best, verdict.outcome != UNSURE, tuple(signals))
        Statement.objects.bulk_create(fold)


def _tested_phrasing(row: Phrasing, entries: Sequence[GuideEntry]) -> JudgedPhrasing:
    found = judge_sentences(draft_of(read(row.text).text, entries))
    chances = {judged: _chance(judged) for judged in found}
    surest = max(chances, key=lambda judged: chances[judged], default=None)
    chance, named = (chances[surest], surest.entry.slug) if surest else (0.0, "")
    return JudgedPhrasing(row.text, row.entry.slug, row.breaks, chance, named)


def _chance(judged: Judged) -> float:
    """How surely a sentence misleads in its place. What is cited or excused is never flagged."""
    if judged.is_cited:
        return 0.0
    return min(judged.confidence, judged.second_look) if judged.is_excused else judged.confidence


def _unseen(rows: Sequence[Row], task: Task) -> list[Row]:
    """Those that the adapter was not trained on; all of them where there is none."""
    adapter = adapter_for(task)
    if adapter is None:
        return list(rows)
    seen = adapter.has_seen([row.text for row in rows])
    return [row for row, was_seen in zip(rows, seen, strict=True) if not was_seen]


def _folds(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows in FOLDS parts, by their texts: the same ones every time."""
    parts: list[list[Row]] = [[] for _ in range(FOLDS)]
    for row in rows:
        parts[text_key(row.text) // HOLD_BACK % FOLDS].append(row)
    return [part for part in parts if part]
