"""Kinds that are answered by choosing one or several options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from quizzes.grading import Grade, Key, chosen_in, grade_choices, grade_sort, key_problem, read_choice
from quizzes.kinds.rules import Rules


@dataclass(frozen=True, slots=True)
class Picks(Rules):
    """Options to choose from. `keeps_order` shows them as written, so that they are found blindly."""

    keeps_order: bool = False
    only_one: bool = True

    def shown_order(self, names: Sequence[str], random: Random) -> list[str]:
        shown = list(names)
        if not self.keeps_order:
            random.shuffle(shown)
        return shown

    def from_form(self, values: Sequence[str]) -> dict[str, Any]:
        return {"chosen": [value for value in values if value]}

    def read(self, response: object, names: Sequence[str]) -> dict[str, Any]:
        return read_choice(response, allowed=names, only_one=self.only_one)

    def is_same(self, response: Mapping[str, Any], stored: Mapping[str, Any] | None) -> bool:
        return sorted(response["chosen"]) == sorted(chosen_in(stored))

    def is_given(self, response: Mapping[str, Any] | None, names: Sequence[str]) -> bool:
        return bool(chosen_in(response))

    def key_problem(self, correct: object, names: Sequence[str]) -> str:
        return key_problem(correct, options=names, only_one=self.only_one)

    def grade(self, key: Key, response: Mapping[str, Any] | None) -> Grade:
        return grade_choices(key, chosen_in(response))

    def guessing_rate(self, names: Sequence[str]) -> float:
        """One of n; of several, any choice but none at all is a guess: one of 2^n - 1."""
        return 1 / (len(names) if self.only_one else 2 ** len(names) - 1)


@dataclass(frozen=True, slots=True)
class Sorting(Picks):
    """One choice of which the direction of the error matters: what was taken for what."""

    keeps_order: bool = True

    def grade(self, key: Key, response: Mapping[str, Any] | None) -> Grade:
        return grade_sort(key, chosen_in(response))
