"""The closed set of kinds, each with its rules."""

from __future__ import annotations

from django.db.models import TextChoices

from quizzes.kinds.picks import Picks, Sorting
from quizzes.kinds.rules import Rules


class QuestionKind(TextChoices):
    """How a question is answered. `rules` holds everything in which the kinds differ."""

    ONE_CHOICE = "one_choice", "One choice"
    SEVERAL_CHOICES = "several_choices", "Several choices"
    SORT = "sort", "Sort the statement"

    @property
    def rules(self) -> Rules:
        return RULES[self]


RULES: dict[QuestionKind, Rules] = {
    QuestionKind.ONE_CHOICE: Picks("Choose one.", "quizzes/asked/one.html", hides_ask=True),
    QuestionKind.SEVERAL_CHOICES: Picks(
        "Choose all that are right.", "quizzes/asked/several.html", only_one=False
    ),
    QuestionKind.SORT: Sorting("Sort the statement.", "quizzes/asked/one.html", quotes=True),
}
