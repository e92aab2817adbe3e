"""The closed set of kinds, each with its rules."""

from __future__ import annotations

from django.db.models import TextChoices

from quizzes.kinds.parts import FlipPair, Ordering
from quizzes.kinds.picks import Picks, Sorting
from quizzes.kinds.rules import Rules
from quizzes.kinds.written import Written


class QuestionKind(TextChoices):
    """How a question is answered. `rules` holds everything in which the kinds differ."""

    ONE_CHOICE = "one_choice", "One choice"
    SEVERAL_CHOICES = "several_choices", "Several choices"
    SORT = "sort", "Sort the statement"
    CHEAPEST_STEP = "cheapest_step", "Cheapest sufficient step"
    PUT_IN_ORDER = "put_in_order", "Put in order"
    MARK_WORDS = "mark_words", "Mark what must not be said"
    FLIP_PAIR = "flip_pair", "Flip pair"
    REWRITE = "rewrite", "Rewrite the line"
    FREE_TEXT = "free_text", "Free text"
    ANALOGY_BREAK = "analogy_break", "Where the analogy breaks"

    @property
    def rules(self) -> Rules:
        return RULES[self]


# Answered by one press: what somebody meets first, or between two other things.
ONE_PRESS = frozenset({QuestionKind.ONE_CHOICE, QuestionKind.SORT, QuestionKind.CHEAPEST_STEP})

RULES: dict[QuestionKind, Rules] = {
    QuestionKind.ONE_CHOICE: Picks("Choose one.", "quizzes/asked/one.html", hides_ask=True),
    QuestionKind.SEVERAL_CHOICES: Picks(
        "Choose all that are right.", "quizzes/asked/several.html", only_one=False
    ),
    QuestionKind.SORT: Sorting("Sort the statement.", "quizzes/asked/one.html", quotes=True),
    QuestionKind.CHEAPEST_STEP: Sorting(
        "Choose the cheapest step that is enough.",
        "quizzes/asked/one.html",
        graded_with="quizzes/graded/step.html",
        quotes=True,
    ),
    QuestionKind.PUT_IN_ORDER: Ordering(
        "Give each its number.", "quizzes/asked/order.html", graded_with="quizzes/graded/order.html"
    ),
    QuestionKind.MARK_WORDS: Picks(
        "Mark every part that must not be said.",
        "quizzes/asked/words.html",
        graded_with="quizzes/graded/words.html",
        keeps_order=True,
        only_one=False,
    ),
    QuestionKind.FLIP_PAIR: FlipPair(
        "The two differ in one fact. It counts when both are right.",
        "quizzes/asked/pair.html",
        graded_with="quizzes/graded/pair.html",
    ),
    QuestionKind.REWRITE: Written(
        "Rewrite this line so that it can be said to a buyer.", "quizzes/asked/text.html", quotes=True
    ),
    QuestionKind.FREE_TEXT: Written(
        "Answer in your own words, in two or three sentences.", "quizzes/asked/text.html"
    ),
    QuestionKind.ANALOGY_BREAK: Written(
        "Say where this analogy breaks, and what you would tell a buyer instead.",
        "quizzes/asked/text.html",
        quotes=True,
    ),
}
