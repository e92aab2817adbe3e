"""A question of which nobody said what is right is asked of nobody."""

from __future__ import annotations

import pytest

from enablement.models import Person
from quizzes.attempts import EmptyQuiz, start_attempt
from quizzes.models import AnswerKey, Question, Quiz, QuizQuestion
from tests.quizzes.doors import Answering


@pytest.mark.parametrize("key", [None, []])
def test_a_question_without_a_key_is_not_asked(
    quiz: Quiz, ada: Person, hand_in: Answering, key: list[str] | None
) -> None:
    keyless = Question.objects.create(
        lesson=quiz.lesson, slug="keyless", kind="one_choice", prompt="Which?", topic="parts"
    )
    QuizQuestion.objects.create(quiz=quiz, question=keyless, order=99)
    if key is not None:
        AnswerKey.objects.create(question=keyless, correct=key, explanation="None yet.")
    attempt = hand_in(ada, quiz)
    assert attempt.score == 1.0
    assert not attempt.answers.filter(question=keyless).exists()


def test_a_quiz_in_which_no_question_has_a_key_cannot_be_started(quiz: Quiz, ada: Person) -> None:
    AnswerKey.objects.all().delete()
    with pytest.raises(EmptyQuiz):
        start_attempt(ada, quiz)
