"""Grades of choice items and of sorted statements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

# Stored with every grade, so that grades given under older rules can be found and given anew.
JUDGE = "choices-1"


@dataclass(frozen=True, slots=True)
class Key:
    """What is right: `correct` are names out of `options`."""

    options: Sequence[str]
    correct: Collection[str]


@dataclass(frozen=True, slots=True)
class Check:
    """One yes/no check: whether the option `name` was ticked or left as it should have been."""

    name: str
    met: bool


@dataclass(frozen=True, slots=True)
class Grade:
    """How an answer came out.

    `score` is 1.0 or 0.0: several choices count together or not at all, because a pitch with one false
    claim is a false pitch. `checks` say which options were right one by one; there are none for an
    unanswered question, which is wrong and marked as unanswered. `chosen` and `true` are the outcomes of a
    sorted statement (the direction of the error), empty for every other kind.
    """

    answered: bool
    correct: bool
    score: float
    checks: tuple[Check, ...] = ()
    chosen: str = ""
    true: str = ""
    judge: str = JUDGE

    @property
    def checks_met(self) -> int:
        return sum(check.met for check in self.checks)


def grade_choices(key: Key, chosen: Collection[str]) -> Grade:
    """Grade one or several choices: right when exactly the correct options are chosen."""
    if not chosen:
        return Grade(answered=False, correct=False, score=0.0)
    checks = tuple(Check(name, (name in chosen) == (name in key.correct)) for name in key.options)
    correct = all(check.met for check in checks)
    return Grade(answered=True, correct=correct, score=float(correct), checks=checks)


def grade_parts(key: Key, chosen: Collection[str], part_of: Callable[[str], str]) -> Grade:
    """Grade a question with parts: right when every part is. One check a part says which were."""
    parts = list(dict.fromkeys(part_of(name) for name in key.options))
    if {part_of(name) for name in chosen} != set(parts):
        return Grade(answered=False, correct=False, score=0.0)
    right = {part_of(name): name for name in key.correct}
    checks = tuple(Check(part, right.get(part) in chosen) for part in parts)
    correct = all(check.met for check in checks)
    return Grade(answered=True, correct=correct, score=float(correct), checks=checks)


def grade_sort(key: Key, chosen: Collection[str]) -> Grade:
    """Grade a sorted statement, and keep what was chosen beside what is true."""
    (true,) = key.correct
    if not chosen:
        return Grade(answered=False, correct=False, score=0.0, true=true)
    (name,) = chosen
    correct = name == true
    return Grade(answered=True, correct=correct, score=float(correct), chosen=name, true=true)
