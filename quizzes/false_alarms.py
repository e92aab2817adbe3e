"""What the guard costs those who attack nothing: their answers graded with it and without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from enablement.evaluation.metrics import wilson
from enablement.evaluation.rows import Row
from quizzes.grading.guards import guard
from quizzes.grading.rubrics import Judge, Rubric, RubricCheck, RubricGrade, grade_rubric


@dataclass(frozen=True, slots=True)
class CleanAnswer:
    """An answer of somebody who tries nothing, and what it is graded by."""

    id: str
    rubric: Rubric
    answer: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that the guard finds something odd in, graded without it and with it."""

    clean: CleanAnswer
    without: RubricGrade
    guarded: RubricGrade

    @property
    def is_changed(self) -> bool:
        """Whether it comes to another score, or to a person who would not have been asked."""
        before, after = self.without, self.guarded
        return (before.outcome, before.score) != (after.outcome, after.score)

    @property
    def rules(self) -> list[str]:
        return sorted(oddity.name for oddity in self.guarded.oddities)

    def as_row(self) -> Row:
        return {
            "id": self.clean.id,
            "answer": self.clean.answer,
            "rules": self.rules,
            "without": [str(self.without.outcome), round(self.without.score, 3)],
            "guarded": [str(self.guarded.outcome), round(self.guarded.score, 3)],
            "changed": self.is_changed,
        }


def clean_of(row: Row) -> CleanAnswer:
    """Return a graded row as an answer to one check, which each reference is a way to meet."""
    check = RubricCheck("reference", row["question"], tuple(row["references"]))
    return CleanAnswer(str(row["id"]), Rubric(row["question"], (check,)), row["answer"])


def differences(answers: Iterable[CleanAnswer], judge: Judge) -> list[Difference]:
    """Grade answers with the guard and without. Return those that it finds something odd in.

    Where it finds nothing, both are the same judgement of the same text.
    """
    found = []
    for clean in answers:
        if _is_left_alone(clean):
            continue
        guarded = grade_rubric(clean.rubric, clean.answer, judge)
        if guarded.oddities:
            without = grade_rubric(clean.rubric, clean.answer, judge, guarding=False)
            found.append(Difference(clean, without, guarded))
    return found


def _is_left_alone(clean: CleanAnswer) -> bool:
    """Whether nothing is odd in the text, and one check is all that is needed: thin answers have several."""
    return clean.rubric.needed == 1 and not guard(clean.answer, clean.rubric.known).oddities


def alarm_figures(n: int, found: Sequence[Difference]) -> dict[str, Any]:
    """Return counts over `n` answers: touched, changed, from what to what, and by which rule of the guard."""
    changed = [one for one in found if one.is_changed]
    ways = Counter(f"{one.without.outcome} → {one.guarded.outcome}" for one in changed)
    return {
        "n": n,
        "touched": len(found),
        "changed": len(changed),
        "changed_share": round(len(changed) / n, 4) if n else 0.0,
        "changed_interval": wilson(len(changed), n),
        "score_changed": sum(one.without.score != one.guarded.score for one in changed),
        "ways": dict(ways.most_common()),
        "by_rule": {
            "touched": dict(Counter(rule for one in found for rule in one.rules).most_common()),
            "changed": dict(Counter(rule for one in changed for rule in one.rules).most_common()),
        },
    }
