"""Questions that lean on the one before."""

from __future__ import annotations

import pytest

from enablement.chat.followup import Earlier, leans, stand_alone

TUNING = Earlier("When does fine-tuning pay off?", ["Small tuned model", "Fine-tuning"])


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("and what does that cost?", "what does Fine-tuning cost?"),
        ("How long does it take?", "How long does Fine-tuning take?"),
        ("And the risks?", "the risks, Fine-tuning?"),
        ("why?", "why? (When does fine-tuning pay off?)"),
        ("ok and who can see it?", "who can see Fine-tuning?"),
        ("What about LoRA?", "What about LoRA, Fine-tuning?"),
    ],
)
def test_a_question_that_leans_is_made_to_stand_alone(question: str, understood: str) -> None:
    assert stand_alone(question, TUNING) == understood


@pytest.mark.parametrize(
    "question",
    [
        "What is LoRA?",
        "Does retrieval stop made-up answers?",
        "Can examples in the prompt fix the format that it breaks?",
        "how much training data do i need",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert not leans(question)
    assert stand_alone(question, TUNING) == question


def test_the_first_question_of_a_conversation_leans_on_nothing() -> None:
    assert stand_alone("And that?", None) == "And that?"


def test_a_subject_that_nobody_named_is_not_put_in() -> None:
    earlier = Earlier("The answers are too long. What helps?", ["Behaviour problem"])
    assert stand_alone("Why is that?", earlier) == "Why is that? (The answers are too long. What helps?)"


def test_a_question_behind_a_question_is_carried_on_alone() -> None:
    earlier = Earlier("and then? (What helps?)")
    assert stand_alone("but why?", earlier) == "why? (What helps?)"
