"""A question of practice as it is shown: asked, and after it was answered."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from enablement.models import Person
from quizzes.grades import grade_row
from quizzes.grading import Grade, Key
from quizzes.models import Answer, PracticeItem
from quizzes.sheets.graded_sheet import GradedQuestion, graded_question
from quizzes.sheets.open_sheet import OpenQuestion, open_question

# As many as somebody reads through before a talk.
MOST_SHARED: Final = 10


def shown_items(items: QuerySet[PracticeItem]) -> QuerySet[PracticeItem]:
    """`items` with what showing them as questions needs; no key among it."""
    return items.select_related("question__distinction").prefetch_related(
        "question__options", "question__distinction__outcomes"
    )


def asked(item: PracticeItem) -> OpenQuestion:
    """Return the question of `item` as it is asked."""
    return open_question(_as_answer(item))


def answered(item: PracticeItem) -> GradedQuestion:
    """Return an answered question with how it came out. Raises ValueError before it was answered."""
    if item.answered_at is None:
        raise ValueError(f"{item} has not been answered")
    answer = _as_answer(item)
    grade = grade_of(item)
    # Set on the unsaved answer, where the sheet looks for it; neither is stored.
    answer.grade = grade_row(answer, grade, item.answered_at)
    return graded_question(answer)


def grade_of(item: PracticeItem) -> Grade:
    """Return how a response came out. Only what is graded at once is practised. Reads the question's key."""
    question = item.question
    grade = question.rules.grade(Key(item.option_order, question.key.correct), item.response)
    if grade is None:
        raise ValueError(f"{question} is not graded at once")
    return grade


def shared_answers(person: Person, reader: Person) -> list[tuple[PracticeItem, GradedQuestion]]:
    """Return the latest practice answers of `person` that `reader` may read; none unless they are shared."""
    items = PracticeItem.objects.visible_to(reader).filter(session__person=person).answered()
    shown = shown_items(items.order_by("-answered_at")).select_related(
        "question__key", "question__card", "question__guide_entry"
    )
    return [(item, answered(item)) for item in shown[:MOST_SHARED]]


def _as_answer(item: PracticeItem) -> Answer:
    return Answer(
        question=item.question,
        position=item.position,
        option_order=item.option_order,
        response=item.response,
    )
