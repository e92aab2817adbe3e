"""Kinds that are answered in the person's own words. They are graded after handing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.grading import Grade, Key, read_text, written_in
from quizzes.kinds.rules import Rules

LEFT_OPEN = Grade(answered=False, correct=False, score=0.0)


@dataclass(frozen=True, slots=True)
class Written(Rules):
    """A text. One left open is graded at once; any other waits for the work `grade_answer`."""

    graded_with: str = "quizzes/graded/text.html"
    is_graded_at_once: bool = False

    def names(self, options: Sequence[str]) -> list[str]:
        return []

    def from_form(self, values: Sequence[str]) -> dict[str, Any]:
        return {"text": values[0] if values else ""}

    def read(self, response: object, names: Sequence[str]) -> dict[str, Any]:
        return read_text(response)

    def is_same(self, response: Mapping[str, Any], stored: Mapping[str, Any] | None) -> bool:
        return bool(response["text"].strip() == written_in(stored).strip())

    def is_given(self, response: Mapping[str, Any] | None, names: Sequence[str]) -> bool:
        return bool(written_in(response).strip())

    def grade(self, key: Key, response: Mapping[str, Any] | None) -> Grade | None:
        return None if self.is_given(response, ()) else LEFT_OPEN

    def guessing_rate(self, names: Sequence[str]) -> float:
        return 0.0

    def key_problem(self, correct: object, names: Sequence[str]) -> str:
        return "" if correct == [] else "A written answer has a rubric, so no option is right: write []."
