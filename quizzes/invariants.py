"""What must hold of attempts, grades and practice, whatever was killed, cut or restarted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Sum
from django.utils import timezone

from enablement.models import Work
from enablement.store.invariants import Invariant
from quizzes import grading
from quizzes.evidence.keeping import differing_evidence
from quizzes.grades import GRADE_ANSWER
from quizzes.grading.choices import JUDGE as BY_RULE
from quizzes.models import (
    Answer,
    Attempt,
    AttemptState,
    Grade,
    GradeChange,
    PendingGrade,
    PendingState,
    Question,
    Skill,
)
from quizzes.practice.memory import replay
from quizzes.practice.skills import memory_of, ratings_of
from quizzes.vouching import vouched_for

# The closer and the sweeper look every fifteen seconds.
WITHIN: Final = timedelta(minutes=5)
# The mean of grades, added up in another order, differs in the last digits.
ROUNDING: Final = 1e-9


def answers_graded_twice_over() -> Iterator[str]:
    """Answers that have a grade and wait for one as well."""
    rows = Answer.objects.filter(grade__isnull=False, pending__isnull=False)
    yield from map(str, rows.order_by("pk").iterator())


def attempts_without_grades() -> Iterator[str]:
    """Handed-in attempts of which nothing is graded, carried over or waits.

    A single answer may have neither: what rests on an expired line, or was voided, does not count.
    """
    rows = Attempt.objects.filter(state=AttemptState.SUBMITTED, carried=0)
    empty = rows.filter(answers__grade=None, answers__pending=None).exclude(
        Exists(Grade.objects.filter(answer__attempt=OuterRef("pk")))
    )
    empty = empty.exclude(Exists(PendingGrade.objects.filter(answer__attempt=OuterRef("pk"))))
    yield from (f"attempt {pk}" for pk in empty.distinct().values_list("pk", flat=True))


def grades_nobody_gives() -> Iterator[str]:
    """Answers that wait for the judge although no work is left that would ask it."""
    since = timezone.now() - WITHIN
    for row in PendingGrade.objects.filter(state=PendingState.WAITING, since__lt=since).select_related(
        "answer"
    ):
        if not Work.objects.filter(name=GRADE_ANSWER, arguments__answer=row.answer_id).exists():
            yield str(row.answer)


def grades_before_handing_in() -> Iterator[str]:
    """Grades of attempts that are still open: nobody may know them yet."""
    rows = Grade.objects.filter(answer__attempt__state=AttemptState.OPEN)
    yield from (str(grade.answer) for grade in rows.select_related("answer").iterator())


def scores_unlike_their_grades() -> Iterator[str]:
    """Handed-in attempts whose score or number of waiting answers is not what their grades come to."""
    rows = Attempt.objects.filter(state=AttemptState.SUBMITTED).annotate(
        graded=Count("answers__grade"), total=Sum("answers__grade__score"), pending=Count("answers__pending")
    )
    fields = ("pk", "score", "waiting", "carried", "graded", "total", "pending")
    for pk, score, waiting, carried, graded, total, pending in rows.values_list(*fields).iterator():
        counted = graded + carried
        mean = ((total or 0.0) + carried) / counted if counted else None
        if waiting != pending or not _same(score, mean):
            yield f"attempt {pk}"


def grades_unlike_a_regrade() -> Iterator[str]:
    """Grades by rule, never changed by a person, that the same rule would not give again."""
    # A million grades are of a few hundred questions, each of which is read once.
    questions = Question.objects.exclude(key=None).select_related("key").in_bulk()
    changed = Exists(GradeChange.objects.filter(answer=OuterRef("answer")))
    rows = Grade.objects.filter(~changed, judge=BY_RULE).order_by("pk")
    shown = ("answer__attempt", "answer__position", "answer__question", "answer__option_order")
    fields = (*shown, "answer__response", "score", "correct")
    for attempt, position, pk, order, response, score, correct in rows.values_list(*fields).iterator():
        again = _graded_again(questions.get(pk), order, response)
        if again is None or not _same(again.score, score) or again.correct != correct:
            yield f"answer {position + 1} of attempt {attempt}"


def _graded_again(
    question: Question | None, order: list[str], response: Mapping[str, Any] | None
) -> grading.Grade | None:
    """Return what the rule gives; None where the question has no key any more, or is not for a rule."""
    if question is None:
        return None
    return question.rules.grade(grading.Key(options=order, correct=question.key.correct), response)


def skills_unlike_their_reviews() -> Iterator[str]:
    """What a person is taken to remember, and when it is due, that the reviews do not come to."""
    skills = Skill.objects.select_related("person").prefetch_related("reviews").order_by("pk")
    for skill in skills.iterator(chunk_size=500):
        if memory_of(skill) != replay(ratings_of(skill.reviews.all())):
            yield str(skill)


def attempts_left_open() -> Iterator[str]:
    """Attempts whose time is over and that could be graded, but nobody has closed.

    One whose lines have all expired waits for their owner.
    """
    over = Attempt.objects.open().filter(deadline__lt=timezone.now() - WITHIN)
    for attempt in over.order_by("deadline"):
        answers = attempt.answers.select_related(
            "question__card", "question__guide_entry", "question__distinction", "question__ladder"
        )
        if vouched_for(answer.question for answer in answers):
            yield f"attempt {attempt.pk}"


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= ROUNDING


def evidence_unlike_the_answers() -> Iterator[str]:
    """Evidence that is missing, too much, or other than what follows from the answers."""
    if number := differing_evidence():
        yield f"{number} rows; rebuild_evidence puts them right"


INVARIANTS: Final = (
    Invariant("grades", "No answer has a grade and waits for one.", answers_graded_twice_over),
    Invariant("attempts", "What was handed in is graded or waits for it.", attempts_without_grades),
    Invariant("waiting", "Whoever waits for a grade will get it.", grades_nobody_gives),
    Invariant("early-grades", "Nothing is graded before it is handed in.", grades_before_handing_in),
    Invariant("scores", "Every score is what its grades come to.", scores_unlike_their_grades),
    Invariant("regrade", "The same answer gets the same grade again.", grades_unlike_a_regrade),
    Invariant("skills", "What is due in practice follows from the reviews.", skills_unlike_their_reviews),
    Invariant("evidence", "Reports rest on what was answered.", evidence_unlike_the_answers),
    Invariant("deadlines", "No attempt stays open after its time.", attempts_left_open),
)
