"""What somebody could guess by is found; the starter bank has nothing of it."""

from __future__ import annotations

from quizzes.linting import lint_bank
from quizzes.schema import ChoiceItem, OptionItem
from tests.quizzes.test_starter_items import ITEMS


def choice(number: int, place: int, right: str = "it stays so") -> ChoiceItem:
    options = [OptionItem(text=f"wrong {number} {at} as ever", misconception="So.") for at in range(2)]
    options.insert(place, OptionItem(text=f"{right} {number}", correct=True))
    return ChoiceItem(
        kind="one_choice",
        slug=f"choice-{number}",
        topic="parts",
        prompt=f"Question{number} asks about thing{number} and matter{number} or item{number}?",
        options=options,
        explanation="Because.",
    )


def test_a_bank_in_which_one_letter_is_always_right_stands_out() -> None:
    assert lint_bank(choice(number, number % 3) for number in range(12)) == []
    (line,) = lint_bank(choice(number, 1) for number in range(12))
    assert "Of 12 questions with 3 options, B is right in 12." in line


def test_right_options_that_are_the_longest_stand_out() -> None:
    found = lint_bank(choice(number, number % 3, "it stays the same, as it was") for number in range(12))
    assert any("the longest in 12 of 12" in line for line in found)


def test_an_option_that_is_told_by_its_length_stands_out() -> None:
    found = lint_bank([choice(1, 0, "a much longer right option than all the others are")])
    assert found == [f"The length of an option gives “{choice(1, 0).prompt[:80]}” away."]


def test_two_that_are_nearly_the_same_stand_out_unless_they_are_siblings() -> None:
    one = choice(1, 0)
    other = one.model_copy(update={"slug": "another"})
    assert "nearly the same" in lint_bank([one, other])[0]
    assert lint_bank([one.model_copy(update={"family": "f"}), other.model_copy(update={"family": "f"})]) == []


def test_nothing_stands_out_in_the_starter_bank() -> None:
    assert lint_bank(ITEMS) == []
