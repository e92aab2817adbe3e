"""Fit the answer check on rows that somebody brings: questions, references, answers, right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from enablement.judges.answer_files import AnswerCheck, rows_hash, save_check
from enablement.judges.answer_model import Flags, Numbers, bag_probabilities, fit_bags, held_out
from enablement.judges.answer_words import answer_words
from enablement.judges.answers import answer_bags
from enablement.judges.judgements import Asked

CORRECT = "correct"
# What a check of ours says is a sentence. Rows whose references are essays count for less.
SENTENCE_WORDS = 30
ESSAY_WEIGHT = 0.05
# Wrong answers that may pass for right without a person, on held-out questions; and answers a person sees.
WRONG_PASSED = 0.04
REVIEWED = 0.28


@dataclass(frozen=True, slots=True)
class GradedRow:
    """One answer that was graded by people. `source` names the set it comes from."""

    source: str
    asked: Asked
    correct: bool


def fit_check(rows: Sequence[GradedRow]) -> dict[str, Any]:
    """Fit the check, save it, and return figures: on questions held out, and on sets held out whole.

    Raises EncoderUnavailable.
    """
    bags = [bag for _, bag in answer_bags([row.asked for row in rows], patience=60.0)]
    kept = [index for index, bag in enumerate(bags) if len(bag)]
    rows, bags = [rows[i] for i in kept], [bags[i] for i in kept]
    labels = np.array([row.correct for row in rows])
    weights = np.array([_weight(row) for row in rows])
    questions = {question: number for number, question in enumerate(sorted({_question(row) for row in rows}))}
    honest = held_out(bags, labels, weights, [questions[_question(row)] for row in rows])
    check = _with_thresholds(fit_bags(bags, labels, weights), honest, labels, weights)
    figures = {
        "examples": len(rows),
        "questions": len(questions),
        "held_out_questions": {
            source: _figures(check, honest[chosen], labels[chosen])
            for source, chosen in _by_source(rows).items()
        },
        "held_out_sets": _across(bags, rows, labels, weights, check),
    }
    texts = [(one.source, one.asked.question, *one.asked.says, one.asked.answer) for one in rows]
    save_check(check, rows_hash=rows_hash(texts), figures=figures)
    return figures


def _question(row: GradedRow) -> str:
    return "\x00".join((row.source, row.asked.question, *row.asked.says))


def _weight(row: GradedRow) -> float:
    words = min(len(answer_words(way).all) for way in row.asked.says)
    return 1.0 if words <= SENTENCE_WORDS else ESSAY_WEIGHT


def _by_source(rows: Sequence[GradedRow]) -> dict[str, Flags]:
    sources = sorted({row.source for row in rows})
    return {source: np.array([row.source == source for row in rows]) for source in sources}


def _with_thresholds(model: Any, honest: Numbers, labels: Flags, weights: Numbers) -> AnswerCheck:
    """Thresholds from held-out probabilities: see WRONG_PASSED and REVIEWED."""
    full = weights == 1.0
    honest, labels = honest[full], labels[full]
    steps = np.linspace(0.3, 0.7, 41)
    met_from = float(max(steps, key=lambda step: float(((honest >= step) == labels).mean())))
    sure_from = max(met_from, float(np.quantile(honest[~labels], 1 - WRONG_PASSED)))
    between = (honest < sure_from) & (honest > met_from)
    left = max(0.0, REVIEWED - float(between.mean()))
    below = np.sort(honest[honest <= met_from])[::-1]
    unsure_from = float(below[min(len(below) - 1, int(left * len(honest)))]) if left else met_from
    return AnswerCheck(model, met_from, unsure_from, sure_from, digest="")


def _across(
    bags: Sequence[Numbers], rows: Sequence[GradedRow], labels: Flags, weights: Numbers, check: AnswerCheck
) -> dict[str, Any]:
    """Each set by a model that saw nothing of it."""
    found = {}
    for source, chosen in _by_source(rows).items():
        if chosen.all():
            continue
        train, test = np.flatnonzero(~chosen).tolist(), np.flatnonzero(chosen).tolist()
        model = fit_bags([bags[i] for i in train], labels[train], weights[train])
        found[source] = _figures(check, bag_probabilities(model, [bags[i] for i in test]), labels[test])
    return found


def _figures(check: AnswerCheck, likely: Numbers, labels: Flags) -> dict[str, float]:
    met = likely >= check.met_from
    sure = (likely <= check.unsure_from) | (likely >= check.sure_from)
    return {
        "n": len(labels),
        "accuracy": round(float((met == labels).mean()), 4),
        "graded_up_when_sure": round(float((met & sure & ~labels).sum() / max(1, (~labels).sum())), 4),
        "review_rate": round(float((~sure).mean()), 4),
        "accuracy_when_sure": round(float((met == labels)[sure].mean()) if sure.any() else 0.0, 4),
    }
