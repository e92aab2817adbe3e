"""A question of practice as it is shown: asked, and after it was answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.db.models import QuerySet

from enablement.models import Person
from quizzes.grades import grade_row
from quizzes.grading import Grade, Key
from quizzes.grading.written import kept_checks
from quizzes.models import Answer, PendingState, PracticeItem
from quizzes.release import asked_now
from quizzes.sheets.graded_sheet import GradedQuestion, graded_question, held_question
from quizzes.sheets.open_sheet import OpenQuestion, open_question
from quizzes.sheets.waiting_sheet import WaitingQuestion, waiting_question

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


def answered(item: PracticeItem, reader: Person) -> GradedQuestion:
    """Return an answered question as `reader` may see it. Raises ValueError before it has a grade."""
    shown = _answered(item)
    return held_question(shown) if item.question.slug in asked_now(reader) else shown


def _answered(item: PracticeItem) -> GradedQuestion:
    grade = grade_of(item) if item.answered_at else None
    if item.answered_at is None or grade is None:
        raise ValueError(f"{item} has not been answered, or waits for the judge")
    answer = _as_answer(item)
    # Set on the unsaved answer, where the sheet looks for it; neither is stored.
    answer.grade = grade_row(answer, grade, item.answered_at)
    return replace(graded_question(answer), is_undecided=item.is_undecided)


def grade_of(item: PracticeItem) -> Grade | None:
    """Return how a response came out; None where the judge has yet to read it. Reads the question's key."""
    if item.grade is not None:
        return Grade(**{**item.grade, "checks": tuple(kept_checks(item.grade["checks"]))})
    question = item.question
    return question.rules.grade(Key(item.option_order, question.key.correct), item.response)


def waiting(item: PracticeItem) -> WaitingQuestion:
    """Return a question whose answer waits for the judge."""
    return waiting_question(_as_answer(item), PendingState.WAITING)


def shared_answers(person: Person, reader: Person) -> list[tuple[PracticeItem, GradedQuestion]]:
    """Return the latest practice answers of `person` that `reader` may read; none unless they are shared.

    Without those to questions that `reader` is being asked in a quiz.
    """
    items = PracticeItem.objects.visible_to(reader).filter(session__person=person).judged()
    items = items.exclude(question__slug__in=asked_now(reader))
    shown = shown_items(items.order_by("-answered_at")).select_related(
        "question__key", "question__card", "question__guide_entry"
    )
    return [(item, _answered(item)) for item in shown[:MOST_SHARED]]


def _as_answer(item: PracticeItem) -> Answer:
    return Answer(
        question=item.question,
        position=item.position,
        option_order=item.option_order,
        response=item.response,
    )
