"""Editors set up quizzes. What people began stays as it was drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from enablement import audit
from enablement.models import Person, State
from quizzes.bank import bank_of, drawables
from quizzes.drawing import draw
from quizzes.explaining import Explained, explain_drawing
from quizzes.models import Question, Quiz, QuizQuestion
from quizzes.quiz_forms import draw_rules


class NothingToAsk(ValueError):
    """A quiz that people would find empty. The message is one sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an attempt at a quiz comes to, and one drawn as an example."""

    explained: Explained
    example: list[Question]


def drawn_from(
    questions: Iterable[Question],
    listed: Collection[str],
    random: Random,
    *,
    from_bank: bool,
    draws: int | None,
    rules: list[dict[str, Any]],
) -> Drawn:
    """Return what a quiz that is set up like this asks: of `questions`, or of those `listed` by slug."""
    pool = drawables(
        question
        for question in questions
        if question.state == State.RELEASED and (from_bank or question.slug in listed)
    )
    asked_by = draw_rules(rules)
    return Drawn(explain_drawing(pool, draws, asked_by), draw(pool, draws, random, asked_by))


@transaction.atomic
def save_quiz(quiz: Quiz, person: Person, *, rules: list[dict[str, Any]], slugs: Sequence[str]) -> Quiz:
    """Save a quiz with its rules and the questions it lists. Raises NothingToAsk.

    `slugs` name questions of its lesson; those that were listed keep their order, new ones follow.
    """
    chosen = {question.slug: question for question in bank_of(quiz.lesson).filter(slug__in=slugs)}
    if not quiz.from_bank and not chosen:
        raise NothingToAsk("Tick at least one question, or let it draw from all questions of the lesson.")
    made = quiz.pk is None
    if made:
        quiz.slug = _free_slug(quiz.title)
    quiz.rules = rules
    quiz.save()
    _list_questions(quiz, chosen)
    audit.record(person, "save_quiz", quiz, after={"made": made, "state": quiz.state, "lists": len(chosen)})
    return quiz


def _list_questions(quiz: Quiz, chosen: dict[str, Question]) -> None:
    before = list(quiz.places.order_by("order").values_list("question__slug", flat=True))
    ordered = [slug for slug in before if slug in chosen]
    ordered += [slug for slug in chosen if slug not in before]
    if ordered == before:
        return
    quiz.places.all().delete()
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=chosen[slug], order=order) for order, slug in enumerate(ordered)
    )


def _free_slug(title: str) -> str:
    name = slugify(title)[:60].strip("-") or "quiz"
    taken = set(Quiz.objects.filter(slug__startswith=name).values_list("slug", flat=True))
    names = [name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))]
    return next(slug for slug in names if slug not in taken)
