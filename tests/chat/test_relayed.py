"""A question that is passed on."""

from __future__ import annotations

import pytest

from enablement.chat.relayed import without_frame


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("what do I say if they ask whether it ever makes things up", "it ever makes things up"),
        ("They want to know if retrieval reads scans", "retrieval reads scans"),
        ("Buyer asks: can we train it on our handbook?", "can we train it on our handbook?"),
        ("how should we answer when the buyer says prompting is a hack", "prompting is a hack"),
    ],
)
def test_the_words_around_a_question_are_left_out(question: str, bare: str) -> None:
    assert without_frame(question) == bare


@pytest.mark.parametrize(
    "question", ["What do I say if they ask?", "Who asks the model?", "Do people ask for sources?"]
)
def test_a_question_that_is_asked_outright_stays(question: str) -> None:
    assert without_frame(question) == question
