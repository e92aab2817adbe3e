"""Answers in one's own words: graded by the local judge, or left to a person with what it proposes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from enablement.judges.answer_files import shipped_check
from enablement.judges.answers import judge_answers
from enablement.judges.wording import check_clean_text
from enablement.meters import JUDGES
from enablement.models import Person
from enablement.texts import tidy_text
from quizzes.grades import settle_answer
from quizzes.grading import written_in
from quizzes.grading.opinions import Opinion, weigh
from quizzes.grading.rubrics import Rubric, RubricGrade, grade_rubric, read_rubric
from quizzes.grading.written import WrittenCheck, grade_of, written_checks
from quizzes.models import Answer, Grade, PendingGrade, PendingState, Question
from quizzes.second_opinion import second_opinion

# Levels of a wording finding that count against an answer.
COUNTS = {"block", "warn"}


def key_question(answer: Answer) -> Question | None:
    """The version whose key an answer is graded by, where it is another than the one that was asked."""
    grade = Grade.objects.filter(answer=answer).select_related("key_of__key").first()
    pending = PendingGrade.objects.filter(answer=answer).select_related("key_of__key").first()
    return grade.key_of if grade else pending.key_of if pending else None


def rubric_of(answer: Answer) -> Rubric | None:
    """Return the rubric that an answer is graded by; None where there is none. Reads the question's key."""
    question = key_question(answer) or answer.question
    return read_rubric(question.prompt, question.key.rubric) if question.key.rubric.get("checks") else None


def grade_written(answer: Answer, *, now: datetime) -> Grade | None:
    """Grade a waiting answer, or leave it to a person. Done again, it changes nothing that a person did.

    Raises EncoderUnavailable; the work is then tried again.
    """
    pending = PendingGrade.objects.filter(answer=answer, state=PendingState.WAITING).first()
    if pending is None:
        return None
    rubric = rubric_of(answer)
    if rubric is None:
        _leave_to_a_person(pending, ())
        return None
    text = written_in(answer.response)
    grade, opinion = judge_weighed(rubric, text, answer.attempt.person)
    if not PendingGrade.objects.filter(pk=pending.pk, state=PendingState.WAITING).exists():
        return None  # Somebody was faster than the model.
    if grade.needs_review:
        _leave_to_a_person(pending, written_checks(rubric, grade, opinion, text))
        return None
    given = grade_of(rubric, grade, shipped_check().digest, opinion, text)
    return settle_answer(answer, given, now=now, key_of=key_question(answer))


def judge_weighed(rubric: Rubric, text: str, person: Person) -> tuple[RubricGrade, Opinion | None]:
    """Judge a text, weighed against a model's opinion where one is wanted. Raises EncoderUnavailable."""
    with JUDGES.labels("grading").time():
        local = judge_written(rubric, text, person)
    opinion = second_opinion(person, rubric, text)
    return weigh(rubric, local, opinion), opinion


def judge_written(rubric: Rubric, text: str, person: Person) -> RubricGrade:
    """Judge a text by a rubric and by the wording guide as `person` sees it. Raises EncoderUnavailable."""
    found = check_clean_text(tidy_text(text), person)
    forbidden = [finding.quote for finding in found if finding.level in COUNTS and finding.quote in text]
    return grade_rubric(rubric, text, lambda asked: judge_answers(asked, patience=60.0), forbidden)


def _leave_to_a_person(pending: PendingGrade, proposed: tuple[WrittenCheck, ...]) -> None:
    pending.state, pending.proposal = PendingState.NEEDS_REVIEW, [asdict(check) for check in proposed]
    pending.save(update_fields=["state", "proposal"])
