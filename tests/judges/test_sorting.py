"""Sorting with the real encoder, on a distinction an editor made with four statements an outcome."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enablement.judges.heads import NotTrained
from enablement.judges.linear import fit_all
from enablement.judges.sorting import UNSURE, sort_statement
from enablement.judges.training import train_distinction
from enablement.models import Distinction, Head, Lesson, Person
from enablement.texts import BadText


@pytest.fixture
def distinction(released_lesson: Lesson, encoder: None) -> Distinction:
    found = Distinction.objects.get(lesson=released_lesson)
    train_distinction(found)
    return found


@pytest.mark.django_db
def test_a_new_distinction_sorts_from_its_statements(distinction: Distinction, eve: Person) -> None:
    verdict = sort_statement("My key is stuck in the lock and will not turn", distinction, eve)
    assert verdict.signals["lock"] > verdict.signals["hinge"]


@pytest.mark.django_db
def test_a_statement_to_learn_from_is_sorted_as_it_was_labelled(
    distinction: Distinction, eve: Person
) -> None:
    verdict = sort_statement("The upper hinge has come off the frame, the door hangs low", distinction, eve)
    assert verdict.outcome == "hinge"
    assert verdict.say == "That sounds like the hinge."
    assert [card.slug for card in verdict.cards] == ["door-hinge"]
    assert all(verdict.text[row.start : row.end] == row.quote for row in verdict.evidence)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Door", "ok then", "🙂 a 🙂"])
def test_too_little_to_read_is_unsure_and_asks(distinction: Distinction, eve: Person, text: str) -> None:
    verdict = sort_statement(text, distinction, eve)
    assert verdict.outcome == UNSURE
    assert verdict.next_question == "Does the key turn?"
    assert verdict.say == ""


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   ", "\x00\u200b", "…", "x" * 100_000])
def test_a_text_that_cannot_be_read_is_refused_in_a_sentence(
    distinction: Distinction, eve: Person, text: str
) -> None:
    with pytest.raises(BadText, match=r"\.$"):
        sort_statement(text, distinction, eve)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Der Schlüssel steckt im Schloss und die Tür geht nicht auf, das ist nicht gut", "German"),
        ("if key.is_stuck(): raise DoorError({'lock': lock[0]['state']})", "code"),
    ],
)
def test_what_it_cannot_read_it_says(distinction: Distinction, eve: Person, text: str, words: str) -> None:
    verdict = sort_statement(text, distinction, eve)
    assert (verdict.outcome, verdict.evidence) == (UNSURE, [])
    assert words in verdict.meaning


@pytest.mark.django_db
def test_a_disguised_statement_is_sorted_as_it_looks(distinction: Distinction, eve: Person) -> None:
    plain = sort_statement("My key is stuck in the lock and will not turn", distinction, eve)
    disguised = sort_statement("My kеy is st\u00aduck in the lоck and will not turn", distinction, eve)
    assert disguised.signals == plain.signals


@pytest.mark.django_db
def test_before_training_it_says_when_to_come_back(released_lesson: Lesson, eve: Person) -> None:
    with pytest.raises(NotTrained, match="try again"):
        sort_statement("The key is stuck", Distinction.objects.get(lesson=released_lesson), eve)


@pytest.mark.django_db
def test_training_again_on_the_same_statements_does_nothing(distinction: Distinction, eve: Person) -> None:
    fitted = Head.objects.get(name="signal:door-problem:lock").fitted_at
    assert train_distinction(distinction) is None
    assert Head.objects.get(name="signal:door-problem:lock").fitted_at == fitted


@given(st.integers(0, 2**16))
def test_a_classifier_separates_what_can_be_separated(seed: int) -> None:
    random = np.random.default_rng(seed)
    labels = np.array([True, False] * 10)
    vectors = random.normal(size=(20, 5)).astype(np.float32)
    vectors[:, 0] = np.where(labels, 4.0, -4.0)
    fitted = fit_all(vectors, labels[:, None], range(20), penalty=0.01)
    assert ((fitted.regressions[0].probabilities(vectors) > 0.5) == labels).all()
    assert ((fitted.held_back[:, 0] >= 0) & (fitted.held_back[:, 0] <= 1)).all()


def test_a_classifier_needs_examples_of_both_kinds() -> None:
    with pytest.raises(ValueError, match="both kinds"):
        fit_all(np.ones((3, 2), dtype=np.float32), np.ones((3, 1), dtype=np.bool_), range(3), penalty=1.0)


def test_only_honest_examples_say_how_sure_a_classifier_may_be() -> None:
    """Vectors that were made to tell the first half apart say nothing about the second."""
    random = np.random.default_rng(0)
    labels = np.array([True, False] * 40)
    vectors = random.normal(size=(80, 4)).astype(np.float32)
    vectors[:40, 0] = np.where(labels[:40], 5.0, -5.0)
    honest = np.arange(80) >= 40
    naive = fit_all(vectors, labels[:, None], range(80), penalty=0.01)
    careful = fit_all(vectors, labels[:, None], range(80), penalty=0.01, honest=honest)
    assert abs(careful.held_back[honest] - 0.5).mean() < abs(naive.held_back[honest] - 0.5).mean()
