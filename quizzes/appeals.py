"""Objections, and the decisions of people: they settle the grade, tell the rep, and join the bench."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse

from enablement import audit
from enablement.models import Person
from enablement.texts import clean_text
from enablement.trust.notices import notify
from quizzes.grades import kept_grade, kept_waiting, leave_to_a_person, put_grade, settle_answer
from quizzes.grading.written import WrittenCheck, grade_by_person, kept_checks
from quizzes.models import Answer, Appeal, AppealState, Attempt, Grade, GradeChange, PendingGrade
from quizzes.reports.people import readers_of
from quizzes.samples import join_bench, leave_bench
from quizzes.written import key_question, rubric_of

# Working days in which a manager decides.
DAYS_TO_DECIDE = 3
LONGEST_REASON = 1_000
LONGEST_DECISION = 1_000


class NoAppeal(ValueError):
    """There is nothing to object to. The message is a sentence for the person."""


class DecidedMeanwhile(ValueError):
    """Somebody else was faster. The message is a sentence for the person who was not."""


class NothingToUndo(ValueError):
    """There is no decision to take back. The message is a sentence for the person."""


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
    answer: Answer,
    actor: Person,
    met: Collection[str],
    spoilt: bool,
    note: str,
    *,
    now: datetime,
    seen: str = "",
) -> Grade:
    """Give an answer the grade that a person decides on, close its objections, and tell the rep.

    The old grade is kept; the answer joins the bench of its question. `seen` is the `standing_of` the answer
    that the person decided on. Raises DecidedMeanwhile where it stands otherwise by now, and NoAppeal.
    """
    rubric = rubric_of(answer)
    if rubric is None:
        raise NoAppeal("This question has no checks to decide on.")
    Attempt.objects.select_for_update(no_key=True).get(pk=answer.attempt_id)
    if seen and seen != standing_of(answer):
        raise DecidedMeanwhile(_who_decided(answer))
    before = kept_grade(Grade.objects.filter(answer=answer).first())
    waited = kept_waiting(PendingGrade.objects.filter(answer=answer).first())
    appeals = Appeal.objects.open().filter(answer=answer)
    why = "An objection was decided" if appeals.exists() else "A person decided"
    decided = grade_by_person(rubric, proposed_checks(answer), met, spoilt)
    new = settle_answer(answer, decided, now=now, key_of=key_question(answer))
    closed = _close_appeals(
        answer, actor, {row["name"] for row in new.checks if row["met"]}, before, note, now
    )
    joined = join_bench(answer, sorted(set(met)), spoilt)
    GradeChange.objects.create(
        answer=answer,
        actor=actor,
        why=why,
        before=before,
        after=kept_grade(new),
        made_at=now,
        is_decision=True,
        undo={"pending": waited, "appeals": closed, "bench": joined},
    )
    title = f"Your answer was looked at: {'right' if new.correct else 'not right yet'}"
    _tell(answer, title, note, now)
    audit.record(actor, "decide_answer", answer, before=_in_short(before), after=_in_short(kept_grade(new)))
    return new


@transaction.atomic
def undo_decision(answer: Answer, actor: Person, *, now: datetime) -> GradeChange:
    """Take back the newest decision about an answer: its grade, its objections and its bench are as before.

    The rep is told. Raises NothingToUndo where nobody decided, or the grade has changed since.
    """
    Attempt.objects.select_for_update(no_key=True).get(pk=answer.attempt_id)
    change = GradeChange.objects.filter(answer=answer).first()
    grade = Grade.objects.filter(answer=answer).first()
    if change is None or not change.is_decision or change.undone_at or change.after != kept_grade(grade):
        raise NothingToUndo(
            "There is no decision to take back: the grade has changed since, or nobody decided."
        )
    if change.before:
        put_grade(answer, change.before, now=now)
    else:
        leave_to_a_person(answer, change.undo.get("pending") or {}, now=now)
    Appeal.objects.filter(pk__in=change.undo.get("appeals", ())).update(
        state=AppealState.OPEN, decided_by=None, decided_at=None, note=""
    )
    leave_bench(change.undo.get("bench", {}))
    change.undone_at = now
    change.save(update_fields=["undone_at"])
    _tell(answer, "A decision about your answer was taken back: it is looked at again", "", now)
    audit.record(
        actor, "undo_decision", answer, before=_in_short(change.after), after=_in_short(change.before)
    )
    return change


def standing_of(answer: Answer) -> str:
    """How an answer stands, as a short text that differs as soon as a grade or an objection does."""
    grade = Grade.objects.filter(answer=answer).values_list("graded_at", "judge").first()
    waits = PendingGrade.objects.filter(answer=answer).values_list("state", "since").first()
    appeals = list(Appeal.objects.open().filter(answer=answer).order_by("pk").values_list("pk", flat=True))
    return sha256(repr((grade, waits, appeals)).encode()).hexdigest()[:16]


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


def _in_short(kept: dict[str, Any]) -> dict[str, Any]:
    """A grade for the audit, which holds no words of anybody's answer."""
    return {name: kept[name] for name in ("score", "correct", "judge") if name in kept}


def _who_decided(answer: Answer) -> str:
    change = GradeChange.objects.decisions().filter(answer=answer).select_related("actor").first()
    if change is None or change.actor is None:
        return "This answer has changed since you opened it. Look at it again."
    return f"{change.actor.name} decided on this answer while you looked at it. Nothing of yours was saved."


def _close_appeals(
    answer: Answer, actor: Person, met: set[str], before: dict[str, Any], note: str, now: datetime
) -> list[int]:
    """Close what is open and return its ids. Accepted is what came out otherwise than before."""
    was_met = {row["name"] for row in before.get("checks", []) if row["met"]}
    closed = []
    for appeal in Appeal.objects.open().filter(answer=answer):
        changed = (appeal.check_name in met) != (appeal.check_name in was_met)
        appeal.state = AppealState.ACCEPTED if changed else AppealState.DECLINED
        appeal.decided_by, appeal.decided_at, appeal.note = actor, now, note
        appeal.save(update_fields=["state", "decided_by", "decided_at", "note"])
        closed.append(appeal.pk)
    return closed


def _tell(answer: Answer, title: str, note: str, now: datetime) -> None:
    url = reverse("attempt-result", args=[answer.attempt_id])
    key = f"decided:{answer.pk}:{now.isoformat()}"
    notify([answer.attempt.person], "outcome", title, key=key, text=note[:300], url=url)
