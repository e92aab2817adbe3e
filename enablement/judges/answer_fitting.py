"""Fit the answer check on rows that somebody brings: questions, references, answers, right or wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from enablement.judges.answer_features import FEATURES
from enablement.judges.answer_files import (
    LEARNT,
    AnswerCheck,
    FittedCheck,
    is_essay,
    rows_hash,
    save_check,
)
from enablement.judges.answer_model import FOLDS, AnswerModel, Flags, Numbers, fit_bags, held_out
from enablement.judges.answers import answer_bags, with_learnt
from enablement.judges.judgements import Asked

CORRECT = "correct"
WANTED = {"sentence": "a sentence", "plain": "a sentence", "essay": "an essay"}
# What is left of the features beside the adapters’: fewer carry further to a module left out.
BESIDE = {
    *("new_f1", "new_recall", "denial_parity", "opposites", "unknown_words", "cosine_beyond_question"),
    *LEARNT,
}
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


def fit_check(rows: Sequence[GradedRow], learnt: Sequence[Numbers]) -> dict[str, Any]:
    """Fit the check, save it, and return figures on questions held out.

    `learnt` is what adapters that have not seen a row's question make of its pairs, (k, 2); the check of
    sentences is fitted on the rows that have some. Raises EncoderUnavailable, and TooFewRows where there are
    rows of one kind only.
    """
    essays = {source for source in {row.source for row in rows} if are_essays(rows, source)}
    bags = [bag for _, bag in answer_bags([row.asked for row in rows], patience=60.0)]
    told = [n for n, bag in enumerate(bags) if len(bag)]
    long = [n for n in told if rows[n].source in essays]
    short = [n for n in told if rows[n].source not in essays]
    unseen = [n for n in short if len(learnt[n])]
    taught = {
        "sentence": (unseen, [_beside(with_learnt(bags[n], learnt[n])) for n in unseen]),
        "essay": (long, [bags[n] for n in long]),
        "plain": (short, [bags[n] for n in short]),
    }
    found, figures = {}, {}
    for name, (numbers, chosen) in taught.items():
        taken = [rows[number] for number in numbers]
        if len({_question(row) for row in taken}) < FOLDS:
            raise TooFewRows(f"There are too few questions whose good answers take {WANTED[name]}.")
        found[name], figures[name] = _fit_some(taken, chosen)
    texts = [
        (rows[n].source, rows[n].asked.question, *rows[n].asked.says, rows[n].asked.answer) for n in told
    ]
    check = AnswerCheck(found["sentence"], found["essay"], found["plain"])
    save_check(check, rows_hash=rows_hash(texts), figures=figures)
    return figures


def _beside(bag: Numbers) -> Numbers:
    """The features with those at nought that carry nothing BESIDE the adapters’; they get no weight then."""
    return np.where([name in BESIDE for name in (*FEATURES, *LEARNT)], bag, 0.0)


def are_essays(rows: Sequence[GradedRow], source: str) -> bool:
    """Whether most questions of a set ask for essays: a set is graded by one measure throughout."""
    says = {row.asked.question: row.asked.says for row in rows if row.source == source}
    return 2 * sum(map(is_essay, says.values())) > len(says)


def question_folds(rows: Sequence[GradedRow], count: int) -> list[int]:
    """Return a fold for each row: of like sizes, and questions that share a way to answer in the same one."""
    together: dict[str, str] = {}

    def first(way: str) -> str:
        while together.setdefault(way, way) != way:
            way = together[way]
        return way

    for row in rows:
        for way in row.asked.says:
            together[first(way)] = first(row.asked.says[0])
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[first(row.asked.says[0])].append(number)
    sizes, folds = [0] * count, [0] * len(rows)
    for _, numbers in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        fold = sizes.index(min(sizes))
        sizes[fold] += len(numbers)
        for number in numbers:
            folds[number] = fold
    return folds


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
