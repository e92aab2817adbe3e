"""Questions that are answered in one's own words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from enablement.lessons.schema import Item, Line, Slug, Text
from quizzes.schema.question import QuestionItem, SampleItem

# Fewer sample answers than this say little about a rubric.
FEWEST_SAMPLES = 8
RUBRIC = {"model_answer", "checks", "needs", "must_not_say"}


class CheckItem(Item):
    """One yes/no check of a written answer. `says` are sentences any of which meets it; `wrong` miss it."""

    name: Slug
    title: Line
    says: Annotated[list[Text], Field(min_length=1)]
    wrong: list[Text] = []


class WrittenItem(QuestionItem):
    """A question answered in one's own words, with its rubric and its bench of sample answers.

    `needs` is how many of the checks make an answer right; empty stands for two thirds of them.
    """

    kind: Literal["rewrite", "free_text", "analogy_break"]
    model_answer: Text
    checks: Annotated[list[CheckItem], Field(min_length=3, max_length=6)]
    needs: int | None = Field(default=None, ge=1, le=6)
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
        if self.needs and self.needs > len(names):
            raise ValueError(f"an answer cannot meet {self.needs} checks where there are {len(names)}")
        if not any(set(sample.met) == set(names) for sample in self.bench):
            raise ValueError("no sample answer meets every check")
        return self

    @property
    def samples(self) -> list[SampleItem]:
        return self.bench

    def key_fields(self) -> dict[str, Any]:
        rubric = self.model_dump(mode="json", include=RUBRIC)
        return {"correct": [], "explanation": self.explanation, "rubric": rubric}
