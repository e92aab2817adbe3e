"""What a `quiz.yaml` holds, as plain data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from enablement.lessons.schema import Item, Line, OptionalText, Slug, Text
from quizzes.grading import LONGEST_TEXT
from quizzes.kinds import OPTION_NAMES

# Fewer sample answers than this say little about a rubric.
FEWEST_SAMPLES = 8


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


class QuestionItem(Item, ABC):
    """What every question has. `explanation` is shown after handing in only."""

    slug: Slug
    topic: Slug
    prompt: Text
    explanation: Text
    card: Slug | None = None
    guide_entry: Slug | None = None

    @property
    def sorted_by(self) -> str | None:
        """The slug of the distinction of which the outcomes are to choose from."""
        return None

    @property
    def option_texts(self) -> list[str]:
        """What there is to choose from, in the order of the options' names."""
        return []

    @property
    def samples(self) -> list[SampleItem]:
        """The bench of an answer in one's own words."""
        return []

    @abstractmethod
    def key_fields(self) -> dict[str, Any]:
        """Return the fields of its AnswerKey."""


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


class CheckItem(Item):
    """One yes/no check of a written answer. `says` are sentences any of which meets it."""

    name: Slug
    title: Line
    says: Annotated[list[Text], Field(min_length=1)]


class SampleItem(Item):
    """A sample answer: the checks that it meets, by name, and whether it says what must not be said."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    met: list[Slug] = []
    breaks: bool = False


class WrittenItem(QuestionItem):
    """A question answered in one's own words, with its rubric and its bench of sample answers."""

    kind: Literal["rewrite", "free_text", "analogy_break"]
    model_answer: Text
    checks: Annotated[list[CheckItem], Field(min_length=3, max_length=6)]
    must_not_say: list[Text] = []
    bench: Annotated[list[SampleItem], Field(min_length=FEWEST_SAMPLES)]

    @model_validator(mode="after")
    def bench_fits_the_rubric(self) -> WrittenItem:
        names = [check.name for check in self.checks]
        if len(set(names)) < len(names):
            raise ValueError("two checks have the same name")
        for sample in self.bench:
            for name in sample.met:
                if name not in names:
                    raise ValueError(f"a sample answer meets “{name}”, and there is no such check")
        if len({sample.text.casefold() for sample in self.bench}) < len(self.bench):
            raise ValueError("two sample answers say the same")
        if not any(set(sample.met) == set(names) for sample in self.bench):
            raise ValueError("no sample answer meets every check")
        return self

    @property
    def samples(self) -> list[SampleItem]:
        return self.bench

    def key_fields(self) -> dict[str, Any]:
        rubric = self.model_dump(mode="json", include={"model_answer", "checks", "must_not_say"})
        return {"correct": [], "explanation": self.explanation, "rubric": rubric}


AnyItem = ChoiceItem | SortItem | WrittenItem


class QuizItem(Item):
    """A quiz of one lesson. `draws` is how many questions one attempt shows; without it, all of them.

    `time_limit` is in minutes.
    """

    slug: Slug
    lesson: Slug
    title: Line
    intro: OptionalText = ""
    pass_mark: int = Field(default=80, ge=0, le=100)
    draws: int | None = Field(default=None, ge=1)
    time_limit: int | None = Field(default=None, ge=1, le=10_000)
    questions: Annotated[list[Annotated[AnyItem, Field(discriminator="kind")]], Field(min_length=1)]
