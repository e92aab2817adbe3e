"""Fit the heads from the examples in the database, and say how good they are on examples held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from enablement.evaluation.metrics import macro_f1, share
from enablement.judges.adapter_files import Task, text_key
from enablement.judges.adapters import adapter_for, model_for, task_known_to
from enablement.judges.findings import WARN_FROM
from enablement.judges.heads import examples_hash, is_current, store_head
from enablement.judges.linear import Flags, fit_all
from enablement.judges.meaning import ANY_ENTRY, entry_head
from enablement.judges.other_subjects import other_subjects
from enablement.judges.shipped import adopt_heads
from enablement.judges.sorting import best_outcome, is_sure, signal_head
from enablement.judges.vectors import learnt_vectors
from enablement.models import Distinction, GuideEntry, Passage, Statement
from enablement.sentences import split_sentences

# Ridge penalties, chosen by held-back accuracy on our own statements and phrasings.
SIGNAL_PENALTY = 0.002
ENTRY_PENALTY = 0.0005
# How often a sentence about another subject counts. At 3, our held-back phrasings keep their recall and the
# warnings on fine text of other places fall to a half and less: docs/judges.md has the table.
OTHERS_COUNT = 3
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


def train_all(*, again: bool = False) -> list[Trained]:
    """Fit every head whose examples have changed, or `again` all of them. Return what was fitted.

    Heads that come with the product for just these examples are taken as they are. Raises EncoderUnavailable.
    """
    return [*train_sorting(again=again), *train_guide(again=again)]


def train_sorting(*, again: bool = False, at_most: int | None = None) -> list[Trained]:
    """Fit the signals of every released distinction whose statements have changed.

    Raises MoreToRead after `at_most` statements that had no vector yet.
    """
    distinctions = Distinction.objects.released().prefetch_related("signals", "outcomes__signals")
    fitted = (train_distinction(one, again=again, at_most=at_most) for one in distinctions)
    return [result for result in fitted if result]


def train_distinction(
    distinction: Distinction, *, again: bool = False, at_most: int | None = None
) -> Trained | None:
    """Fit the signals of one distinction; None when nothing changed or there are too few statements."""
    statements = list(distinction.statements.select_related("outcome"))
    texts = [row.text for row in statements]
    task = task_known_to(Task.SORTING, texts)
    digest = examples_hash(((row.outcome.name, row.text) for row in statements), task)
    signals = [signal.name for signal in distinction.signals.all()]
    names = [signal_head(distinction, name) for name in signals]
    if not again and (is_current(names, digest) or adopt_heads(names, digest)):
        return None
    shows = {outcome.pk: {s.name for s in outcome.signals.all()} for outcome in distinction.outcomes.all()}
    labels = np.array(
        [[name in shows[row.outcome_id] for name in signals] for row in statements], dtype=np.bool_
    )
    if not _enough(labels):
        return None
    honest = _honest(texts, task)
    vectors = learnt_vectors(texts, task, at_most=at_most)
    groups = _groups([row.outcome.name for row in statements], texts)
    fitted = fit_all(vectors, labels, groups, penalty=SIGNAL_PENALTY, honest=honest)
    for name, regression in zip(names, fitted.regressions, strict=True):
        store_head(name, regression, digest=digest, model=model_for(task), examples=len(statements))
    tested = [row for row, is_honest in zip(statements, honest, strict=True) if is_honest]
    guesses = dict(zip(signals, fitted.held_back[honest].T, strict=True))
    figures = sorting_figures(distinction, tested, guesses, len(statements))
    return Trained(f"distinction:{distinction.slug}", len(statements), figures)


def _groups(kinds: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Deal the texts of each kind out in the order of their hashes: the same groups in every database.

    A text that comes twice as one kind is in one group.
    """
    pairs = [(kind, text_key(text)) for kind, text in zip(kinds, texts, strict=True)]
    places = {pair: place for place, pair in enumerate(sorted(set(pairs)))}
    return [places[pair] for pair in pairs]


def _honest(texts: list[str], task: Task | None) -> Flags:
    """Which texts the adapter was not trained on; all of them where it knows nearly all, or there is none."""
    adapter = adapter_for(task)
    unseen = ~adapter.has_seen(texts) if adapter else np.ones(len(texts), dtype=np.bool_)
    return unseen if unseen.any() else np.ones(len(texts), dtype=np.bool_)


def _enough(labels: Flags) -> bool:
    """Whether every label has examples of both kinds."""
    positives = labels.sum(axis=0)
    return len(labels) > 0 and bool((np.minimum(positives, len(labels) - positives) >= MIN_EXAMPLES).all())


def sorting_figures(
    distinction: Distinction, statements: list[Statement], guesses: dict[str, Any], learnt_from: int
) -> dict[str, float]:
    """Return accuracy and macro-F1 before abstaining, accuracy when sure, and the share of unsure.

    `statements` are those to test on, `learnt_from` is how many the heads were fitted on.
    """
    outcomes = list(distinction.outcomes.all())
    labels, found, sure = [], [], []
    for index, row in enumerate(statements):
        signals = {name: float(values[index]) for name, values in guesses.items()}
        labels.append(row.outcome.name)
        found.append(best_outcome(outcomes, signals).name)
        sure.append(is_sure(signals, row.text, learnt_from))
    right = [label == name for label, name in zip(labels, found, strict=True)]
    return {
        "tested": len(labels),
        "accuracy": share(right),
        "macro_f1": macro_f1(labels, found, [outcome.name for outcome in outcomes]),
        "accuracy_when_sure": share([hit for hit, is_sure in zip(right, sure, strict=True) if is_sure]),
        "unsure_share": round(1 - share(sure), 4),
    }


def train_guide(*, again: bool = False, at_most: int | None = None) -> list[Trained]:
    """Fit one head for “breaks the guide at all” and one for each entry, unless nothing changed.

    Raises MoreToRead after `at_most` texts that had no vector yet.
    """
    entries = list(GuideEntry.objects.released().prefetch_related("phrasings"))
    examples = _phrasings(entries)
    ours = list(Passage.objects.exclude(dense=None).order_by("text_hash"))
    others = other_subjects()
    digest = examples_hash(
        [
            *((f"{slug}:{breaks}", text) for slug, breaks, text in examples),
            *(("", p.text_hash) for p in ours),
            *(("", text) for text in others),
        ],
        Task.WORDING,
    )
    names = [ANY_ENTRY, *(entry_head(entry) for entry in entries)]
    labels = np.array(
        [[breaks, *(breaks and slug == entry.slug for entry in entries)] for slug, breaks, _ in examples],
        dtype=np.bool_,
    )
    if not _enough(labels) or (not again and (is_current(names, digest) or adopt_heads(names, digest))):
        return []
    # Our own released content is correct text about the same things.
    fine = list(dict.fromkeys(sentence for passage in ours for sentence in split_sentences(passage.text)))
    fine += others * OTHERS_COUNT
    texts = [*(text for _, _, text in examples), *fine]
    groups = _groups([*(f"{slug}:{breaks}" for slug, breaks, _ in examples), *("" for _ in fine)], texts)
    labels = np.concatenate([labels, np.zeros((len(fine), labels.shape[1]), dtype=np.bool_)])
    vectors = learnt_vectors(texts, Task.WORDING, at_most=at_most)
    honest = _honest(texts, Task.WORDING)
    honest[len(examples) :] = False
    everything = fit_all(vectors, labels[:, :1], groups, penalty=ENTRY_PENALTY, honest=honest)
    entrywise = fit_all(
        vectors, labels[:, 1:], groups, penalty=ENTRY_PENALTY, honest=honest, shared_scale=True
    )
    regressions = [*everything.regressions, *entrywise.regressions]
    flagged = everything.held_back[:, 0] >= WARN_FROM
    named = entrywise.held_back.argmax(axis=1) + 1
    trained = []
    for k, name in enumerate(names):
        found = flagged & ((named == k) | (k == 0))
        figures = _flag_figures(found[honest], labels[honest, k])
        store_head(
            name,
            regressions[k],
            digest=digest,
            model=model_for(Task.WORDING),
            examples=int(labels[:, k].sum()),
            threshold=WARN_FROM,
            **figures,
        )
        trained.append(Trained(name, int(labels[:, k].sum()), figures))
    return trained


def _phrasings(entries: list[GuideEntry]) -> list[tuple[str, bool, str]]:
    """(entry, breaks, text): phrasings, the don't-say lines; as fine text do-say lines and reasons."""
    rows: list[tuple[str, bool, str]] = []
    for entry in entries:
        rows.append((entry.slug, True, entry.dont_say))
        rows += [(entry.slug, phrasing.breaks, phrasing.text) for phrasing in entry.phrasings.all()]
        rows += [(entry.slug, False, entry.do_say), (entry.slug, False, entry.why)]
    return rows


def _flag_figures(flagged: Any, labels: Flags) -> dict[str, float]:
    hits = int((flagged & labels).sum())
    precision = hits / int(flagged.sum()) if flagged.any() else 0.0
    recall = hits / int(labels.sum()) if labels.any() else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3)}
