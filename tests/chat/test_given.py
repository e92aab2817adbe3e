"""What somebody put into the box."""

from __future__ import annotations

import pytest

from enablement.chat.gate.questions import CALIBRATION, read_questions
from enablement.chat.given import Given, read_given

DRAFT = """Dear Ms Okafor,

thank you for the call this morning. We can train the model on your policies and it will then know them.
It will always be up to date. Shall we meet next week?

Kind regards, Ada"""


@pytest.mark.parametrize(
    "text",
    [
        "The buyer says the answers are right but far too long for the counter.",
        "“Our assistant quotes last year's fee schedule.”",
        "We want the model to know our travel rules by heart.",
        "Customer complains that every letter sounds like a robot.",
    ],
)
def test_what_a_buyer_said_is_a_statement(text: str) -> None:
    assert read_given(text) == Given.STATEMENT


def test_a_letter_is_a_draft() -> None:
    assert read_given(DRAFT) == Given.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "What is LoRA?",
        "customer insists on their own model, how do i respond",
        "We fine-tuned already. Do we still need retrieval?",
        "lora vs full finetuning",
        "Hi all, we have many circulars. Is tuning right?",
    ],
)
def test_a_question_is_a_question(text: str) -> None:
    assert read_given(text) == Given.QUESTION


def test_few_of_our_own_questions_are_taken_for_anything_else() -> None:
    known = read_questions(CALIBRATION)
    taken = [question.text for question in known if read_given(question.text) != Given.QUESTION]
    assert len(taken) <= 0.02 * len(known), taken
