"""What a `quiz.yaml` holds, as plain data: one class for each way of asking."""

from quizzes.schema.choices import (
    CheapestStepItem,
    ChoiceItem,
    MarkWordsItem,
    OptionItem,
    PhraseItem,
    SortItem,
)
from quizzes.schema.parts import FlipPairItem, OrderItem, StoryItem
from quizzes.schema.question import QuestionItem, SampleItem
from quizzes.schema.quiz import AnyItem, QuizItem
from quizzes.schema.written import CheckItem, WrittenItem

__all__ = [
    "AnyItem",
    "CheapestStepItem",
    "CheckItem",
    "ChoiceItem",
    "FlipPairItem",
    "MarkWordsItem",
    "OptionItem",
    "OrderItem",
    "PhraseItem",
    "QuestionItem",
    "QuizItem",
    "SampleItem",
    "SortItem",
    "StoryItem",
    "WrittenItem",
]
