"""What a quiz's drawing comes to, so that whoever sets it up sees what an attempt will be. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from quizzes.drawing import Drawable, DrawRule, draw

# Drawn so often to see what an attempt has at least: which questions are near to one another is up to chance.
TRIALS = 20


@dataclass(frozen=True, slots=True)
class RuleExplained:
    """What one rule finds: `fits` of all questions, of which at most `together` can be in one attempt."""

    rule: DrawRule
    fits: int
    together: int

    @property
    def apart(self) -> int:
        """How many are near to others of them, so that no attempt has them all."""
        return self.fits - self.together

    @property
    def is_short(self) -> bool:
        return self.together < self.rule.count


@dataclass(frozen=True, slots=True)
class Explained:
    """What an attempt has: at least so many `questions` out of `all`, `wanted` of them asked for."""

    all: int
    together: int
    questions: int
    wanted: int
    rules: tuple[RuleExplained, ...]

    @property
    def apart(self) -> int:
        return self.all - self.together

    @property
    def is_short(self) -> bool:
        return self.questions < self.wanted


def explain_drawing(
    questions: Sequence[Drawable[Any]], count: int | None, rules: Sequence[DrawRule]
) -> Explained:
    """Return what `draw` makes of the same arguments."""
    explained = []
    for rule in rules:
        fitting = [question for question in questions if rule.fits(question)]
        explained.append(RuleExplained(rule, len(fitting), _most(fitting, None, ())))
    together = _most(questions, None, ())
    asked_for = sum(rule.count for rule in rules)
    wanted = max(count or 0, asked_for) or together
    least = min(len(draw(questions, count, Random(seed), rules)) for seed in range(TRIALS))
    return Explained(len(questions), together, least, wanted, tuple(explained))


def _most(questions: Sequence[Drawable[Any]], count: int | None, rules: Sequence[DrawRule]) -> int:
    return max(len(draw(questions, count, Random(seed), rules)) for seed in range(TRIALS))
