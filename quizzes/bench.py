"""The gold set: answers whose grades are known, and the badge that the grading earns on them.

The answers are our own, so they are a gate against getting worse, not evidence of how good the grading is.
Questions that are `held_back` are left alone when the grading is changed; their figures are given apart.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from enablement.evaluation.metrics import share, wilson
from quizzes.grading.rubrics import JUDGE, Judge, Outcome, Rubric, RubricGrade, grade_rubric, read_rubric

ITEMS, BENCH = "free_text.yaml", "bench.yaml"
# The gate (issue 6): right in so many cases, no adversarial answer graded up, so few left to a person.
ACCURACY, REVIEW = 0.92, 0.15


class Adversarial(BaseModel):
    """An answer that tries to get a grade it does not deserve."""

    model_config = ConfigDict(extra="forbid")
    kind: str
    text: str


class Samples(BaseModel):
    """The known answers to one question."""

    model_config = ConfigDict(extra="forbid")
    held_back: bool = False
    correct: list[str]
    incorrect: list[str]
    adversarial: list[Adversarial]


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer with the grade it should get. `kind` is empty where nobody tries anything."""

    question: str
    rubric: Rubric
    answer: str
    correct: bool
    kind: str
    held_back: bool


def read_bench(fixtures: Path) -> list[Sample]:
    """Read the known answers of every lesson's folder."""
    return [
        sample
        for folder in sorted(fixtures.iterdir())
        if (folder / BENCH).is_file()
        for sample in _read_folder(folder)
    ]


def run_bench(samples: Sequence[Sample], judge: Judge) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Grade every sample. Return figures and a row for each."""
    rows = [_row(sample, grade_rubric(sample.rubric, sample.answer, judge)) for sample in samples]
    held = [row for row in rows if row["held_back"]]
    figures = _figures(rows)
    passed = (
        figures["accuracy"] >= ACCURACY
        and figures["graded_up_adversarial"] == 0
        and figures["review_rate"] <= REVIEW
    )
    return {"passed": passed, **figures, "held_back": _figures(held)}, rows


def fingerprint(samples: Sequence[Sample], judge: str) -> str:
    """Return a hash over what a badge is for: rubrics and answers, the rules, and the judge's own digest."""
    parts = [rules_digest(), judge, *(f"{sample}" for sample in samples)]
    return sha256("\x00".join(parts).encode()).hexdigest()


@functools.cache
def rules_digest() -> str:
    """Return a hash over the rules that make grades of judgements: any change voids what was earned."""
    rules = Path(__file__).with_name("grading")
    code = b"".join((rules / name).read_bytes() for name in ("guards.py", "rubrics.py"))
    return f"{JUDGE}:{sha256(code).hexdigest()[:12]}"


def _read_folder(folder: Path) -> list[Sample]:
    items = yaml.safe_load((folder / ITEMS).read_text(encoding="utf-8"))
    rubrics = {item["slug"]: read_rubric(item["prompt"], item) for item in items}
    bench = yaml.safe_load((folder / BENCH).read_text(encoding="utf-8"))
    found = []
    for slug, given in bench.items():
        samples = Samples.model_validate(given)
        answers = [(text, True, "") for text in samples.correct]
        answers += [(text, False, "") for text in samples.incorrect]
        answers += [(row.text, False, row.kind) for row in samples.adversarial]
        found += [
            Sample(slug, rubrics[slug], text, correct, kind, samples.held_back)
            for text, correct, kind in answers
        ]
    return found


def _row(sample: Sample, grade: RubricGrade) -> dict[str, Any]:
    return {
        "question": sample.question,
        "answer": sample.answer,
        "kind": sample.kind,
        "held_back": sample.held_back,
        "correct": sample.correct,
        "outcome": str(grade.outcome),
        "score": round(grade.score, 3),
        "checks": {check.name: [str(check.outcome), check.confidence, check.quote] for check in grade.checks},
        "said": [check.quote for check in grade.said],
        "oddities": sorted(oddity.name for oddity in grade.oddities),
    }


def _figures(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    decided = [row for row in rows if row["outcome"] != Outcome.OPEN]
    right = [(row["outcome"] == Outcome.MET) == row["correct"] for row in decided]
    raised = [row for row in decided if row["outcome"] == Outcome.MET and not row["correct"]]
    return {
        "n": len(rows),
        "adversarial": sum(bool(row["kind"]) for row in rows),
        "accuracy": share(right),
        "accuracy_interval": wilson(sum(right), len(right)),
        "graded_up": len(raised),
        "graded_up_adversarial": sum(bool(row["kind"]) for row in raised),
        "graded_down": sum(row["correct"] and row["outcome"] == Outcome.NOT_MET for row in rows),
        "review_rate": share([row["outcome"] == Outcome.OPEN for row in rows]),
    }
