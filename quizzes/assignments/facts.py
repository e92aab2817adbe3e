"""Who has done what is assigned: worked out from what there is, so a regrade or an undo counts at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, ExpressionWrapper, F, FloatField

from quizzes.models import Assignment, Attempt, Goal, LessonRead, PracticeItem


@dataclass(frozen=True, slots=True)
class Fact:
    """How far somebody is. `at`: when it was done, but for practice; `count`: answers of practice so far."""

    done: bool = False
    at: datetime | None = None
    count: int = 0


NOTHING = Fact()
# (assignment, person), both by id.
Facts = dict[tuple[int, int], Fact]


def facts_of(assignments: Iterable[Assignment], people: Collection[int]) -> Facts:
    """Return what each of `people` has done for each of `assignments`, where there is anything.

    Two queries, and one more for each that is about practice.
    """
    wanted = list(assignments)
    facts: Facts = {}
    facts |= _passed([one for one in wanted if one.goal == Goal.QUIZ], people)
    facts |= _read([one for one in wanted if one.goal == Goal.LESSON], people)
    for one in wanted:
        if one.goal == Goal.PRACTICE:
            facts |= _practised(one, people)
    return facts


def _counts_from(assignment: Assignment, at: datetime) -> bool:
    return assignment.counts_earlier or at >= assignment.made_at


def _passed(assignments: list[Assignment], people: Collection[int]) -> Facts:
    if not assignments:
        return {}
    # As Attempt.is_passed says it.
    reached = ExpressionWrapper(F("score") * 100 + 1e-9, output_field=FloatField())
    attempts = Attempt.objects.submitted().filter(
        person__in=people, quiz__in={one.quiz_id for one in assignments}, waiting=0
    )
    passed = attempts.annotate(reached=reached).filter(reached__gte=F("quiz__pass_mark"))
    rows = list(passed.order_by("submitted_at").values_list("quiz", "person", "submitted_at"))
    facts: Facts = {}
    for one in assignments:
        for quiz, person, at in rows:
            if quiz == one.quiz_id and at is not None and _counts_from(one, at):
                facts.setdefault((one.pk, person), Fact(True, at))
    return facts


def _read(assignments: list[Assignment], people: Collection[int]) -> Facts:
    if not assignments:
        return {}
    lessons = {one.lesson_id for one in assignments}
    rows = list(
        LessonRead.objects.filter(person__in=people, lesson__in=lessons).values_list("lesson", "person", "at")
    )
    return {
        (one.pk, person): Fact(True, at)
        for one in assignments
        for lesson, person, at in rows
        if lesson == one.lesson_id and _counts_from(one, at)
    }


def _practised(assignment: Assignment, people: Collection[int]) -> Facts:
    items = PracticeItem.objects.answered().filter(
        session__person__in=people, question__lesson=assignment.lesson_id
    )
    if not assignment.counts_earlier:
        items = items.filter(answered_at__gte=assignment.made_at)
    rows = items.order_by().values_list("session__person").annotate(n=Count("pk"))
    return {(assignment.pk, person): Fact(n >= assignment.answers, None, n) for person, n in rows}
