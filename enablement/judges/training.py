"""Fit the heads from the examples in the database, and say how good they are on examples held back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from enablement.judges.encoder import PATIENCE, encode
from enablement.judges.heads import examples_hash, is_current, store_head
from enablement.judges.linear import Flags, fit_all
from enablement.judges.sorting import best_outcome, is_sure, signal_head
from enablement.judges.wording import ANY_ENTRY, WARN_FROM, entry_head
from enablement.models import Distinction, GuideEntry, Lesson, State, Statement
from enablement.retrieval.passages import passages_of
from enablement.retrieval.sentences import split_sentences

# Ridge penalties, chosen by held-back accuracy on our own statements and phrasings.
SIGNAL_PENALTY = 2.0
ENTRY_PENALTY = 1.0
# Examples of each kind that a head needs before it is fitted at all.
MIN_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Trained:
    """What was fitted, on how many examples, with figures on held-back examples."""

    name: str
    examples: int
    figures: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def train_all() -> list[Trained]:
    """Fit every head whose examples have changed. Return what was fitted. Raises EncoderUnavailable."""
    distinctions = Distinction.objects.released().prefetch_related("signals", "outcomes__signals")
    trained = [result for distinction in distinctions if (result := train_distinction(distinction))]
    return [*trained, *train_guide()]


def train_distinction(distinction: Distinction) -> Trained | None:
    """Fit the signals of one distinction; None when nothing changed or there are too few statements."""
    statements = list(distinction.statements.select_related("outcome"))
    digest = examples_hash((row.outcome.name, row.text) for row in statements)
    signals = [signal.name for signal in distinction.signals.all()]
    if is_current([signal_head(distinction, name) for name in signals], digest):
        return None
    shows = {outcome.pk: {s.name for s in outcome.signals.all()} for outcome in distinction.outcomes.all()}
    labels = np.array([[name in shows[row.outcome_id] for name in signals] for row in statements], dtype=np.bool_)
    if not _enough(labels):
        return None
    vectors = encode([row.text for row in statements], patience=PATIENCE)
    fitted = fit_all(vectors, labels, range(len(statements)), penalty=SIGNAL_PENALTY)
    for name, regression in zip(signals, fitted.regressions, strict=True):
        store_head(signal_head(distinction, name), regression, digest=digest, examples=len(statements))
    guesses = dict(zip(signals, fitted.held_back.T, strict=True))
    figures = _sorting_figures(distinction, statements, guesses)
    return Trained(f"distinction:{distinction.slug}", len(statements), figures)


def _enough(labels: Flags) -> bool:
    """Whether every label has examples of both kinds."""
    positives = labels.sum(axis=0)
    return len(labels) > 0 and bool((np.minimum(positives, len(labels) - positives) >= MIN_EXAMPLES).all())


def _sorting_figures(
    distinction: Distinction, statements: list[Statement], guesses: dict[str, Any]
) -> dict[str, float]:
    outcomes = list(distinction.outcomes.all())
    right = sure = sure_right = 0
    for index, row in enumerate(statements):
        signals = {name: float(values[index]) for name, values in guesses.items()}
        hit = best_outcome(outcomes, signals).name == row.outcome.name
        right += hit
        if is_sure(signals, row.text):
            sure += 1
            sure_right += hit
    n = len(statements)
    return {
        "accuracy": round(right / n, 3),
        "accuracy_when_sure": round(sure_right / sure, 3) if sure else 0.0,
        "unsure_share": round(1 - sure / n, 3),
    }


def train_guide() -> list[Trained]:
    """Fit one head for “breaks the guide at all” and one for each entry, unless nothing changed."""
    entries = list(GuideEntry.objects.released().prefetch_related("phrasings"))
    examples = [*_phrasings(entries), *(("", False, text) for text in _other_fine_texts())]
    digest = examples_hash((f"{slug}:{breaks}", text) for slug, breaks, text in examples)
    names = [ANY_ENTRY, *(entry_head(entry) for entry in entries)]
    labels = np.array([[row[1], *(row[1] and row[0] == e.slug for e in entries)] for row in examples], dtype=np.bool_)
    if is_current(names, digest) or not _enough(labels):
        return []
    vectors = encode([text for _, _, text in examples], patience=PATIENCE)
    fitted = fit_all(vectors, labels, range(len(examples)), penalty=ENTRY_PENALTY)
    flagged = fitted.held_back[:, 0] >= WARN_FROM
    trained = []
    for k, name in enumerate(names):
        figures = _flag_figures(flagged & (labels[:, k] | ~labels[:, 0]), labels[:, k])
        store_head(
            name, fitted.regressions[k], digest=digest, examples=int(labels[:, k].sum()), threshold=WARN_FROM, **figures
        )
        trained.append(Trained(name, int(labels[:, k].sum()), figures))
    return trained


def _phrasings(entries: list[GuideEntry]) -> list[tuple[str, bool, str]]:
    """(entry, breaks, text): phrasings, the don't-say lines, and as fine text the do-say lines and the reasons."""
    rows: list[tuple[str, bool, str]] = []
    for entry in entries:
        rows.append((entry.slug, True, entry.dont_say))
        rows += [(entry.slug, phrasing.breaks, phrasing.text) for phrasing in entry.phrasings.all()]
        rows += [(entry.slug, False, entry.do_say), (entry.slug, False, entry.why)]
    return rows


def _other_fine_texts() -> list[str]:
    """What buyers say, and every sentence of our own released content: correct text about the same things."""
    statements = Statement.objects.filter(distinction__state=State.RELEASED)
    texts = list(statements.order_by("pk").values_list("text", flat=True))
    for lesson in Lesson.objects.filter(state=State.RELEASED):
        for passage in passages_of(lesson):
            texts += split_sentences(passage.text)
    return list(dict.fromkeys(texts))


def _flag_figures(flagged: Any, labels: Flags) -> dict[str, float]:
    hits = int((flagged & labels).sum())
    precision = hits / int(flagged.sum()) if flagged.any() else 0.0
    return {"precision": round(precision, 3), "recall": round(hits / int(labels.sum()), 3)}
