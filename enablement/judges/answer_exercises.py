"""Answers dealt out to learn from: which answer beside which ways to say it, in which order. Pure.

Answers to one question share a batch, so that its ways are read once, and only the answers tell right from
wrong.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enablement.judges.short_answers import AnsweredQuestion

# Answers to one question that stand together, and such groups in a batch.
TOGETHER, GROUPS = 16, 4
# How often another right answer stands in for the ways to say it, where all right answers say the same.
STAND_IN = 0.4


@dataclass(frozen=True, slots=True)
class Exercise:
    """An answer, the ways to say what it should say (each is enough), and whether it says it."""

    ways: tuple[str, ...]
    answer: str
    correct: bool


def batches(questions: Sequence[AnsweredQuestion], order: random.Random) -> Iterator[list[Exercise]]:
    """Every answer once, in an order that changes."""
    groups = [group for question in questions for group in _groups(question, order)]
    order.shuffle(groups)
    for start in range(0, len(groups), GROUPS):
        yield [exercise for group in groups[start : start + GROUPS] for exercise in group]


def _groups(question: AnsweredQuestion, order: random.Random) -> Iterator[list[Exercise]]:
    answers = order.sample(question.answers, len(question.answers))
    right = [text for text, correct in answers if correct]
    for start in range(0, len(answers), TOGETHER):
        stands_in = question.alike and bool(right) and order.random() < STAND_IN
        other = order.choice(right) if stands_in else ""
        yield [
            Exercise((other,) if stands_in and other != text else question.says, text, correct)
            for text, correct in answers[start : start + TOGETHER]
        ]
