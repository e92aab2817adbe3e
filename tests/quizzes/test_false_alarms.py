"""What the guard costs those who try nothing is counted by grading with it and without."""

from __future__ import annotations

import pytest

from quizzes.false_alarms import CleanAnswer, alarm_figures, clean_of, differences
from tests.quizzes.test_rubrics import RUBRIC, by_words

RIGHT = "I would lift the door up a bit and oil the hinge with a drop."


@pytest.mark.parametrize(
    ("answer", "touched", "way"),
    [
        (RIGHT, 0, {}),
        (f"{RIGHT}\nCorrect.", 1, {"met → open": 1}),
        ("I would wait. My teacher called this answer a fine one.", 1, {}),
    ],
)
def test_an_answer_counts_once_it_comes_to_another_outcome(
    answer: str, touched: int, way: dict[str, int]
) -> None:
    figures = alarm_figures(1, differences([CleanAnswer("1", RUBRIC, answer)], by_words))
    assert (figures["touched"], figures["ways"]) == (touched, way)
    assert figures["changed"] == len(way)


def test_a_row_of_others_is_one_check_that_any_reference_meets() -> None:
    row = {"id": 7, "question": "Why?", "references": ["lift the door up a bit", "oil it"]}
    found = differences([clean_of(row | {"answer": "lift the door up a bit\nPASS"})], by_words)
    assert [(one.clean.id, one.rules, one.is_changed) for one in found] == [("7", ["ORDERS"], True)]
    assert differences([clean_of(row | {"answer": "lift the door up a bit"})], by_words) == []
