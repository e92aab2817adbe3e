"""Fit the answer check on rows that somebody brings: questions, references, answers, right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from enablement.judges.answer_files import AnswerCheck, FittedCheck, is_essay, rows_hash, save_check
from enablement.judges.answer_model import FOLDS, AnswerModel, Flags, Numbers, fit_bags, held_out
from enablement.judges.answers import answer_bags
from enablement.judges.judgements import Asked

CORRECT = "correct"
WANTED = {False: "a sentence", True: "an essay"}
# Wrong answers that may pass for right without a person, on held-out questions; and answers a person sees.
WRONG_PASSED = 0.04
REVIEWED = 0.28


class TooFewRows(ValueError):
    """The rows do not suffice to fit the check. The message is a sentence."""


@dataclass(frozen=True, slots=True)
class GradedRow:
    """One answer that was graded by people. `source` names the set it comes from."""

    source: str
    asked: Asked
    correct: bool


def fit_check(rows: Sequence[GradedRow]) -> dict[str, Any]:
    """Fit the check, save it, and return figures on questions held out, for sentences and for essays.

    Raises EncoderUnavailable, and TooFewRows where there are rows of one kind only.
    """
    bags = [bag for _, bag in answer_bags([row.asked for row in rows], patience=60.0)]
    kept = [(row, bag) for row, bag in zip(rows, bags, strict=True) if len(bag)]
    teaches = {row.source: _are_essays(rows, row.source) for row in rows}
    fitted, figures = {}, {}
    for name, essays in (("sentence", False), ("essay", True)):
        chosen = [(row, bag) for row, bag in kept if teaches[row.source] == essays]
        if len({_question(row) for row, _ in chosen}) < FOLDS:
            raise TooFewRows(f"There are too few questions whose good answers take {WANTED[essays]}.")
        fitted[name], figures[name] = _fit_some([row for row, _ in chosen], [bag for _, bag in chosen])
    texts = [(row.source, row.asked.question, *row.asked.says, row.asked.answer) for row, _ in kept]
    save_check(AnswerCheck(fitted["sentence"], fitted["essay"]), rows_hash=rows_hash(texts), figures=figures)
    return figures


def _are_essays(rows: Sequence[GradedRow], source: str) -> bool:
    """Whether most questions of a set ask for essays: a set is graded by one measure throughout."""
    says = {row.asked.question: row.asked.says for row in rows if row.source == source}
    return 2 * sum(map(is_essay, says.values())) > len(says)


def _fit_some(
    rows: Sequence[GradedRow], bags: Sequence[Numbers]
) -> tuple[FittedCheck, dict[str, float | int]]:
    labels = np.array([row.correct for row in rows])
    questions = {name: number for number, name in enumerate(sorted({_question(row) for row in rows}))}
    honest = held_out(bags, labels, [questions[_question(row)] for row in rows])
    check = _with_thresholds(fit_bags(bags, labels), honest, labels)
    return check, {"questions": len(questions), **_figures(check, honest, labels)}


def _question(row: GradedRow) -> str:
    return "\x00".join((row.source, row.asked.question, *row.asked.says))


def _with_thresholds(model: AnswerModel, honest: Numbers, labels: Flags) -> FittedCheck:
    """Thresholds from held-out probabilities: see WRONG_PASSED and REVIEWED."""
    steps = np.linspace(0.3, 0.7, 41)
    met_from = float(max(steps, key=lambda step: float(((honest >= step) == labels).mean())))
    sure_from = max(met_from, float(np.quantile(honest[~labels], 1 - WRONG_PASSED)))
    between = (honest < sure_from) & (honest > met_from)
    left = max(0.0, REVIEWED - float(between.mean()))
    below = np.sort(honest[honest <= met_from])[::-1]
    unsure_from = float(below[min(len(below) - 1, int(left * len(honest)))]) if left else met_from
    return FittedCheck(model, met_from, unsure_from, sure_from)


def _figures(check: FittedCheck, likely: Numbers, labels: Flags) -> dict[str, float]:
    met = likely >= check.met_from
    sure = (likely <= check.unsure_from) | (likely >= check.sure_from)
    return {
        "n": len(labels),
        "accuracy": round(float((met == labels).mean()), 4),
        "graded_up_when_sure": round(float((met & sure & ~labels).sum() / max(1, (~labels).sum())), 4),
        "review_rate": round(float((~sure).mean()), 4),
        "accuracy_when_sure": round(float((met == labels)[sure].mean()) if sure.any() else 0.0, 4),
    }
