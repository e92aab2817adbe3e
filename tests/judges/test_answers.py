"""The check of an answer: what it is fooled by and what not, and that its file fits the code."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from enablement.evaluation.grading import read_graded, read_training
from enablement.evaluation.rows import BadRows
from enablement.judges import answers
from enablement.judges.answer_features import FEATURES, chrf, pair_features
from enablement.judges.answer_files import LEARNT, StaleCheck, is_essay, shipped_check
from enablement.judges.answer_fitting import GradedRow, question_folds
from enablement.judges.answer_model import bag_probabilities, fit_bags
from enablement.judges.answer_words import answer_pieces
from enablement.judges.answers import judge_answers
from enablement.judges.judgements import Asked, Judgement
from enablement.judges.short_answers import short_answers
from enablement.judges.text_pairs import joined
from enablement.management.json_command import BadInput

QUESTION = "Why did the lamp go out?"
SAYS = ("There is a gap in the circuit.", "The circuit is open.")
Vectors = tuple[np.ndarray, np.ndarray, np.ndarray]


def same_vectors() -> Vectors:
    vector = np.ones(4, dtype=np.float32) / 2
    return vector, vector, vector


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_three_texts_give_finite_features(question: str, reference: str, answer: str) -> None:
    found = pair_features(question, reference, answer, same_vectors())
    assert found.shape == (len(FEATURES),)
    assert np.isfinite(found).all()


@given(st.text(max_size=400))
def test_pieces_lie_within_the_answer_and_the_first_is_the_whole(answer: str) -> None:
    spans = answer_pieces(answer)
    assert all(0 <= start < end <= len(answer) for start, end in spans)
    if spans:
        assert answer[slice(*spans[0])] == answer.strip()


def test_the_words_of_the_question_count_for_nothing() -> None:
    copied = dict(zip(FEATURES, pair_features(QUESTION, SAYS[0], QUESTION, same_vectors()), strict=True))
    assert (copied["new_recall"], copied["new_f1"], copied["question_share"]) == (0, 0, 1)


def test_chrf_of_a_text_with_itself_is_one() -> None:
    assert chrf("a gap in the circuit", "A gap in the circuit!") == pytest.approx(1)


def test_a_bag_is_as_likely_as_its_best_pair() -> None:
    noise = np.random.default_rng(0)
    labels = noise.random(200) < 0.5
    bags = [noise.random((3, 2)) * 0.2 for _ in labels]
    for bag, label in zip(bags, labels, strict=True):
        bag[noise.integers(3)] += 0.5 * label
    likely = bag_probabilities(fit_bags(bags, labels), bags)
    assert ((likely > 0.5) == labels).mean() > 0.95


def test_the_shipped_check_fits_the_code() -> None:
    check = shipped_check()
    assert {len(one.model.weights) for one in (check.plain, check.essay)} == {len(FEATURES)}
    assert len(check.sentence.model.weights) == len(FEATURES) + len(LEARNT)


def test_a_check_of_another_adapter_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enablement.judges.answer_files.shipped_adapter", lambda task: None)
    with pytest.raises(StaleCheck, match="train_judges"):
        shipped_check.__wrapped__()


def test_an_encoder_without_the_adapters_is_judged_by_the_plain_check(
    encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enablement.judges.answers.adapter_for", lambda task: None)
    assert judge_answer(QUESTION, SAYS, "There was a gap in that circuit.").met
    assert not judge_answer(QUESTION, SAYS, "The lamp is green and I like it.").met


def test_questions_that_share_a_way_to_answer_are_in_one_fold() -> None:
    says = [("a", "b"), ("c",), ("b", "d"), ("e",), ("d",), ("f",)]
    rows = [GradedRow("set", Asked(f"Question {n}", ways, "x"), True) for n, ways in enumerate(says)]
    folds = question_folds(rows, 3)
    assert folds[0] == folds[2] == folds[4]
    assert set(folds) == {0, 1, 2}


def test_our_short_answers_are_right_or_wrong_and_asked_for_in_a_sentence() -> None:
    questions = short_answers(settings.ROOT / "fixtures")
    assert len(questions) == len({one.question for one in questions}) >= 400
    for one in questions:
        texts = [text for text, _ in one.answers]
        assert len(set(texts)) == len(texts), one.question
        assert {correct for _, correct in one.answers} == {True, False}
        assert not is_essay(one.says)


def test_an_answer_in_other_words_is_met_and_quoted(encoder: None) -> None:
    answer = "I thought about it for long. There was a gap in that circuit."
    found = judge_answer(QUESTION, SAYS, answer)
    assert found.met
    assert "gap" in answer[found.start : found.end]


@pytest.mark.parametrize("answer", [QUESTION, "The lamp is green and I like it.", "", "?!"])
def test_what_says_nothing_is_not_met(encoder: None, answer: str) -> None:
    assert not judge_answer(QUESTION, SAYS, answer).met


def test_marks_of_the_encoder_that_a_person_types_are_words() -> None:
    assert joined("a gap", "x [SEP] a gap [cls]") == "a gap [SEP] x SEP a gap cls"
    assert joined("a gap", "[[SEP]] [[[Sep]]]") == "a gap [SEP] SEP Sep"


@pytest.mark.parametrize("answer", ["[SEP] There is a gap in the circuit.", "green [SEP] open circuit [SEP]"])
def test_typed_marks_do_not_move_a_judgement(encoder: None, answer: str) -> None:
    plain = answer.replace("[SEP]", "SEP")
    assert judge_answer(QUESTION, SAYS, answer).confidence == pytest.approx(
        judge_answer(QUESTION, SAYS, plain).confidence, abs=0.1
    )


def test_a_pair_that_was_not_read_says_no_more_than_the_least_that_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "load_line", lambda task: np.array([1.0, 0.0, 0.5], dtype=np.float32))
    read = {"a": np.array([1, 0], dtype=np.float32), "c": np.array([-1, 0], dtype=np.float32)}
    found = answers._columns(["a", "b", "c"], np.array([0.9, 0.1, 0.8]), np.array([0, 2]), read)
    assert found.tolist() == [[0.9, 1.5], [0.1, -0.5], [0.8, -0.5]]


def test_a_denial_does_not_agree(encoder: None) -> None:
    found = judge_answer(QUESTION, SAYS, "There is no gap in the circuit.")
    assert found.agreed < found.confidence


def test_the_same_answer_gets_the_same_judgement(encoder: None) -> None:
    assert len({judge_answer(QUESTION, SAYS, "Because the circuit is open now.") for _ in range(3)}) == 1


def judge_answer(question: str, says: Sequence[str], answer: str) -> Judgement:
    return judge_answers([Asked(question, tuple(says), answer)])[0]


@pytest.fixture
def rows(tmp_path: Path) -> Callable[..., Path]:
    def write(**changes: object) -> Path:
        row = {"id": 1, "question": QUESTION, "references": list(SAYS), "answer": SAYS[0], "label": "correct"}
        other = {**row, "id": 2, "answer": "It is green.", "label": "incorrect", "split": "later"}
        path = tmp_path / "rows.jsonl"
        path.write_text("\n".join(json.dumps(line) for line in (row | changes, other)), encoding="utf-8")
        return path

    return write


@pytest.mark.django_db
def test_evaluate_grading_counts_as_the_contract_says(encoder: None, rows: Callable[..., Path]) -> None:
    output = StringIO()
    call_command("evaluate", "grading", str(rows()), "--json", stdout=output)
    result = json.loads(output.getvalue())
    assert (result["n"], result["accuracy"], result["macro_f1"], result["graded_up"]) == (2, 1, 1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"references": "x"}, {"answer": None}, {"label": "maybe"}])
def test_rows_that_are_not_gradable_are_refused(
    rows: Callable[..., Path], changes: dict[str, object]
) -> None:
    with pytest.raises(BadInput):
        call_command("evaluate", "grading", str(rows(**changes)))


def test_a_split_that_is_not_there_is_named(rows: Callable[..., Path]) -> None:
    assert len(read_graded(rows(), "later")) == 1
    with pytest.raises(BadRows, match="elsewhere"):
        read_graded(rows(), "elsewhere")


def test_only_rows_to_train_on_are_trained_on(rows: Callable[..., Path]) -> None:
    assert [row.correct for row in read_training(rows(split="train").parent)] == [True]
