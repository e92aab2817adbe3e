"""Questions in another language than English, and English ones that look odd."""

from __future__ import annotations

import pytest

from enablement.chat.gate.questions import CALIBRATION, read_questions
from enablement.judges.reading import is_foreign, other_language


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


@pytest.mark.parametrize("text", ["No GPUs, no experts, no headaches.", "It mixes du and Sie in one letter."])
def test_english_with_words_of_others_is_english(text: str) -> None:
    assert other_language(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Unser Chatbot kennt unsere Richtlinien nicht, wir wollen ihn damit trainieren.",
        "Cuánto cuesta entrenar el modelo con nuestros documentos?",
        "Nasz model nie zna naszych dokumentów, dlaczego?",
    ],
)
def test_a_short_sentence_is_not_judged_as_if_it_were_english(text: str) -> None:
    assert other_language(text)
