"""The figures of a quiz out of the database: first finished attempts of the people one may read about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from enablement.models import Person
from enablement.roles import may_edit, may_lead
from quizzes.grading import chosen_in
from quizzes.models import Attempt, Grade, Question, Quiz
from quizzes.release import asked_now
from quizzes.statistics.measures import (
    Given,
    ItemFigures,
    OptionFigures,
    Reliability,
    item_figures,
    reliability,
)
from quizzes.statistics.verdicts import Verdict, consistency, verdict

# A longer pause between two answers is somebody who was called away.
LONGEST_THOUGHT: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option with its text, whether it is right, and else the misconception behind it."""

    figures: OptionFigures
    text: str
    is_right: bool
    misconception: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A question of the quiz in the version it asks now, its figures (None: nobody met it), verdict."""

    question: Question
    figures: ItemFigures | None
    verdict: Verdict
    options: list[OptionRow]

    @property
    def difficulty(self) -> int | None:
        return None if self.figures is None else round(100 * self.figures.difficulty)


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """A quiz by its items. `attempts` are first finished ones."""

    attempts: int
    reliability: Reliability | None
    consistency: str
    items: list[ItemRow]

    @property
    def to_look_at(self) -> int:
        return sum(row.verdict.needs_a_look for row in self.items)


def readable(quiz: Quiz, person: Person) -> QuerySet[Attempt] | None:
    """Return the attempts whose figures `person` may read; None where they may read none.

    Editors read everybody's, without names. Managers read those of their teams, and not while they have the
    quiz open themselves, or another that asks some of it: the figures show what is right.
    """
    if may_edit(person):
        return Attempt.objects.filter(quiz=quiz)
    taking = Attempt.objects.of(person).running().filter(quiz=quiz).exists()
    taking = taking or Question.objects.filter(places__quiz=quiz, slug__in=asked_now(person)).exists()
    if not may_lead(person) or taking:
        return None
    return Attempt.objects.visible_to(person).filter(quiz=quiz)


def quiz_statistics(quiz: Quiz, attempts: QuerySet[Attempt]) -> QuizStatistics:
    """Return the figures of `quiz` over the first finished one of each person's `attempts`. Five queries."""
    first = attempts.submitted().order_by("person", "number").distinct("person")  # type: ignore[attr-defined]
    given = _given(list(first.values_list("pk", flat=True)))
    questions = _questions(quiz)
    names = {question.pk: question.names() for question in questions}
    figures, found = item_figures(given, names), reliability(given)
    return QuizStatistics(
        attempts=len({one.attempt for one in given}),
        reliability=found,
        consistency=consistency(found),
        items=[_row(question, figures.get(question.pk)) for question in questions],
    )


def _questions(quiz: Quiz) -> list[Question]:
    asked = Question.objects.filter(places__quiz=quiz).order_by("places__order")
    rows = asked.select_related("key", "distinction").prefetch_related("options", "distinction__outcomes")
    return [question for question in rows if hasattr(question, "key")]


def _given(attempts: Sequence[Any]) -> list[Given]:
    rows = Grade.objects.filter(answer__attempt__in=attempts).order_by("answer__attempt", "answer__saved_at")
    given, before = [], dict[Any, datetime]()
    fields = ("answer__attempt", "answer__question", "score", "answer__response", "answer__saved_at")
    for attempt, question, score, response, saved_at, begun in rows.values_list(
        *fields, "answer__attempt__started_at"
    ):
        chosen = chosen_in(response) if response and "chosen" in response else ()
        seconds = _seconds(before.get(attempt, begun), saved_at)
        before[attempt] = saved_at or before.get(attempt, begun)
        given.append(Given(str(attempt), question, score, chosen, seconds))
    return given


def _seconds(before: datetime, saved_at: datetime | None) -> float | None:
    """The time since the answer before: how long somebody thought, unless they were away."""
    if saved_at is None or not timedelta() < saved_at - before <= LONGEST_THOUGHT:
        return None
    return (saved_at - before).total_seconds()


def _row(question: Question, figures: ItemFigures | None) -> ItemRow:
    key, texts, rules = question.key, question.option_texts(), question.rules
    if figures is None:
        return ItemRow(question, None, Verdict(judged=False), [])
    options = [
        OptionRow(
            one,
            rules.choice_text(one.name, texts),
            one.name in key.correct,
            key.misconceptions.get(one.name, ""),
        )
        for one in figures.options
    ]
    rate = rules.guessing_rate(question.names())
    return ItemRow(question, figures, verdict(figures, key.correct, rate), options)
