"""Saving a question that was written in a form or sent by a program: what is saved is a new version."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from enablement.lessons.checking import Problem
from enablement.models import Lesson, Person
from quizzes.authoring.checking import problems_in
from quizzes.authoring.offers import QuestionOffer
from quizzes.exporting import question_data
from quizzes.kinds import QuestionKind
from quizzes.models import Question
from quizzes.writing import write_item


class NotWhole(ValueError):
    """A question that cannot be asked as it is. `problems` say why, field by field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("Some fields are not right yet. It is not saved.")
        self.problems = problems


class SavedMeanwhile(ValueError):
    """Somebody saved `version` after this one was begun. Nothing was changed."""

    def __init__(self, version: int) -> None:
        super().__init__(f"Somebody saved version {version} after you had begun. Read it, then save again.")
        self.version = version


@transaction.atomic
def save_question(
    lesson: Lesson,
    item: dict[str, Any],
    person: Person,
    *,
    of: Question | None = None,
    began: int | None = None,
) -> Question:
    """Save a `finished` question, or a new version `of` one.

    `began` is the version that was read before. Raises NotWhole, SavedMeanwhile, CannotBeAsked.
    """
    problems = problems_in(QuestionKind(item["kind"]), item, QuestionOffer(lesson, person, item))
    if problems:
        raise NotWhole(problems)
    if of is not None:
        versions = Question.objects.select_for_update().filter(slug=of.slug).order_by("-version")
        newest = versions.values_list("version", flat=True)[0]
        if newest != began:
            raise SavedMeanwhile(newest)
    return write_item(lesson, item, person, of=of)


def restore_question(newest: Question, old: Question, person: Person) -> Question:
    """Bring an earlier version of a question back, as a new one. Raises CannotBeAsked."""
    return write_item(newest.lesson, {"slug": newest.slug, **question_data(old)}, person, of=newest)
