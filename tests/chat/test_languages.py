"""Questions in another language than English, and English ones that look odd."""

from __future__ import annotations

import pytest

from enablement.chat.gate.questions import CALIBRATION, read_questions
from enablement.chat.languages import is_foreign


@pytest.mark.parametrize(
    "question",
    [
        "Was ist LoRA?",
        "Wann lohnt sich Fine-Tuning?",
        "Peut-on entraîner le modèle sur nos documents ?",
        "¿Cuánto cuesta el ajuste?",
        "Quando conviene il fine-tuning?",
        "Wat is LoRA?",
        "Czy to działa?",
        "ヒンジは何をしますか",
    ],
)
def test_a_question_in_another_language_is_known_as_one(question: str) -> None:
    assert is_foreign(question)


@pytest.mark.parametrize(
    "question",
    ["LoRA?", "RAG vs fine-tuning", "How do I get it to say “Wie geht es Ihnen”?", "Which OS?", ""],
)
def test_english_is_not_taken_for_another_language(question: str) -> None:
    assert not is_foreign(question)


def test_none_of_our_own_questions_is_taken_for_another_language() -> None:
    assert not [question.text for question in read_questions(CALIBRATION) if is_foreign(question.text)]
