"""A regrade applied, and taken back. The old grade is kept; whoever it concerns is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse

from enablement import audit, numbers
from enablement.models import Person
from enablement.trust.notices import notify
from quizzes.grades import kept_grade, kept_waiting, let_wait, measure_anew, replace_grade
from quizzes.models import (
    Answer,
    Attempt,
    Becomes,
    Grade,
    GradeChange,
    PendingGrade,
    Regrade,
    RegradeLine,
    RegradeState,
)
from quizzes.models.attempts import per_cent
from quizzes.regrading.planning import answers_of
from quizzes.regrading.standings import effects_of

EMPTIES = (
    "{} would be left with nothing that counts. Accept all instead, or void the question together with "
    "others later."
)


class CannotRegrade(ValueError):
    """It cannot be applied, or taken back. The message is a sentence for the person."""


@transaction.atomic
def apply_regrade(regrade: Regrade, actor: Person, *, now: datetime) -> Regrade:
    """Give the grades that were worked out, except where one changed meanwhile. Raises CannotRegrade."""
    regrade = Regrade.objects.select_for_update().get(pk=regrade.pk)
    if regrade.state != RegradeState.READY:
        raise CannotRegrade(f"This one is {regrade.get_state_display().lower()} already.")
    if regrade.problem:
        raise CannotRegrade(regrade.problem)
    empty = sum(effect.after.is_empty for effect in effects_of(regrade))
    if empty:
        raise CannotRegrade(EMPTIES.format("One attempt" if empty == 1 else f"{empty} attempts"))
    # Somebody may have left the team since: then their grades are no business of the actor's.
    reached = set(answers_of(regrade, actor).values_list("pk", flat=True))
    lines = [line for line in _lines(regrade) if line.answer_id in reached]
    _each_attempt(regrade, lines, _apply, now)
    regrade.state, regrade.applied_at = RegradeState.APPLIED, now
    regrade.save(update_fields=["state", "applied_at"])
    applied = regrade.lines.exclude(applied_at=None).count()
    audit.record(actor, "apply_regrade", regrade, after={"way": regrade.way, "answers": applied})
    return regrade


@transaction.atomic
def undo_regrade(regrade: Regrade, actor: Person, *, now: datetime) -> int:
    """Give the grades of before again. Return how many changed since and are left. Raises CannotRegrade."""
    regrade = Regrade.objects.select_for_update().get(pk=regrade.pk)
    if regrade.state != RegradeState.APPLIED:
        raise CannotRegrade("Only what is applied can be taken back.")
    lines = [line for line in _lines(regrade) if line.applied_at]
    _each_attempt(regrade, lines, _undo, now)
    regrade.state, regrade.undone_at = RegradeState.UNDONE, now
    regrade.save(update_fields=["state", "undone_at"])
    left = sum(line.undone_at is None for line in lines)
    audit.record(actor, "undo_regrade", regrade, after={"answers": len(lines) - left, "left": left})
    return left


def _lines(regrade: Regrade) -> list[RegradeLine]:
    return list(regrade.lines.select_related("answer__attempt__person").order_by("answer__attempt", "pk"))


def _each_attempt(regrade: Regrade, lines: Iterable[RegradeLine], change: Any, now: datetime) -> None:
    """Let `change` treat the lines attempt by attempt, each locked, and tell its person what came of it."""
    by_attempt = defaultdict[Any, list[RegradeLine]](list)
    for line in lines:
        by_attempt[line.answer.attempt_id].append(line)
    # Locked in one order, so that two regrades at the same moment never wait for each other.
    for attempt in Attempt.objects.select_for_update(no_key=True).filter(pk__in=by_attempt).order_by("pk"):
        before = per_cent(attempt.score)
        changed = [change(regrade, line, now) for line in by_attempt[attempt.pk]]
        if any(changed):
            measure_anew(attempt)
            _tell(regrade, attempt, before, now)


def _apply(regrade: Regrade, line: RegradeLine, now: datetime) -> bool:
    answer = line.answer
    if _as_it_is(answer) != (line.before, line.waited):
        return False
    _put(answer, line.becomes, line.after, line.waits, now)
    line.applied_at = now
    line.save(update_fields=["applied_at"])
    _note(regrade, line, line.before, line.after, now)
    return True


def _undo(regrade: Regrade, line: RegradeLine, now: datetime) -> bool:
    answer = line.answer
    grade, waits = _as_it_is(answer)
    as_applied = {
        Becomes.GRADE: grade == line.after,
        Becomes.NOTHING: not grade and not waits,
        Becomes.PERSON: not grade and waits.get("proposal") == line.waits.get("proposal"),
    }
    if not as_applied[Becomes(line.becomes)]:
        return False
    becomes = Becomes.GRADE if line.before else Becomes.PERSON
    _put(answer, becomes, line.before, line.waited, now)
    line.undone_at = now
    line.save(update_fields=["undone_at"])
    _note(regrade, line, line.after, line.before, now)
    return True


def _put(answer: Answer, becomes: str, kept: dict[str, Any], waits: dict[str, Any], now: datetime) -> None:
    if becomes == Becomes.GRADE:
        replace_grade(answer, kept, now=now)
    elif becomes == Becomes.PERSON:
        let_wait(answer, waits, now=now)
    else:
        Grade.objects.filter(answer=answer).delete()
        PendingGrade.objects.filter(answer=answer).delete()


def _as_it_is(answer: Answer) -> tuple[dict[str, Any], dict[str, Any]]:
    grade = Grade.objects.filter(answer=answer).first()
    return kept_grade(grade), kept_waiting(PendingGrade.objects.filter(answer=answer).first())


def _note(
    regrade: Regrade, line: RegradeLine, before: dict[str, Any], after: dict[str, Any], now: datetime
) -> None:
    why = "Taken back" if line.undone_at else regrade.get_way_display()
    GradeChange.objects.create(
        answer=line.answer,
        actor=regrade.made_by,
        why=f"{why}. {regrade.reason}"[:300],
        before=before,
        after=after,
        made_at=now,
    )


def _tell(regrade: Regrade, attempt: Attempt, before: int | None, now: datetime) -> None:
    after, quiz = per_cent(attempt.score), attempt.quiz.title
    what = f"“{quiz}”: a new grading was taken back," if regrade.applied_at else f"“{quiz}” was graded anew:"
    url = reverse("attempt-result", args=[attempt.pk])
    key = f"regrade:{regrade.pk}:{attempt.pk}:{now.isoformat()}"
    title = partial(_moved, what, before, after)
    notify([attempt.person], "outcome", title, key=key, text=regrade.reason[:300], url=url)


def _moved(what: str, before: int | None, after: int | None) -> str:
    if before == after:
        return f"{what} your score stays"
    if after is None:
        return f"{what} your answers wait for their grade again"
    if before is None:
        return f"{what} your score is {numbers.per_cent(after)}"
    return f"{what} {numbers.per_cent(before)} before, {numbers.per_cent(after)} now"
