"""What a `quiz.yaml` holds, as plain data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from enablement.lessons.schema import Item, Line, OptionalText, Slug, Text


class OptionItem(Item):
    """Something to choose. A wrong one says which mistaken belief it stands for."""

    text: Annotated[str, Field(min_length=1, max_length=300)]
    correct: bool = False
    misconception: OptionalText = ""

    @model_validator(mode="after")
    def wrong_ones_teach(self) -> OptionItem:
        if not self.correct and not self.misconception:
            raise ValueError("a wrong option needs a misconception: what somebody who chose it believes")
        return self


class QuestionItem(Item):
    """What every question has. `explanation` is shown after handing in only."""

    slug: Slug
    topic: Slug
    prompt: Text
    explanation: Text
    card: Slug | None = None
    guide_entry: Slug | None = None


class ChoiceItem(QuestionItem):
    """A question with two to ten options. One choice has exactly one correct option."""

    kind: Literal["one_choice", "several_choices"]
    options: Annotated[list[OptionItem], Field(min_length=2, max_length=10)]

    @model_validator(mode="after")
    def key_fits_the_kind(self) -> ChoiceItem:
        correct = sum(option.correct for option in self.options)
        if self.kind == "one_choice" and correct != 1:
            raise ValueError(f"one choice needs exactly one correct option, this has {correct}")
        if self.kind == "several_choices" and not correct:
            raise ValueError("several choices need at least one correct option")
        if len({option.text.casefold() for option in self.options}) < len(self.options):
            raise ValueError("two options say the same")
        return self


class SortItem(QuestionItem):
    """A statement to sort. `misconceptions`: by wrong outcome, what somebody who chose it believes."""

    kind: Literal["sort"]
    distinction: Slug
    outcome: Slug
    misconceptions: dict[Slug, Text]


class QuizItem(Item):
    """A quiz of one lesson. `draws` is how many questions one attempt shows; without it, all of them."""

    slug: Slug
    lesson: Slug
    title: Line
    intro: OptionalText = ""
    pass_mark: int = Field(default=80, ge=0, le=100)
    draws: int | None = Field(default=None, ge=1)
    questions: Annotated[
        list[Annotated[ChoiceItem | SortItem, Field(discriminator="kind")]], Field(min_length=1)
    ]
