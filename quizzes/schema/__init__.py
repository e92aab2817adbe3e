"""What a `quiz.yaml` holds, as plain data: one class for each way of asking."""

from quizzes.kinds import QuestionKind
from quizzes.schema.choices import (
    CheapestStepItem,
    ChoiceItem,
    MarkWordsItem,
    OptionItem,
    PhraseItem,
    SortItem,
)
from quizzes.schema.parts import FlipPairItem, OrderItem, StoryItem, mixed
from quizzes.schema.question import QuestionItem, SampleItem
from quizzes.schema.quiz import AnyItem, QuizItem
from quizzes.schema.written import CheckItem, WrittenItem

ITEM_TYPES: dict[QuestionKind, type[AnyItem]] = {
    QuestionKind.ONE_CHOICE: ChoiceItem,
    QuestionKind.SEVERAL_CHOICES: ChoiceItem,
    QuestionKind.SORT: SortItem,
    QuestionKind.CHEAPEST_STEP: CheapestStepItem,
    QuestionKind.PUT_IN_ORDER: OrderItem,
    QuestionKind.MARK_WORDS: MarkWordsItem,
    QuestionKind.FLIP_PAIR: FlipPairItem,
    QuestionKind.REWRITE: WrittenItem,
    QuestionKind.FREE_TEXT: WrittenItem,
    QuestionKind.ANALOGY_BREAK: WrittenItem,
}

__all__ = [
    "ITEM_TYPES",
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
    "mixed",
]
