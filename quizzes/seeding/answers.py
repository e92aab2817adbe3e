"""One made-up answer with its grade. Pure but for the question's own rules, which grade it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from quizzes.grading import Grade, Key
from quizzes.grading.rubrics import Outcome
from quizzes.grading.written import WrittenCheck
from quizzes.kinds.written import LEFT_OPEN as UNWRITTEN
from quizzes.seeding.answering import LEFT_OPEN, Mind, choose, is_right
from quizzes.seeding.material import Item

# What somebody writes who knows none of it.
BLANKS = ("I would ask a colleague.", "It depends on the customer.", "We would look at that together.")
# Who gave the grade: no judge of ours did.
JUDGE = "made up"
# How many answers in one's own words wait for a person, of those given lately.
WAITING = 0.12


@dataclass(frozen=True, slots=True)
class Made:
    """An answer: the order shown, the response, and its grade; None where it waits for a person."""

    order: list[str]
    response: dict[str, Any]
    grade: Grade | None


def make_answer(item: Item, mind: Mind, progress: float, random: Random) -> Made:
    """Answer a question at `progress` (0 to 1) of the time."""
    if item.rubric is not None:
        return _written(item, mind, progress, random)
    rules = item.question.rules
    order = rules.shown_order(item.names, random)
    response = {"chosen": choose(mind, item.asked, progress, random)}
    grade = rules.grade(Key(order, item.asked.correct), response)
    return Made(order, response, grade)


def left_open(item: Item, random: Random) -> Made:
    """Leave a question open."""
    rules = item.question.rules
    order = rules.shown_order(item.names, random)
    return Made(order, rules.from_form([]), rules.grade(Key(order, item.asked.correct), rules.from_form([])))


def _written(item: Item, mind: Mind, progress: float, random: Random) -> Made:
    rubric = item.rubric
    assert rubric is not None
    if random.random() < LEFT_OPEN:
        return Made([], {"text": ""}, UNWRITTEN)
    text, checks = "", []
    for check in rubric.checks:
        met = is_right(mind, item.asked, progress, random)
        said = random.choice(check.says) if met else ""
        start = len(text)
        text = f"{text}{said} " if said else text
        outcome = str(Outcome.MET if met else Outcome.NOT_MET)
        checks.append(WrittenCheck(check.name, met, check.title, outcome, start, start + len(said), said))
    if not text:
        text = random.choice(BLANKS)
        checks = [WrittenCheck(one.name, False, one.title, str(Outcome.NOT_MET)) for one in checks]
    if progress > 0.9 and random.random() < WAITING:
        return Made([], {"text": text.strip()}, None)
    count = sum(check.met for check in checks)
    grade = Grade(
        answered=True,
        correct=count >= rubric.needed,
        score=count / len(checks),
        checks=tuple(checks),
        judge=JUDGE,
    )
    return Made([], {"text": text.strip()}, grade)
