"""Walking a ladder by yes and no: pure, so that a page, the API and Slack walk the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enablement.models import DecisionQuestion, LadderStep

ANSWERS = {"y": "Yes", "n": "No"}


@dataclass(frozen=True, slots=True)
class Answered:
    """A question on the way, and how it was answered. `back` is the way up to this question."""

    question: DecisionQuestion
    answer: str
    back: str


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a way through the questions has led: to the next `question`, or to an end (`step`, `text`)."""

    way: str
    trail: Sequence[Answered]
    question: DecisionQuestion | None
    step: LadderStep | None
    text: str


def walk(questions: Iterable[DecisionQuestion], way: str) -> Walk:
    """Follow `way` (letters y and n) from the first of `questions`; what leads nowhere is ignored."""
    by_id = {question.pk: question for question in questions}
    here = next(iter(by_id.values()), None)
    trail: list[Answered] = []
    step: LadderStep | None = None
    text, walked = "", ""
    for letter in way:
        if here is None or letter not in ANSWERS:
            break
        trail.append(Answered(here, ANSWERS[letter], walked))
        walked += letter
        yes = letter == "y"
        step, text = (here.yes_step, here.yes_text) if yes else (here.no_step, here.no_text)
        here = by_id.get((here.yes_question_id if yes else here.no_question_id) or 0)
    return Walk(walked, trail, here, step, text)
