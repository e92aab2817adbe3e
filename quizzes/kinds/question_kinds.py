"""The closed set of kinds, each with its rules."""

from __future__ import annotations

from django.db.models import TextChoices

from quizzes.kinds.picks import Picks, Sorting
from quizzes.kinds.rules import Rules
from quizzes.kinds.written import Written


class QuestionKind(TextChoices):
    """How a question is answered. `rules` holds everything in which the kinds differ."""

    ONE_CHOICE = "one_choice", "One choice"
    SEVERAL_CHOICES = "several_choices", "Several choices"
    SORT = "sort", "Sort the statement"
    REWRITE = "rewrite", "Rewrite the line"
    FREE_TEXT = "free_text", "Free text"
    ANALOGY_BREAK = "analogy_break", "Where the analogy breaks"

    @property
    def rules(self) -> Rules:
        return RULES[self]


RULES: dict[QuestionKind, Rules] = {
    QuestionKind.ONE_CHOICE: Picks("Choose one.", "quizzes/asked/one.html", hides_ask=True),
    QuestionKind.SEVERAL_CHOICES: Picks(
        "Choose all that are right.", "quizzes/asked/several.html", only_one=False
    ),
    QuestionKind.SORT: Sorting("Sort the statement.", "quizzes/asked/one.html", quotes=True),
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
