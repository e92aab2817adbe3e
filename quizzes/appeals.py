"""Objections, and the decisions of people: they settle the grade, tell the rep, and join the bench."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from enablement import audit
from enablement.models import Person
from enablement.texts import clean_text
from enablement.trust.notices import notify
from quizzes import grading
from quizzes.grades import settle_answer
from quizzes.grading.written import WrittenCheck, grade_by_person, kept_checks
from quizzes.models import Answer, Appeal, AppealState, Grade, GradeChange, PendingGrade, SampleAnswer
from quizzes.reports.people import readers_of
from quizzes.written import rubric_of

# Working days in which a manager decides (PRODUCT.md, QZ13).
DAYS_TO_DECIDE = 3
LONGEST_REASON = 1_000


class NoAppeal(ValueError):
    """There is nothing to object to. The message is a sentence for the person."""


@transaction.atomic
def make_appeal(answer: Answer, check: str, reason: str, *, now: datetime) -> Appeal:
    """Object to one check of one's own answer. A second time it stays as it was. Raises NoAppeal, BadText."""
    reason = clean_text(reason, what="reason", limit=LONGEST_REASON)
    grade = Grade.objects.filter(answer=answer).first()
    if grade is None or check not in {row["name"] for row in grade.checks if "title" in row}:
        raise NoAppeal("There is no such check to disagree with. Reload the page.")
    appeal, made = Appeal.objects.get_or_create(
        answer=answer,
        check_name=check,
        defaults={"reason": reason, "made_at": now, "due_at": due_after(now)},
    )
    person = answer.attempt.person
    if made:
        title = f"{person.name} disagrees with a grade"
        url = reverse("answer-review", args=[answer.pk])
        notify(readers_of(person), "review", title, key=f"appeal:{appeal.pk}", text=reason[:300], url=url)
        audit.record(person, "make_appeal", appeal, after={"check": check})
    return appeal


@transaction.atomic
def decide_answer(
    answer: Answer, actor: Person, met: Collection[str], spoilt: bool, note: str, *, now: datetime
) -> Grade:
    """Give an answer the grade that a person decides on, close its objections, and tell the rep.

    The old grade is kept; the answer joins the bench of its question.
    """
    rubric = rubric_of(answer)
    if rubric is None:
        raise NoAppeal("This question has no checks to decide on.")
    old = Grade.objects.select_for_update().filter(answer=answer).first()
    before = _kept(old) if old else {}
    grade = grade_by_person(rubric, proposed_checks(answer), met, spoilt)
    new = settle_answer(answer, grade, now=now)
    why = (
        "An objection was decided"
        if Appeal.objects.open().filter(answer=answer).exists()
        else "A person decided"
    )
    GradeChange.objects.create(
        answer=answer, actor=actor, why=why, before=before, after=_kept(new), made_at=now
    )
    _close_appeals(answer, actor, {check.name for check in grade.checks if check.met}, before, note, now)
    _join_bench(answer, sorted(set(met)), spoilt)
    _tell(answer, new, note, now)
    audit.record(actor, "decide_answer", answer, before=before, after=_kept(new))
    return new


def proposed_checks(answer: Answer) -> list[WrittenCheck]:
    """The checks of an answer as they stand: those of its grade, or those that the judge proposes."""
    grade = Grade.objects.filter(answer=answer).first()
    pending = PendingGrade.objects.filter(answer=answer).first()
    rows = grade.checks if grade else pending.proposal if pending else []
    return kept_checks([row for row in rows if "title" in row])


def due_after(now: datetime) -> datetime:
    """Return the moment DAYS_TO_DECIDE working days (Monday to Friday) after `now`."""
    left, day = DAYS_TO_DECIDE, now
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def _kept(grade: Grade) -> dict[str, Any]:
    return {name: getattr(grade, name) for name in ("score", "correct", "checks", "judge")}


def _close_appeals(
    answer: Answer, actor: Person, met: set[str], before: dict[str, Any], note: str, now: datetime
) -> None:
    """An objection is accepted when its check came out otherwise than before."""
    was_met = {row["name"] for row in before.get("checks", []) if row["met"]}
    for appeal in Appeal.objects.open().filter(answer=answer):
        changed = (appeal.check_name in met) != (appeal.check_name in was_met)
        appeal.state = AppealState.ACCEPTED if changed else AppealState.DECLINED
        appeal.decided_by, appeal.decided_at, appeal.note = actor, now, note
        appeal.save(update_fields=["state", "decided_by", "decided_at", "note"])


def _join_bench(answer: Answer, met: list[str], spoilt: bool) -> None:
    question, text = answer.question, grading.written_in(answer.response)
    known = SampleAnswer.objects.filter(question=question)
    if updated := known.filter(text=text):
        updated.update(met=met, breaks=spoilt)
        return
    last = known.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    SampleAnswer.objects.create(question=question, position=position, text=text, met=met, breaks=spoilt)


def _tell(answer: Answer, grade: Grade, note: str, now: datetime) -> None:
    title = f"Your answer was looked at: {'right' if grade.correct else 'not right yet'}"
    url = reverse("attempt-result", args=[answer.attempt_id])
    key = f"decided:{answer.pk}:{now.isoformat()}"
    notify([answer.attempt.person], "outcome", title, key=key, text=note[:300], url=url)
