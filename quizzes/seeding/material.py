"""What a made-up history is about: the quizzes, questions and scenarios that there are, with their keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizzes.bank import askable, drawables
from quizzes.drawing import Drawable
from quizzes.grading.rubrics import Rubric, read_rubric
from quizzes.models import AnswerKey, Question, Quiz, Scenario
from quizzes.practice.questions import GRADED_AT_ONCE
from quizzes.seeding.answering import Asked


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what answering and grading it takes. `rubric`: answered in one's own words."""

    question: Question
    asked: Asked
    rubric: Rubric | None
    names: list[str]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything there is to answer. `items` are by the question's id."""

    quizzes: list[Quiz]
    drawn_from: dict[int, list[Drawable[Question]]]
    items: dict[int, Item]
    practised: list[Item]
    scenarios: list[Scenario] = field(default_factory=list)

    @property
    def answers_an_attempt(self) -> int:
        """About how many questions an attempt has; the longer quizzes are the ones that are taken more."""
        sizes = [min(quiz.draws or 99, len(self.drawn_from[quiz.pk])) for quiz in self.quizzes]
        return max(1, round(sum(size * size for size in sizes) / sum(sizes)))

    @property
    def topics(self) -> list[str]:
        return sorted({item.asked.topic for item in self.items.values()})

    @property
    def outcomes(self) -> list[str]:
        """The outcomes that statements have, without the steps of a ladder."""
        sorting = [item for item in self.items.values() if item.question.distinction_id]
        return sorted({name for item in sorting for name in item.names})


def read_material() -> Material:
    """Read the released quizzes with their keys. For made-up answers only: nobody is shown anything of it."""
    quizzes = list(Quiz.objects.released().for_all().select_related("lesson").order_by("pk"))
    drawn_from = {quiz.pk: drawables(askable(quiz)) for quiz in quizzes}
    questions = {one.item.pk: one.item for asked in drawn_from.values() for one in asked}
    keys = {key.question_id: key for key in AnswerKey.objects.filter(question__in=questions)}
    items = {pk: _item(question, keys[pk]) for pk, question in questions.items()}
    practised = [item for item in items.values() if item.question.kind in GRADED_AT_ONCE]
    scenarios = Scenario.objects.select_related("script").prefetch_related("distinction__outcomes")
    return Material(quizzes, drawn_from, items, practised, list(scenarios))


def _item(question: Question, key: AnswerKey) -> Item:
    names = question.names()
    rubric = read_rubric(question.prompt, key.rubric) if key.rubric.get("checks") else None
    asked = Asked(
        topic=question.topic,
        difficulty=question.difficulty,
        guess=question.rules.guessing_rate(names) if names else 0.0,
        names=tuple(names),
        correct=tuple(key.correct),
        sorts=question.distinction_id is not None,
    )
    return Item(question, asked, rubric, names)
