"""What every kind of question must be able to say about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from quizzes.grading import Grade, Key

PART_END = ":"
# Options are called by letters, in the order in which they are stored.
OPTION_NAMES = "abcdefghij"


@dataclass(frozen=True, slots=True)
class Rules(ABC):
    """How questions of one kind are asked, answered and graded.

    `ask` is the instruction that goes with a question, and `hides_ask` leaves it to the controls to say so.
    `quotes` is for questions of which the prompt is what somebody said or wrote; `is_graded_at_once` for
    those of which `grade` always knows how an answer came out. `asked_with` and
    `graded_with` are the fragments that show a question before and after handing in.
    """

    ask: str
    asked_with: str
    graded_with: str = "quizzes/graded/choices.html"
    hides_ask: bool = False
    quotes: bool = False
    is_graded_at_once: bool = True

    def names(self, options: Sequence[str]) -> list[str]:
        """Return everything that can be chosen, from the names of the question's options."""
        return list(options)

    def shown_order(self, names: Sequence[str], random: Random) -> list[str]:
        """Return `names` in the order in which one attempt shows them."""
        return list(names)

    def choice_text(self, name: str, texts: Mapping[str, str]) -> str:
        """Return how a choice reads beside its control. `texts` are those of the options."""
        return texts.get(name, name)

    def part_text(self, part: str, texts: Mapping[str, str], stories: Sequence[str]) -> str:
        """Return what a part of the question says; empty where it has no parts."""
        return ""

    def summary(self, names: Sequence[str], texts: Mapping[str, str]) -> list[str]:
        """Return what `names` come to when they are read without the question."""
        return [self.choice_text(name, texts) for name in names]

    @abstractmethod
    def from_form(self, values: Sequence[str]) -> dict[str, Any]:
        """Return the response that the fields of a form make up."""

    @abstractmethod
    def read(self, response: object, names: Sequence[str]) -> dict[str, Any]:
        """Return `response` as it is stored. Raises BadResponse where it does not fit the question."""

    @abstractmethod
    def is_same(self, response: Mapping[str, Any], stored: Mapping[str, Any] | None) -> bool:
        """Whether a response says what is stored already (nothing stored and nothing said are the same)."""

    @abstractmethod
    def is_given(self, response: Mapping[str, Any] | None, names: Sequence[str]) -> bool:
        """Whether a stored response is a whole answer."""

    @abstractmethod
    def grade(self, key: Key, response: Mapping[str, Any] | None) -> Grade | None:
        """Return how a stored response came out; None where grading it takes longer than handing in."""

    @abstractmethod
    def guessing_rate(self, names: Sequence[str]) -> float:
        """Return the chance, from 0 to 1, that somebody who guesses is right."""

    @abstractmethod
    def key_problem(self, correct: object, names: Sequence[str]) -> str:
        """Say in one sentence what keeps `correct` from being a key; empty where nothing does."""


def part_of(name: str) -> str:
    """Return the part that a name belongs to; empty where the question has no parts."""
    part, end, _ = name.rpartition(PART_END)
    return part if end else ""


def parts_in(names: Sequence[str]) -> list[str]:
    """Return the parts that occur in `names`, each once, in their order."""
    return list(dict.fromkeys(part_of(name) for name in names))
