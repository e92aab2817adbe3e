"""Kinds of which a question has parts, each answered by one choice; the whole is right or it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial
from random import Random
from typing import Any

from quizzes.grading import Grade, Key, chosen_in, grade_parts, read_parts
from quizzes.kinds.picks import Picks
from quizzes.kinds.rules import PART_END, part_of, parts_in

STORIES = ("1", "2")


@dataclass(frozen=True, slots=True)
class Parted(Picks):
    """One choice for each part. The parts are shown in an order of their own in each attempt."""

    def shown_order(self, names: Sequence[str], random: Random) -> list[str]:
        parts = parts_in(names)
        random.shuffle(parts)
        return [name for part in parts for name in names if part_of(name) == part]

    def read(self, response: object, names: Sequence[str]) -> dict[str, Any]:
        return read_parts(response, allowed=names, part_of=part_of)

    def is_given(self, response: Mapping[str, Any] | None, names: Sequence[str]) -> bool:
        return {part_of(name) for name in chosen_in(response)} == set(parts_in(names))

    def grade(self, key: Key, response: Mapping[str, Any] | None) -> Grade:
        return grade_parts(key, chosen_in(response), part_of)

    def key_problem(self, correct: object, names: Sequence[str]) -> str:
        if not isinstance(correct, list) or not set(correct) <= set(names):
            return "Say for each part what is right, by names that there are."
        if sorted(map(part_of, correct)) != sorted(parts_in(names)):
            return "Say for each part, once, what is right."
        return self._pattern_problem([name.rpartition(PART_END)[2] for name in correct])

    def _pattern_problem(self, choices: Sequence[str]) -> str:
        return "" if len(set(choices)) == len(choices) else "Two parts have the same right answer."


@dataclass(frozen=True, slots=True)
class FlipPair(Parted):
    """Two stories that differ in one fact, so that the right answer to them differs too."""

    def names(self, options: Sequence[str]) -> list[str]:
        return [f"{story}{PART_END}{option}" for story in STORIES for option in options]

    def choice_text(self, name: str, texts: Mapping[str, str]) -> str:
        option = name.rpartition(PART_END)[2]
        return texts.get(option, option)

    def part_text(self, part: str, texts: Mapping[str, str], stories: Sequence[str]) -> str:
        return stories[STORIES.index(part)] if part in STORIES and len(stories) == len(STORIES) else ""

    def guessing_rate(self, names: Sequence[str]) -> float:
        """One of n (n - 1), n being the answers to a story: whoever guesses knows that the two differ."""
        answers = len(names) // len(STORIES)
        return 1 / max(1, answers * (answers - 1))


@dataclass(frozen=True, slots=True)
class Ordering(Parted):
    """Steps, each of which gets its number."""

    def names(self, options: Sequence[str]) -> list[str]:
        return [f"{option}{PART_END}{place}" for option in options for place in range(1, len(options) + 1)]

    def is_given(self, response: Mapping[str, Any] | None, names: Sequence[str]) -> bool:
        places = [name.rpartition(PART_END)[2] for name in chosen_in(response)]
        # Slots and super() without arguments do not go together in a data class.
        return len(set(places)) == len(places) and Parted.is_given(self, response, names)

    def choice_text(self, name: str, texts: Mapping[str, str]) -> str:
        return name.rpartition(PART_END)[2]

    def part_text(self, part: str, texts: Mapping[str, str], stories: Sequence[str]) -> str:
        return texts.get(part, part)

    def summary(self, names: Sequence[str], texts: Mapping[str, str]) -> list[str]:
        places = sorted(names, key=lambda name: int(name.rpartition(PART_END)[2]))
        return [f"{self.choice_text(name, texts)}. {texts.get(part_of(name), '')}" for name in places]

    def guessing_rate(self, names: Sequence[str]) -> float:
        return 1 / factorial(len(parts_in(names)))
