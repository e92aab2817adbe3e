"""A regrade worked out: which answers come out otherwise, and how. Nothing of anybody's changes here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from enablement.judges.answer_files import shipped_check
from enablement.models import Person
from enablement.numbers import number
from quizzes import grading
from quizzes.grades import kept_grade, kept_waiting
from quizzes.grading.rubrics import Outcome, read_rubric
from quizzes.grading.written import BY_PERSON, grade_of, written_checks
from quizzes.models import (
    Answer,
    AttemptState,
    Becomes,
    PendingState,
    Question,
    Regrade,
    RegradeLine,
    RegradeState,
    RegradeWay,
)
from quizzes.written import judge_written

# What a grade says it was given by when everybody's answer was accepted.
ACCEPTED: Final = "accepted"
# More than a page shows and one transaction should hold.
MOST_ANSWERS: Final = 5_000

DECIDED = "Left as they are, because a person decided on them"
OTHER_OPTIONS = "Left as they are, because they chose among other options than the newest version has"
IN_WORK = "Left out, because the judge is still at them"


def answers_of(regrade: Regrade, person: Person) -> QuerySet[Answer]:
    """The handed-in answers that a regrade of `person`'s reaches; nobody grades their own."""
    found = Answer.objects.visible_to(person).exclude(attempt__person=person)
    found = found.filter(attempt__state=AttemptState.SUBMITTED)
    if regrade.question_slug:
        found = found.filter(question__slug=regrade.question_slug)
    if regrade.quiz_id:
        found = found.filter(attempt__quiz=regrade.quiz_id)
    return found


def plan_regrade(regrade: Regrade) -> Regrade:
    """Work out a regrade's lines anew. Done twice, it comes to the same. Raises EncoderUnavailable."""
    person = regrade.made_by
    if regrade.state not in (RegradeState.WORKING, RegradeState.READY) or person is None:
        return regrade
    found = answers_of(regrade, person)
    regrade.answers = found.count()
    if regrade.answers > MOST_ANSWERS:
        regrade.problem = _too_many(regrade.answers)
        lines, notes = list[RegradeLine](), list[str]()
    else:
        lines, notes = _lines(regrade, found)
        regrade.problem = ""
    with transaction.atomic():
        held = Regrade.objects.select_for_update().get(pk=regrade.pk)
        if held.state not in (RegradeState.WORKING, RegradeState.READY):
            return held
        held.lines.all().delete()
        RegradeLine.objects.bulk_create(lines)
        held.answers, held.problem, held.notes = regrade.answers, regrade.problem, notes
        held.state = RegradeState.READY
        held.save(update_fields=["answers", "problem", "notes", "state"])
    return held


def _lines(regrade: Regrade, found: QuerySet[Answer]) -> tuple[list[RegradeLine], list[str]]:
    rows = found.select_related(
        "question__key", "question__distinction", "attempt__person", "grade", "pending"
    ).prefetch_related("question__options", "question__distinction__outcomes")
    newest = _newest(rows) if regrade.way == RegradeWay.ANEW else {}
    lines, left = list[RegradeLine](), dict.fromkeys((DECIDED, OTHER_OPTIONS, IN_WORK), 0)
    for answer in rows.order_by("pk"):
        line = RegradeLine(
            regrade=regrade,
            answer=answer,
            before=kept_grade(getattr(answer, "grade", None)),
            waited=kept_waiting(getattr(answer, "pending", None)),
        )
        reason = _plan(line, regrade.way, newest.get(answer.question.slug))
        if reason:
            left[reason] += 1
        elif line.becomes and not _is_same(line):
            lines.append(line)
    return lines, [f"{text}: {count}." for text, count in left.items() if count]


def _too_many(answers: int) -> str:
    most = number(MOST_ANSWERS)
    return f"These are {number(answers)} answers. Name a quiz as well, so that they are at most {most}."


def _newest(rows: Iterable[Answer]) -> dict[str, Question]:
    slugs = {answer.question.slug for answer in rows}
    versions = Question.objects.filter(slug__in=slugs).order_by("slug", "-version").distinct("slug")
    asked = Question.objects.filter(pk__in=versions.values("pk")).select_related("key", "distinction")
    asked = asked.prefetch_related("options", "distinction__outcomes")
    return {question.slug: question for question in asked}


def _plan(line: RegradeLine, way: str, newest: Question | None) -> str:
    """Say on `line` what the answer becomes. Return why it is left alone; empty where it is not."""
    answer = line.answer
    if not line.before and not line.waited:
        return ""
    if way == RegradeWay.VOID:
        line.becomes = Becomes.NOTHING
        return ""
    if way == RegradeWay.ACCEPT:
        _accept(line)
        return ""
    if line.before.get("judge") == BY_PERSON:
        return DECIDED
    pending = getattr(answer, "pending", None)
    if pending is not None and pending.state == PendingState.WAITING:
        return IN_WORK
    return _grade_anew(line, newest) if newest is not None else ""


def _accept(line: RegradeLine) -> None:
    """An answer that was given is right. One that was left open stays: there is nothing to accept."""
    answer, before = line.answer, line.before
    if not answer.is_given:
        return
    # What is accepted is no error in either direction, so what was chosen counts as true.
    right = {
        "score": 1.0,
        "correct": True,
        "answered": True,
        "true": before.get("chosen", ""),
        "judge": ACCEPTED,
    }
    bare: dict[str, Any] = {"checks": [], "chosen": "", "key_of_id": None}
    line.becomes, line.after = Becomes.GRADE, bare | before | right


def _grade_anew(line: RegradeLine, newest: Question) -> str:
    answer = line.answer
    if newest.key.rubric.get("checks"):
        return _judge_anew(line, newest)
    if answer.question.option_texts() != newest.option_texts():
        return OTHER_OPTIONS
    key = grading.Key(options=answer.option_order, correct=newest.key.correct)
    grade = newest.rules.grade(key, answer.response)
    if grade is not None:
        line.becomes, line.after = Becomes.GRADE, _kept(grade, newest)
    return ""


def _judge_anew(line: RegradeLine, newest: Question) -> str:
    answer = line.answer
    if not answer.is_given:
        return ""
    rubric = read_rubric(newest.prompt, newest.key.rubric)
    grade = judge_written(rubric, grading.written_in(answer.response), answer.attempt.person)
    if grade.outcome == Outcome.OPEN:
        line.becomes = Becomes.PERSON
        proposal = [asdict(check) for check in written_checks(rubric, grade)]
        line.waits = {"state": PendingState.NEEDS_REVIEW, "proposal": proposal, "key_of_id": newest.pk}
    else:
        line.becomes, line.after = (
            Becomes.GRADE,
            _kept(grade_of(rubric, grade, shipped_check().digest), newest),
        )
    return ""


def _kept(grade: grading.Grade, newest: Question) -> dict[str, Any]:
    return {**asdict(grade), "checks": [asdict(check) for check in grade.checks], "key_of_id": newest.pk}


def _is_same(line: RegradeLine) -> bool:
    """Whether nothing changes that anybody would see."""
    if line.becomes == Becomes.PERSON:
        return not line.before and line.waited.get("proposal") == line.waits["proposal"]
    if line.becomes == Becomes.NOTHING:
        return False
    return bool(line.before) and _in_short(line.before) == _in_short(line.after)


def _in_short(kept: dict[str, Any]) -> tuple[Any, ...]:
    met = sorted(row["name"] for row in kept.get("checks", []) if row["met"])
    return round(kept["score"], 9), kept["correct"], met
