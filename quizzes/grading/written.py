"""Rubric grades as they are stored with an answer. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from quizzes.grading.choices import Check, Grade
from quizzes.grading.opinions import Opinion
from quizzes.grading.rubrics import JUDGE, GradedCheck, Outcome, Rubric, RubricGrade

BY_PERSON = "person"


@dataclass(frozen=True, slots=True)
class WrittenCheck(Check):
    """A check of an answer in one's own words: what it asks, and the words of the answer that decide it.

    `start` and `end` count characters of the answer. `spoils` marks what must not be said: met, it makes the
    answer wrong. `model` is what a language model came to (an Outcome, empty where none was asked), by
    the words of `model_quote`.
    """

    title: str = ""
    outcome: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    spoils: bool = False
    model: str = ""
    model_start: int = 0
    model_end: int = 0
    model_quote: str = ""


MUST_NOT = "Does the answer say what must not be said?"


def written_checks(
    rubric: Rubric, grade: RubricGrade, opinion: Opinion | None = None, answer: str = ""
) -> tuple[WrittenCheck, ...]:
    """Return the checks of a grade with their titles; those that spoil the answer last.

    `opinion` is a language model's on the same `answer`: it stands beside the judge's.
    """
    titles = {check.name: check.title for check in rubric.checks}
    return (
        *(_beside(_written(check, titles[check.name]), opinion, answer) for check in grade.checks),
        *(_written(check, MUST_NOT, spoils=True) for check in grade.said),
    )


def kept_checks(rows: Sequence[Mapping[str, Any]]) -> list[WrittenCheck]:
    """Return stored checks as what they were."""
    known = {field.name for field in fields(WrittenCheck)}
    return [WrittenCheck(**{k: v for k, v in row.items() if k in known}) for row in rows]


def grade_of(
    rubric: Rubric, grade: RubricGrade, judge: str, opinion: Opinion | None = None, answer: str = ""
) -> Grade:
    """Return the grade of an answer that needs no person. `judge` is the digest of the answer check."""
    return Grade(
        answered=True,
        correct=grade.outcome == Outcome.MET,
        score=grade.score,
        checks=written_checks(rubric, grade, opinion, answer),
        judge=f"{JUDGE}:{judge}",
    )


def grade_by_person(
    rubric: Rubric, proposed: Sequence[WrittenCheck], met: Collection[str], spoilt: bool
) -> Grade:
    """Return the grade that a person gives: the checks named in `met`, and whether something spoils it."""
    words = {check.name: check for check in proposed}
    checks = tuple(_decided(check.name, check.title, words, check.name in met) for check in rubric.checks)
    count = sum(check.met for check in checks)
    return Grade(
        answered=True,
        correct=count >= rubric.needed and not spoilt,
        score=0.0 if spoilt else count / len(checks),
        checks=(*checks, *(check for check in proposed if check.spoils and spoilt)),
        judge=BY_PERSON,
    )


def _written(check: GradedCheck, title: str, *, spoils: bool = False) -> WrittenCheck:
    return WrittenCheck(
        name=check.name,
        # What spoils an answer counts as a check that is not as it should be.
        met=check.outcome == Outcome.MET and not spoils,
        title=title,
        outcome=str(check.outcome),
        start=check.start,
        end=check.end,
        quote=check.quote if check.outcome != Outcome.NOT_MET else "",
        spoils=spoils,
    )


def _beside(check: WrittenCheck, opinion: Opinion | None, answer: str) -> WrittenCheck:
    if opinion is None:
        return check
    seen = opinion.checks[check.name]
    return replace(
        check,
        model=str(Outcome.MET if seen.met else Outcome.NOT_MET),
        model_start=seen.start,
        model_end=seen.end,
        model_quote=answer[seen.start : seen.end],
    )


def _decided(name: str, title: str, words: dict[str, WrittenCheck], met: bool) -> WrittenCheck:
    known = words.get(name)
    outcome = str(Outcome.MET if met else Outcome.NOT_MET)
    if known is None:
        return WrittenCheck(name, met, title, outcome)
    if not met:
        known = replace(known, start=0, end=0, quote="")
    return replace(known, met=met, title=title, outcome=outcome)
