"""Questions that are answered by choosing from options."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from enablement.lessons.schema import Item, OptionalText, Slug, Text
from quizzes.kinds import OPTION_NAMES
from quizzes.schema.question import QuestionItem


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

    @property
    def option_texts(self) -> list[str]:
        return [option.text for option in self.options]

    def key_fields(self) -> dict[str, Any]:
        named = list(zip(OPTION_NAMES, self.options, strict=False))
        return {
            "correct": [name for name, option in named if option.correct],
            "explanation": self.explanation,
            "misconceptions": {name: option.misconception for name, option in named if option.misconception},
        }


class SortItem(QuestionItem):
    """A statement to sort. `misconceptions`: by wrong outcome, what somebody who chose it believes."""

    kind: Literal["sort"]
    distinction: Slug
    outcome: Slug
    misconceptions: dict[Slug, Text]

    @property
    def sorted_by(self) -> str | None:
        return self.distinction

    def key_fields(self) -> dict[str, Any]:
        return {
            "correct": [self.outcome],
            "explanation": self.explanation,
            "misconceptions": self.misconceptions,
        }


class CheapestStepItem(QuestionItem):
    """A situation, and the cheapest step of a ladder that is enough. `misconceptions`: by wrong step."""

    kind: Literal["cheapest_step"]
    ladder: Slug
    step: Slug
    misconceptions: dict[Slug, Text] = {}

    @property
    def walks(self) -> str | None:
        return self.ladder

    def key_fields(self) -> dict[str, Any]:
        return {
            "correct": [self.step],
            "explanation": self.explanation,
            "misconceptions": self.misconceptions,
        }


class PhraseItem(Item):
    """A stretch of a pitch. `why`: why it must go, or what somebody believes who marks a fine one."""

    text: Annotated[str, Field(min_length=1, max_length=300)]
    must_go: bool = False
    why: OptionalText = ""

    @model_validator(mode="after")
    def what_must_go_has_a_reason(self) -> PhraseItem:
        if self.must_go and not self.why:
            raise ValueError("what must not be said needs a reason")
        return self


class MarkWordsItem(QuestionItem):
    """A pitch in stretches, some of which must not be said. `prompt` says who writes to whom."""

    kind: Literal["mark_words"]
    phrases: Annotated[list[PhraseItem], Field(min_length=3, max_length=10)]

    @model_validator(mode="after")
    def something_must_go_and_something_stays(self) -> MarkWordsItem:
        if len({phrase.must_go for phrase in self.phrases}) < 2:
            raise ValueError("mark at least one stretch that must go, and leave one that may stay")
        return self

    @property
    def option_texts(self) -> list[str]:
        return [phrase.text for phrase in self.phrases]

    def key_fields(self) -> dict[str, Any]:
        named = list(zip(OPTION_NAMES, self.phrases, strict=False))
        return {
            "correct": [name for name, phrase in named if phrase.must_go],
            "explanation": self.explanation,
            "misconceptions": {name: phrase.why for name, phrase in named if phrase.why},
        }
