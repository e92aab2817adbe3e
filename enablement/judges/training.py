"""Fit the heads from the examples in the database, and say how good they are on examples held back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from enablement.judges.encoder import PATIENCE, Vectors, encode
from enablement.judges.heads import examples_hash, is_current, store_head
from enablement.judges.logistic import Flags, fit, held_back
from enablement.judges.sorting import best_outcome, is_sure, signal_head
from enablement.judges.wording import ANY_ENTRY, HINT_FROM, WARN_FROM, entry_head
from enablement.models import Distinction, GuideEntry, State, Statement

# Penalties chosen by cross-validation on our own statements and phrasings (see `train_judges`).
SIGNAL_PENALTY = 0.3
ENTRY_PENALTY = 0.3
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
    labels = {
        name: np.array([name in shows[row.outcome_id] for row in statements], dtype=np.bool_)
        for name in signals
    }
    if any(min(flags.sum(), (~flags).sum()) < MIN_EXAMPLES for flags in labels.values()):
        return None
    vectors = encode([row.text for row in statements], patience=PATIENCE)
    guesses = {}
    for name, flags in labels.items():
        guesses[name] = held_back(vectors, flags, range(len(flags)), penalty=SIGNAL_PENALTY)
        regression = fit(vectors, flags, penalty=SIGNAL_PENALTY)
        store_head(signal_head(distinction, name), regression, digest=digest, examples=len(flags))
    figures = _sorting_figures(distinction, statements, guesses)
    return Trained(f"distinction:{distinction.slug}", len(statements), figures)


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
    entries = list(GuideEntry.objects.filter(state=State.RELEASED).prefetch_related("phrasings"))
    examples = _guide_examples(entries)
    digest = examples_hash((f"{slug}:{breaks}", text) for slug, breaks, text in examples)
    names = [entry_head(entry) for entry in entries]
    if not entries or is_current([ANY_ENTRY, *names], digest):
        return []
    vectors = encode([text for _, _, text in examples], patience=PATIENCE)
    breaks = np.array([row[1] for row in examples], dtype=np.bool_)
    if min(breaks.sum(), (~breaks).sum()) < MIN_EXAMPLES:
        return []
    owners = np.array([row[0] for row in examples])
    # Held back by entry: whether the general head knows a claim of an entry it has never seen.
    groups = [sorted(set(owners)).index(owner) for owner in owners]
    unseen = held_back(vectors, breaks, groups, penalty=ENTRY_PENALTY)
    any_guess = held_back(vectors, breaks, range(len(breaks)), penalty=ENTRY_PENALTY)
    figures = _flag_figures(unseen >= 0.5, breaks)
    general = fit(vectors, breaks, penalty=ENTRY_PENALTY)
    store_head(ANY_ENTRY, general, digest=digest, examples=len(breaks), **figures)
    trained = [Trained(ANY_ENTRY, len(breaks), figures)]
    for entry in entries:
        mine = owners == entry.slug
        trained.append(_train_entry(entry, vectors, breaks & mine, any_guess, digest))
    return trained


def _guide_examples(entries: list[GuideEntry]) -> list[tuple[str, bool, str]]:
    """(entry, breaks, text): phrasings, the don't-say lines, and as fine text the do-say lines and the reasons."""
    rows: list[tuple[str, bool, str]] = []
    for entry in entries:
        rows.append((entry.slug, True, entry.dont_say))
        rows += [(entry.slug, phrasing.breaks, phrasing.text) for phrasing in entry.phrasings.all()]
        rows += [(entry.slug, False, entry.do_say), (entry.slug, False, entry.why)]
    fine = Statement.objects.filter(distinction__state=State.RELEASED).order_by("pk")
    rows += [("", False, text) for text in fine.values_list("text", flat=True)]
    return rows


def _train_entry(
    entry: GuideEntry, vectors: Vectors, labels: Flags, any_guess: Any, digest: str
) -> Trained:
    guess = held_back(vectors, labels, range(len(labels)), penalty=ENTRY_PENALTY) * any_guess
    figures = _flag_figures(guess >= WARN_FROM, labels)
    regression = fit(vectors, labels, penalty=ENTRY_PENALTY)
    name = entry_head(entry)
    store_head(name, regression, digest=digest, examples=int(labels.sum()), threshold=HINT_FROM, **figures)
    return Trained(name, int(labels.sum()), figures)


def _flag_figures(flagged: Any, labels: Flags) -> dict[str, float]:
    hits = int((flagged & labels).sum())
    precision = hits / int(flagged.sum()) if flagged.any() else 0.0
    return {"precision": round(precision, 3), "recall": round(hits / int(labels.sum()), 3)}
