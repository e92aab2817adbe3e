"""What every question of a `quiz.yaml` has, as plain data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Annotated, Any, Literal

from pydantic import Field

from enablement.lessons.schema import Item, Slug, Text
from quizzes.grading import LONGEST_TEXT


class SampleItem(Item):
    """A sample answer: the checks that it meets, by name, and whether it says what must not be said."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    met: list[Slug] = []
    breaks: bool = False


class QuestionItem(Item, ABC):
    """What every question has. `explanation` is shown after handing in only."""

    slug: Slug
    topic: Slug
    prompt: Text
    explanation: Text
    card: Slug | None = None
    guide_entry: Slug | None = None
    difficulty: Literal["easy", "middle", "hard"] = "middle"
    family: Slug | None = None

    @property
    def sorted_by(self) -> str | None:
        """The slug of the distinction of which the outcomes are to choose from."""
        return None

    @property
    def walks(self) -> str | None:
        """The slug of the ladder of which the steps are to choose from."""
        return None

    @property
    def tells(self) -> list[str]:
        """The stories of a flip pair."""
        return []

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
