"""Which items to look at, and why. Pure. Nothing is concluded from fewer than thirty answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from enablement.numbers import per_cent
from quizzes.statistics.measures import ItemFigures, OptionFigures, Reliability

# About thirty answers are of some help, and a hundred to be relied on.
FEWEST: Final = 30
RELIED_ON: Final = 100
# OppiaMobile: under 30 % or over 90 % right needs attention. (Blackboard looks from 80 % on already.)
TOO_HARD, TOO_EASY = 0.30, 0.90
# Blackboard looks at items under 0.1; R's `performance` takes 0.2 for the least that is acceptable.
POOR, WEAK = 0.1, 0.2
# Moodle: a coefficient of internal consistency over 75 % is good, under 64 % unsatisfactory.
CONSISTENT, INCONSISTENT = 0.75, 0.64


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the figures of an item say. Under FEWEST answers it is not `judged`, and there is no reason."""

    judged: bool
    reasons: tuple[str, ...] = ()

    @property
    def needs_a_look(self) -> bool:
        return bool(self.reasons)

    @property
    def label(self) -> str:
        if not self.judged:
            return "Too few answers"
        return "Look at it" if self.reasons else "Fine"


def verdict(figures: ItemFigures, correct: Collection[str], guessing_rate: float) -> Verdict:
    """Return what to look at. `correct` are the names of right options, `guessing_rate` 0 to 1."""
    if figures.n < FEWEST:
        return Verdict(judged=False)
    reasons = [
        *_about_difficulty(figures.difficulty, guessing_rate),
        *_about_discrimination(figures.discrimination),
        *_about_options(figures.options, correct),
    ]
    return Verdict(judged=True, reasons=tuple(reasons))


def consistency(found: Reliability | None) -> str:
    """Say in a sentence how far the quiz tells people apart."""
    if found is None or found.people < FEWEST:
        return f"Too few finished attempts to tell: it takes {FEWEST}."
    if found.alpha >= CONSISTENT:
        return "Good: scores of this quiz tell people apart."
    if found.alpha >= INCONSISTENT:
        return "Middling: read a single score with care."
    return "Weak: a single score of this quiz says little about a person."


def _about_difficulty(difficulty: float, guessing_rate: float) -> Iterator[str]:
    if guessing_rate and difficulty <= guessing_rate:
        right, guessed = per_cent(100 * difficulty), per_cent(100 * guessing_rate)
        yield f"No more people are right ({right}) than by guessing ({guessed})."
    elif difficulty < TOO_HARD:
        yield f"Hard: {per_cent(100 * difficulty)} are right. Is it taught, and is the key right?"
    elif difficulty > TOO_EASY:
        yield f"Easy: {per_cent(100 * difficulty)} are right, so it tells hardly anybody apart."


def _about_discrimination(discrimination: float | None) -> Iterator[str]:
    if discrimination is None:
        return
    if discrimination < 0:
        yield "Who does well on the rest does worse here. Check the key first."
    elif discrimination < POOR:
        yield "Who does well on the rest does no better here. It may be unclear."
    elif discrimination < WEAK:
        yield "It tells those who know from those who do not only weakly."


def _about_options(options: Collection[OptionFigures], correct: Collection[str]) -> Iterator[str]:
    right = [one.rest for one in options if one.name in correct and one.rest is not None]
    wrong = [one for one in options if one.name not in correct]
    for one in wrong:
        strong = right and one.rest is not None and one.count >= 5 and one.rest > max(right)
        if strong:
            yield f"Option {one.name} is chosen by people who do better than those who choose the right one."
    if unused := [one.name for one in wrong if not one.count]:
        yield f"Nobody chooses {', '.join(unused)}: another wrong answer may teach more."
