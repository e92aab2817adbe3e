"""How somebody made up answers: an ability that grows, topics they are weak in, outcomes they mix up. Pure.

Whether an answer is right follows the three-parameter logistic model of item response theory: the chance of a
guess, and above it a logistic curve over ability less difficulty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from random import Random
from typing import Final

DIFFICULTY: Final = {"easy": -0.9, "middle": 0.0, "hard": 0.8}
# How much of what is learnt in the whole time, on the scale of ability, and how far people differ in it.
GROWTH: Final = 0.9
# How often somebody who takes one outcome for another does so at the start.
HABIT: Final = 0.55
LEFT_OPEN: Final = 0.02


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as far as answering it goes. `names` may be chosen; `sorts`: they are outcomes."""

    topic: str
    difficulty: str
    guess: float
    names: tuple[str, ...]
    correct: tuple[str, ...]
    sorts: bool = False


@dataclass(slots=True)
class Mind:
    """What one person knows. `takes` maps a true outcome to the one they take it for; `taught` is what they
    have read about a topic since, on the scale of ability."""

    ability: float
    growth: float
    topics: Mapping[str, float]
    takes: Mapping[str, str]
    taught: dict[str, float] = field(default_factory=dict)

    def chance(self, asked: Asked, progress: float) -> float:
        """Return the chance, 0 to 1, of being right when `progress` (0 to 1) of the time has passed."""
        skill = self.ability + self.growth * progress + self.topics.get(asked.topic, 0.0)
        skill += self.taught.get(asked.topic, 0.0)
        curve = 1 / (1 + exp(-1.7 * (skill - DIFFICULTY[asked.difficulty])))
        return asked.guess + (1 - asked.guess) * curve


def make_mind(topics: Sequence[str], outcomes: Sequence[str], random: Random) -> Mind:
    """Return a mind over `topics`; two of three people mix up a pair of `outcomes`."""
    takes = {}
    if len(outcomes) > 1 and random.random() < 0.66:
        true, taken = random.sample(list(outcomes), 2)
        takes[true] = taken
    return Mind(
        ability=random.gauss(0.35, 0.7),
        growth=random.gauss(GROWTH, 0.5),
        topics={topic: random.gauss(0.0, 0.5) for topic in topics},
        takes=takes,
    )


def is_right(mind: Mind, asked: Asked, progress: float, random: Random) -> bool:
    """Whether the person is right this time."""
    return random.random() < mind.chance(asked, progress)


def choose(mind: Mind, asked: Asked, progress: float, random: Random) -> list[str]:
    """Return what the person chooses; nothing where they leave it open."""
    if random.random() < LEFT_OPEN:
        return []
    if asked.sorts:
        habit = mind.takes.get(asked.correct[0], "")
        if habit in asked.names and random.random() < HABIT * (1 - 0.6 * progress):
            return [habit]
    if is_right(mind, asked, progress, random):
        return sorted(asked.correct)
    return wrong_choice(asked, random)


def wrong_choice(asked: Asked, random: Random) -> list[str]:
    """Return a whole answer that is wrong in one place."""
    right = set(asked.correct)
    others = [name for name in asked.names if name not in right]
    if not others:
        return []
    other = random.choice(others)
    part = other.rpartition(":")[0]
    if part:
        return _swapped(asked, other, random)
    if len(right) == 1:
        return [other]
    return sorted(random.choice([right | {other}, right - {random.choice(sorted(right))}]))


def _swapped(asked: Asked, other: str, random: Random) -> list[str]:
    """In a question with parts, give one part another's choice, and where places are given, the reverse."""
    chosen = {name.rpartition(":")[0]: name.rpartition(":")[2] for name in asked.correct}
    part, _, value = other.rpartition(":")
    for name, known in list(chosen.items()):
        if known == value and f"{name}:{chosen[part]}" in asked.names and random.random() < 0.9:
            chosen[name] = chosen[part]
    chosen[part] = value
    return sorted(f"{name}:{place}" for name, place in chosen.items())
