"""Answers of practice in one's own words: judged as in a quiz. What cannot be told counts for nothing."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.db import transaction
from django.db.models import QuerySet

from enablement.judges.answer_files import shipped_check
from quizzes.grading import Grade, written_in
from quizzes.grading.rubrics import read_rubric
from quizzes.grading.written import grade_of
from quizzes.models import PracticeItem
from quizzes.practice.sessions import settle_item
from quizzes.written import judge_weighed


def judge_item(pk: int) -> None:
    """Judge an item that waits. Done again, or for one that does not wait, it changes nothing.

    Raises EncoderUnavailable; the work is then tried again.
    """
    item = _with_key().filter(pk=pk, session__person__is_active=True).first()
    if item is None or not item.waits:
        return
    rubric = read_rubric(item.question.prompt, item.question.key.rubric)
    text = written_in(item.response)
    judged, opinion = judge_weighed(rubric, text, item.session.person)
    grade = grade_of(rubric, judged, shipped_check().digest, opinion, text)
    _keep(pk, replace(grade, correct=grade.correct and not judged.needs_review), judged.needs_review)


@transaction.atomic
def _keep(pk: int, grade: Grade, is_undecided: bool) -> None:
    item = _with_key().select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not item.waits:
        return
    item.grade = asdict(grade)
    if is_undecided:
        # Of something that nobody decides there is no review: its topic comes again as it would have.
        item.save(update_fields=["grade"])
    else:
        settle_item(item, grade.score)


def _with_key() -> QuerySet[PracticeItem]:
    return PracticeItem.objects.select_related("session__person", "question__key", "question__lesson")
