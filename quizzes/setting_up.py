"""Editors set up quizzes. What people began stays as it was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from enablement import audit
from enablement.models import Person
from quizzes.bank import bank_of
from quizzes.models import Question, Quiz, QuizQuestion


class NothingToAsk(ValueError):
    """A quiz that people would find empty. The message is one sentence for the editor."""


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
