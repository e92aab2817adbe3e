"""Every kind: how it is shown, answered, graded and told afterwards. Pure rules first, then a quiz of all."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from enablement.models import Person
from quizzes.attempts import submit_attempt
from quizzes.exporting import quiz_text, read_quiz
from quizzes.files import read_quiz_file
from quizzes.grading import BadResponse, Key
from quizzes.kinds import QuestionKind, part_of
from quizzes.loader import load_quiz
from quizzes.models import Answer, Attempt
from quizzes.sheets.graded_sheet import GradedQuestion, graded_sheet
from quizzes.sheets.open_sheet import open_sheet
from tests.quizzes.doors import answer_of, save

OPTIONS = list("abc")
PARTED = [QuestionKind.FLIP_PAIR, QuestionKind.PUT_IN_ORDER]
CHOSEN = [kind for kind in QuestionKind if kind.rules.names(OPTIONS)]
RIGHT = {
    "kind-one": ["b"],
    "kind-several": ["a", "b"],
    "kind-sort": ["hinge"],
    "kind-step": ["oil"],
    "kind-mark": ["b"],
    "kind-pair": ["1:b", "2:a"],
}


def right_key(kind: QuestionKind) -> list[str]:
    keys = {QuestionKind.FLIP_PAIR: ["1:a", "2:b"], QuestionKind.PUT_IN_ORDER: ["a:2", "b:3", "c:1"]}
    return keys.get(kind, ["b"])


@pytest.mark.parametrize("kind", CHOSEN)
@given(seed=st.integers())
def test_an_attempt_shows_everything_that_can_be_chosen(kind: QuestionKind, seed: int) -> None:
    names = kind.rules.names(OPTIONS)
    shown = kind.rules.shown_order(names, Random(seed))
    assert sorted(shown) == sorted(names)


@pytest.mark.parametrize("kind", CHOSEN)
def test_the_key_is_right_and_nothing_else_is(kind: QuestionKind) -> None:
    rules, names = kind.rules, kind.rules.names(OPTIONS)
    key = Key(names, right_key(kind))
    grade = rules.grade(key, {"chosen": right_key(kind)})
    assert grade is not None
    assert grade.correct
    assert not rules.key_problem(right_key(kind), names)
    for name in set(names) - set(right_key(kind)):
        wrong = rules.grade(key, {"chosen": [name]})
        assert wrong is not None
        assert not wrong.correct


@pytest.mark.parametrize("kind", PARTED)
def test_one_part_alone_is_no_answer(kind: QuestionKind) -> None:
    names = kind.rules.names(OPTIONS)
    assert not kind.rules.is_given({"chosen": names[:1]}, names)
    grade = kind.rules.grade(Key(names, right_key(kind)), {"chosen": right_key(kind)[:1]})
    assert grade is not None
    assert (grade.answered, grade.score) == (False, 0.0)


@pytest.mark.parametrize("kind", PARTED)
def test_a_part_takes_one_answer(kind: QuestionKind) -> None:
    names = kind.rules.names(OPTIONS)
    with pytest.raises(BadResponse, match="Each part"):
        kind.rules.read({"chosen": names[:2]}, names)


def test_a_pair_with_one_story_right_gets_nothing_and_says_which() -> None:
    rules = QuestionKind.FLIP_PAIR.rules
    grade = rules.grade(Key(rules.names(OPTIONS), ["1:a", "2:b"]), {"chosen": ["1:a", "2:c"]})
    assert grade is not None
    assert (grade.answered, grade.score) == (True, 0.0)
    assert [(check.name, check.met) for check in grade.checks] == [("1", True), ("2", False)]


def test_two_steps_with_one_number_are_no_order() -> None:
    rules = QuestionKind.PUT_IN_ORDER.rules
    assert not rules.is_given({"chosen": ["a:1", "b:1", "c:2"]}, rules.names(OPTIONS))


@pytest.mark.parametrize("kind", CHOSEN)
def test_the_guessing_rate_is_what_guessing_comes_to(kind: QuestionKind) -> None:
    """Against a count of all answers that a guesser might give."""
    rules, names = kind.rules, kind.rules.names(OPTIONS)
    if kind in PARTED:
        parts = [
            [name for name in names if part_of(name) == part] for part in dict.fromkeys(map(part_of, names))
        ]
        guesses = [set(guess) for guess in product(*parts) if not rules.key_problem(list(guess), names)]
    elif kind in (QuestionKind.SEVERAL_CHOICES, QuestionKind.MARK_WORDS):
        guesses = [
            {n for n, is_in in zip(names, bits, strict=True) if is_in} for bits in product([0, 1], repeat=3)
        ][1:]
    else:
        guesses = [{name} for name in names]
    assert rules.guessing_rate(names) == pytest.approx(1 / len(guesses))


@pytest.mark.parametrize("correct", [[], "1:a", ["1:a"], ["1:a", "2:a"], ["1:a", "1:b"], ["1:a", "2:z"]])
def test_a_pair_that_does_not_flip_has_no_key(correct: object) -> None:
    rules = QuestionKind.FLIP_PAIR.rules
    assert rules.key_problem(correct, rules.names(OPTIONS)).endswith(".")


def answered(attempt: Attempt, ada: Person, **chosen: list[str]) -> dict[str, GradedQuestion]:
    """Hand in with everything right but what is given otherwise; the graded questions by slug."""
    key = answer_of(attempt, "kind-order").question.key.correct
    for slug, right in {**RIGHT, "kind-order": key}.items():
        save(attempt, slug, *chosen.get(slug.replace("-", "_"), right))
    handed_in = submit_attempt(attempt, ada)
    slugs = dict(Answer.objects.filter(attempt=attempt).values_list("position", "question__slug"))
    return {slugs[question.number - 1]: question for question in graded_sheet(handed_in, ada)}


def test_every_kind_can_be_answered_rightly(every_kind: Attempt, ada: Person) -> None:
    graded = answered(every_kind, ada)
    assert {slug for slug, question in graded.items() if question.correct} == {*RIGHT, "kind-order"}


def test_every_kind_is_in_the_quiz_of_every_kind(every_kind: Attempt) -> None:
    assert {question.kind for question in open_sheet(every_kind)} == set(QuestionKind)


def test_a_dearer_step_says_by_how_much(every_kind: Attempt, ada: Person) -> None:
    question = answered(every_kind, ada, kind_step=["replace"])["kind-step"]
    assert (question.correct, question.steps_off) == (False, 1)
    assert "A new one is dear." in question.choices[1].misconception


def test_the_right_order_is_shown_with_the_numbers_given(every_kind: Attempt, ada: Person) -> None:
    right = answer_of(every_kind, "kind-order").question.key.correct
    by_place = {name[-1]: name[0] for name in right}
    swapped = [f"{by_place['1']}:2", f"{by_place['2']}:1", f"{by_place['3']}:3"]
    question = answered(every_kind, ada, kind_order=swapped)["kind-order"]
    assert [step.text for step in question.right_order] == ["Listen", "Oil the hinge", "Fit a new hinge"]
    assert [step.is_right for step in question.right_order] == [False, False, True]
    assert question.right[0] == "1. Listen"


def test_no_name_of_a_step_tells_its_place(every_kind: Attempt) -> None:
    texts = answer_of(every_kind, "kind-order").question.option_texts()
    assert list(texts.values()) != ["Listen", "Oil the hinge", "Fit a new hinge"]


def test_a_quiz_of_every_kind_survives_export_and_loading(every_kind: Attempt, tmp_path: Path) -> None:
    item = read_quiz(every_kind.quiz)
    path = tmp_path / "quiz.yaml"
    path.write_text(quiz_text(item), encoding="utf-8")
    again = read_quiz_file(path)
    assert again.item == item
    loaded = load_quiz(again)
    assert (loaded.added, loaded.changed, loaded.removed) == ([], [], [])


def test_the_form_without_script_saves_parts(ada_client: Client, every_kind: Attempt) -> None:
    pair, order = (answer_of(every_kind, slug).question_id for slug in ("kind-pair", "kind-order"))
    form = {
        **{f"seq-{pair}": 0, f"q-{pair}-1": "1:b", f"q-{pair}-2": "2:a"},
        **{f"seq-{order}": 0, f"q-{order}": ["a:1", "", "c:3"]},
    }
    ada_client.post(reverse("attempt-save", args=[every_kind.pk]), form)
    assert answer_of(every_kind, "kind-pair").is_given
    assert answer_of(every_kind, "kind-order").response == {"chosen": ["a:1", "c:3"]}
    page = ada_client.get(every_kind.get_absolute_url()).content.decode()
    assert 'value="1:b" checked' in page
    assert 'value="c:3" selected' in page
    assert "once in 6" in page


def test_the_result_of_every_kind_teaches(ada_client: Client, every_kind: Attempt, ada: Person) -> None:
    answered(every_kind, ada, kind_pair=["1:b", "2:c"], kind_mark=["a", "b"], kind_step=["replace"])
    page = ada_client.get(reverse("attempt-result", args=[every_kind.pk])).content.decode()
    for words in (
        "1 step further than needed",
        "marked, and it may stay",
        "It swings freely.",
        "1 of 2 as they",
    ):
        assert words in page
