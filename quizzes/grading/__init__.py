"""Question and answer in, grade out: pure functions, no database."""

from quizzes.grading.choices import Check, Grade, Key, grade_choices, grade_parts, grade_sort
from quizzes.grading.keys import key_problem
from quizzes.grading.responses import (
    LONGEST_TEXT,
    BadResponse,
    chosen_in,
    read_choice,
    read_parts,
    read_text,
    written_in,
)

__all__ = [
    "LONGEST_TEXT",
    "BadResponse",
    "Check",
    "Grade",
    "Key",
    "chosen_in",
    "grade_choices",
    "grade_parts",
    "grade_sort",
    "key_problem",
    "read_choice",
    "read_parts",
    "read_text",
    "written_in",
]
