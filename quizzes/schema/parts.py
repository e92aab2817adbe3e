"""Questions with parts: steps to put in order, and flip pairs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from enablement.lessons.schema import Item, Line, Text
from quizzes.kinds import OPTION_NAMES, PART_END
from quizzes.schema.question import QuestionItem

# With two answers to a story somebody who knows that they flip would guess every other pair.
FEWEST_ANSWERS = 3


def mixed(steps: Iterable[str]) -> list[str]:
    """Return steps in the order in which they are stored, which tells nothing of the right one."""
    return sorted(steps, key=lambda step: hashlib.sha256(step.encode()).hexdigest())


class OrderItem(QuestionItem):
    """Steps, written in the right order. They are stored in another one, so that no name tells."""

    kind: Literal["put_in_order"]
    steps: Annotated[list[Line], Field(min_length=3, max_length=7)]

    @model_validator(mode="after")
    def steps_differ(self) -> OrderItem:
        if len({step.casefold() for step in self.steps}) < len(self.steps):
            raise ValueError("two steps say the same")
        return self

    @property
    def option_texts(self) -> list[str]:
        return mixed(self.steps)

    def key_fields(self) -> dict[str, Any]:
        named = dict(zip(self.option_texts, OPTION_NAMES, strict=False))
        correct = [f"{named[step]}{PART_END}{place}" for place, step in enumerate(self.steps, 1)]
        return {"correct": correct, "explanation": self.explanation}


class StoryItem(Item):
    """One story of a flip pair, the right answer to it, and why."""

    text: Text
    answer: Line
    why: Text


class FlipPairItem(QuestionItem):
    """Two stories that differ in one fact, so that the answer to them differs. Credit is for both."""

    kind: Literal["flip_pair"]
    answers: Annotated[list[Line], Field(min_length=FEWEST_ANSWERS, max_length=6)]
    stories: Annotated[list[StoryItem], Field(min_length=2, max_length=2)]

    @model_validator(mode="after")
    def the_answer_flips(self) -> FlipPairItem:
        if len(set(self.answers)) < len(self.answers):
            raise ValueError("two answers say the same")
        for story in self.stories:
            if story.answer not in self.answers:
                raise ValueError(f"“{story.answer}” is none of the answers")
        if self.stories[0].answer == self.stories[1].answer:
            raise ValueError("both stories have the same answer, so nothing flips")
        if self.stories[0].text == self.stories[1].text:
            raise ValueError("both stories are the same")
        return self

    @property
    def option_texts(self) -> list[str]:
        return self.answers

    @property
    def tells(self) -> list[str]:
        return [story.text for story in self.stories]

    def key_fields(self) -> dict[str, Any]:
        named = dict(zip(self.answers, OPTION_NAMES, strict=False))
        right = {
            f"{at}{PART_END}{named[story.answer]}": story.why for at, story in enumerate(self.stories, 1)
        }
        return {"correct": list(right), "explanation": self.explanation, "misconceptions": right}
