"""What a language model says of an answer, checked, and weighed against the local judge. Pure.

The local judge's grade is the one that is given. A model that sees it otherwise takes nothing up or down: it
sends the answer to a person, who sees both. So nothing that a model is talked into raises a grade.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quizzes.grading.guards import guard, read_span
from quizzes.grading.rubrics import Outcome, Rubric, RubricGrade

# A quote of fewer letters may stand anywhere.
MIN_QUOTE = 4
# Scores further apart than this are looked at by a person: of three checks, one may differ.
DIFFERS = 0.34


class _Seen(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    met: bool
    quote: str = Field(max_length=4_000)


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    checks: dict[str, _Seen]


@dataclass(frozen=True, slots=True)
class SeenCheck:
    """A check as a model sees it. Met, `start` and `end` count characters of the answer as it was written."""

    met: bool
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model sees, by the name of the check, and the model's name."""

    checks: dict[str, SeenCheck]
    model: str

    def score(self, rubric: Rubric) -> float:
        return sum(self.checks[check.name].met for check in rubric.checks) / len(rubric.checks)

    def outcome(self, rubric: Rubric) -> Outcome:
        met = sum(self.checks[check.name].met for check in rubric.checks)
        return Outcome.MET if met >= rubric.needed else Outcome.NOT_MET


def read_opinion(reply: str, rubric: Rubric, answer: str, model: str) -> Opinion:
    """Return what a reply claims, every claim shown by words of the answer. Raises ValueError.

    What is no answer (orders, blocks that look like a grade, copies) cannot be quoted.
    """
    try:
        seen = _Reply.model_validate_json(reply.strip()).checks
    except ValidationError as error:
        raise ValueError("not in the form that was asked for") from error
    if seen.keys() != {check.name for check in rubric.checks}:
        raise ValueError("other checks than those asked for")
    text = guard(answer, rubric.known).text
    return Opinion({name: _seen(row, text, answer) for name, row in seen.items()}, model)


def _seen(row: _Seen, text: str, answer: str) -> SeenCheck:
    if row.met != bool(row.quote.strip()):
        raise ValueError("a quote where a check is not met, or none where it is")
    if not row.met:
        return SeenCheck(met=False)
    start = text.find(row.quote.strip())
    if len(row.quote.strip()) < MIN_QUOTE or start < 0:
        raise ValueError("a quote that does not stand in the answer")
    return SeenCheck(True, *read_span(answer, start, start + len(row.quote.strip())))


def weigh(rubric: Rubric, local: RubricGrade, opinion: Opinion | None) -> RubricGrade:
    """The local grade, left open for a person where a model comes to another outcome or a far other score."""
    if opinion is None or local.outcome == Outcome.OPEN:
        return local
    far = abs(opinion.score(rubric) - local.score) > DIFFERS
    # What must not be said is the local judge's to find, so there the scores are not compared.
    same = opinion.outcome(rubric) == local.outcome and not far
    return local if same or local.said else replace(local, outcome=Outcome.OPEN)


def claims_all(rubric: Rubric, words: Collection[str]) -> dict[str, object]:
    """The reply of a model that obeys every order in an answer: each check met, by the first of `words`."""
    quote = next(iter(words), "")
    return {"checks": {check.name: {"met": bool(quote), "quote": quote} for check in rubric.checks}}
