"""The models of the quizzes. Everything a person reaches goes through `visible_to(person)`."""

from quizzes.kinds import QuestionKind
from quizzes.models.attempts import Answer, Attempt, AttemptState, Grade
from quizzes.models.idempotency import KeptResponse
from quizzes.models.pending import PendingGrade, PendingState
from quizzes.models.questions import AnswerKey, Option, Question, SampleAnswer
from quizzes.models.quizzes import Quiz, QuizQuestion

__all__ = [
    "Answer",
    "AnswerKey",
    "Attempt",
    "AttemptState",
    "Grade",
    "KeptResponse",
    "Option",
    "PendingGrade",
    "PendingState",
    "Question",
    "QuestionKind",
    "Quiz",
    "QuizQuestion",
    "SampleAnswer",
]
