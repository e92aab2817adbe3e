"""Grades: pure functions, and what holds for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import BadResponse, Key, grade_choices, grade_sort, read_choice

NAMES = list("abcde")
OUTCOMES = ["knowledge", "behaviour", "both", "neither"]
some_names = st.sets(st.sampled_from(NAMES), min_size=1)


@given(correct=some_names, chosen=some_names)
def test_several_choices_count_together_or_not_at_all(correct: set[str], chosen: set[str]) -> None:
    grade = grade_choices(Key(NAMES, correct), chosen)
    assert grade.correct == (chosen == correct)
    assert grade.score == (1.0 if chosen == correct else 0.0)


@given(correct=some_names, chosen=some_names)
def test_the_checks_show_what_was_right_one_by_one(correct: set[str], chosen: set[str]) -> None:
    grade = grade_choices(Key(NAMES, correct), chosen)
    assert {check.name for check in grade.checks if not check.met} == correct ^ chosen
    assert grade.checks_met == len(NAMES) - len(correct ^ chosen)


@given(correct=some_names)
def test_an_open_question_is_wrong_and_marked_unanswered(correct: set[str]) -> None:
    grade = grade_choices(Key(NAMES, correct), [])
    assert (grade.answered, grade.correct, grade.score, grade.checks) == (False, False, 0.0, ())


@given(true=st.sampled_from(OUTCOMES), chosen=st.sampled_from(OUTCOMES))
def test_a_sort_keeps_which_way_it_errs(true: str, chosen: str) -> None:
    grade = grade_sort(Key(OUTCOMES, [true]), [chosen])
    assert (grade.chosen, grade.true) == (chosen, true)
    assert grade.correct == (true == chosen)


def test_an_open_sort_keeps_what_was_true() -> None:
    grade = grade_sort(Key(OUTCOMES, ["both"]), [])
    assert (grade.answered, grade.chosen, grade.true) == (False, "", "both")


@given(chosen=st.lists(st.sampled_from(NAMES)))
def test_a_response_is_stored_without_repeats_in_one_order(chosen: list[str]) -> None:
    stored = read_choice({"chosen": chosen}, allowed=NAMES, only_one=False)
    assert stored == {"chosen": sorted(set(chosen))}


@pytest.mark.parametrize(
    "response",
    [None, "a", [], {}, {"chosen": "a"}, {"chosen": [1]}, {"chosen": ["z"]}, {"chosen": ["a", "b"]}],
)
def test_a_response_that_does_not_fit_is_refused_with_a_sentence(response: object) -> None:
    with pytest.raises(BadResponse, match=r"\.$"):
        read_choice(response, allowed=NAMES, only_one=True)
