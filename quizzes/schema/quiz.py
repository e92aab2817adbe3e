"""A whole `quiz.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from enablement.lessons.schema import Item, Line, OptionalText, Slug
from quizzes.schema.choices import CheapestStepItem, ChoiceItem, MarkWordsItem, SortItem
from quizzes.schema.parts import FlipPairItem, OrderItem
from quizzes.schema.written import WrittenItem

AnyItem = ChoiceItem | SortItem | CheapestStepItem | OrderItem | MarkWordsItem | FlipPairItem | WrittenItem


class RuleItem(Item):
    """So many questions of a topic, of a difficulty, or of both."""

    count: int = Field(ge=1, le=100)
    topic: Slug | Literal[""] = ""
    difficulty: Literal["", "easy", "middle", "hard"] = ""


class QuizItem(Item):
    """A quiz of one lesson. `draws` is how many questions one attempt shows; without it, all of them.

    `time_limit` is in minutes; unless it is `strict_time`, people may add to it. With `from_bank` it draws
    from all questions of the lesson, its own among them; `rules` are filled first. `release`: when people
    see the right answers; `retakes`: how they may try again. Unless it `shuffles`, every attempt has the
    order of the file.
    """

    slug: Slug
    lesson: Slug
    title: Line
    intro: OptionalText = ""
    pass_mark: int = Field(default=80, ge=0, le=100)
    draws: int | None = Field(default=None, ge=1)
    time_limit: int | None = Field(default=None, ge=1, le=10_000)
    strict_time: bool = False
    rules: list[RuleItem] = []
    from_bank: bool = False
    release: Literal["at_once", "once_passed", "never"] = "at_once"
    retakes: Literal["any", "missed", "none"] = "any"
    shuffles: bool = True
    questions: Annotated[list[Annotated[AnyItem, Field(discriminator="kind")]], Field(min_length=1)]
