"""Grades into the database: at handing in, and later for answers that waited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Sum

from enablement import outbox
from quizzes import grading
from quizzes.evidence.keeping import note_grades
from quizzes.models import Answer, Attempt, Grade, PendingGrade, PendingState, Question

# The outbox's name for grading one answer that waits. Its argument `answer` is the answer's id.
GRADE_ANSWER: Final = "grade_answer"
# The outbox's name for noting in somebody's practice how an attempt went. Its argument `attempt` is its id.
NOTE_ATTEMPT: Final = "note_attempt"
# What a grade consists of, for the record of what it was before.
KEPT: Final = ("score", "correct", "answered", "checks", "chosen", "true", "judge", "key_of_id")


def grade_at_once(answers: Iterable[Answer], now: datetime) -> None:
    """Write the grades of `answers` that rules alone can give, and let the others wait for theirs.

    For the transaction in which an attempt is handed in. Reads the answers' keys.
    """
    grades, pending = [], []
    for answer in answers:
        key = grading.Key(options=answer.option_order, correct=answer.question.key.correct)
        grade = answer.question.rules.grade(key, answer.response)
        if grade is None:
            pending.append(PendingGrade(answer=answer, since=now))
        else:
            grades.append(grade_row(answer, grade, now))
    Grade.objects.bulk_create(grades)
    PendingGrade.objects.bulk_create(pending)
    for row in pending:
        outbox.add_work(GRADE_ANSWER, key=f"{GRADE_ANSWER}:{row.answer_id}", answer=row.answer_id)


@transaction.atomic
def settle_answer(
    answer: Answer, grade: grading.Grade, *, now: datetime, key_of: Question | None = None
) -> Grade:
    """Give an answer its grade, or another one than before, and bring the attempt's score up to date.

    `key_of` is the version whose key it was graded by, where that is not the one that was asked.
    """
    kept = kept_grade(grade_row(answer, grade, now))
    return put_grade(answer, {**kept, "key_of_id": key_of.pk if key_of else None}, now=now)


@transaction.atomic
def put_grade(answer: Answer, kept: Mapping[str, Any], *, now: datetime) -> Grade:
    """Give an answer the grade that `kept_grade` made `kept` of; it waits no longer."""
    attempt = _locked(answer)
    grade = replace_grade(answer, kept, now=now)
    measure_anew(attempt)
    return grade


@transaction.atomic
def leave_to_a_person(answer: Answer, waits: Mapping[str, Any], *, now: datetime) -> None:
    """Let an answer wait instead of its grade, as `kept_waiting` says (empty: for a person)."""
    attempt = _locked(answer)
    let_wait(answer, waits, now=now)
    measure_anew(attempt)


def replace_grade(answer: Answer, kept: Mapping[str, Any], *, now: datetime) -> Grade:
    """Give an answer a grade, and leave its attempt's score to whoever has locked the attempt."""
    PendingGrade.objects.filter(answer=answer).delete()
    grade, _ = Grade.objects.update_or_create(answer=answer, defaults={**kept, "graded_at": now})
    note_grades([answer.pk])
    return grade


def let_wait(answer: Answer, waits: Mapping[str, Any], *, now: datetime) -> None:
    """Let an answer wait, and leave its attempt's score to whoever has locked the attempt."""
    Grade.objects.filter(answer=answer).delete()
    since = datetime.fromisoformat(waits["since"]) if "since" in waits else now
    state: dict[str, Any] = {"state": PendingState.NEEDS_REVIEW, "proposal": [], "key_of_id": None}
    pending, _ = PendingGrade.objects.update_or_create(
        answer=answer, defaults={**state, **waits, "since": since}
    )
    if pending.state == PendingState.WAITING:
        # The work that would have graded it is done, and found nothing to grade.
        outbox.add_work(GRADE_ANSWER, answer=answer.pk)


def kept_grade(grade: Grade | None) -> dict[str, Any]:
    """What is kept of a grade when another takes its place; enough to give it again. Empty for none."""
    return {} if grade is None else {name: getattr(grade, name) for name in KEPT}


def kept_waiting(pending: PendingGrade | None) -> dict[str, Any]:
    """How an answer waits, so that `let_wait` can let it wait again. Empty where it does not."""
    if pending is None:
        return {}
    kept = {name: getattr(pending, name) for name in ("state", "proposal", "key_of_id")}
    return {**kept, "since": pending.since.isoformat()}


def _locked(answer: Answer) -> Attempt:
    return Attempt.objects.select_for_update(no_key=True).get(pk=answer.attempt_id)


def measure_anew(attempt: Attempt) -> None:
    """Bring the score of a locked attempt up to date, and what practice makes of it."""
    measure(attempt)
    attempt.save(update_fields=["score", "waiting"])
    outbox.add_work(NOTE_ATTEMPT, attempt=str(attempt.pk))


def measure(attempt: Attempt) -> None:
    """Work out the score of a locked attempt from the grades that there are; the caller saves it."""
    grades = Grade.objects.filter(answer__attempt=attempt)
    given = grades.aggregate(total=Sum("score"), count=Count("pk"))
    counted = given["count"] + attempt.carried
    attempt.score = ((given["total"] or 0.0) + attempt.carried) / counted if counted else None
    attempt.waiting = PendingGrade.objects.filter(answer__attempt=attempt).count()


def grade_row(answer: Answer, grade: grading.Grade, now: datetime) -> Grade:
    """Return a grade as the row that is stored."""
    return Grade(
        answer=answer,
        score=grade.score,
        correct=grade.correct,
        answered=grade.answered,
        checks=[asdict(check) for check in grade.checks],
        chosen=grade.chosen,
        true=grade.true,
        graded_at=now,
        judge=grade.judge,
    )
