"""What the worker does for quizzes. Every task takes ids and bears being run twice."""

from __future__ import annotations

import logging

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from enablement import outbox
from enablement.models import Lesson, Person
from enablement.own_forms import written_for
from enablement.roles import may_edit
from quizzes import closing
from quizzes.assignments import reminding
from quizzes.badge import badge_now, earn_badge
from quizzes.coaching import rechecking
from quizzes.grades import GRADE_ANSWER, NOTE_ATTEMPT
from quizzes.models import Answer, Attempt, Regrade
from quizzes.paced_judging import NotDone, judge_for
from quizzes.practice.from_quizzes import note_attempt
from quizzes.practice.own_words import judge_item
from quizzes.practice.sessions import GRADE_PRACTICE
from quizzes.proposing_by_model import PROPOSE, propose_by_model
from quizzes.question_bench import run_stale_benches
from quizzes.regrading.asking import PLAN_REGRADE
from quizzes.regrading.planning import plan_regrade
from quizzes.slack import practising
from quizzes.written import grade_written

log = logging.getLogger(__name__)

BENCHES_RUN = "benches-run"
# Seconds of judging a run (there is one every two minutes), and until one that was killed counts as over.
BENCH_SECONDS, BENCHES_RUN_AT_MOST = 40.0, 240


@shared_task
def close_overdue_attempts() -> None:
    """Close attempts whose time is over."""
    closing.close_overdue_attempts()


@shared_task
def remind_of_assignments() -> None:
    """Tell people what they were given and what is due soon, and managers how it stands."""
    reminding.remind_of_assignments()


@shared_task
def run_benches() -> None:
    """Run anew what was earned by another judge, rubric or model: the gold set and the questions' benches.

    For some seconds at a time, and one at a time: on a slow machine all of it takes minutes, in which the
    worker has other things to do.
    """
    if not cache.add(BENCHES_RUN, 1, BENCHES_RUN_AT_MOST):
        return
    judge = judge_for(BENCH_SECONDS)
    try:
        if not badge_now().is_current:
            earn_badge(settings.ROOT / "fixtures", judge)
        run_stale_benches(judge, timezone.now())
    except NotDone:
        log.info("the benches go on with the next run")
    finally:
        cache.delete(BENCHES_RUN)


@shared_task
def recheck_notes() -> None:
    """Begin the re-checks of coaching notes whose day has come."""
    rechecking.recheck_notes()


@shared_task
def practise_in_slack() -> None:
    """Send a question to those whose hour it is."""
    practising.ask_those_who_wish()


@outbox.handles(GRADE_ANSWER)
def grade_answer(answer: int) -> None:
    """Grade an answer in somebody's own words, or leave it to a person."""
    found = Answer.objects.filter(pk=answer).select_related("attempt__person", "question__key").first()
    if found:
        grade_written(found, now=timezone.now())


@outbox.handles(GRADE_PRACTICE)
def grade_practice(item: int) -> None:
    """Judge an answer of practice in somebody's own words."""
    judge_item(item)


@outbox.handles(PROPOSE)
def propose_questions_by_model(lesson: int, person: int) -> None:
    """Let the language model propose questions about a lesson."""
    found, editor = Lesson.objects.filter(pk=lesson).first(), Person.objects.filter(pk=person).first()
    if found and editor and editor.is_active and may_edit(editor):
        propose_by_model(found, editor)


@outbox.handles(NOTE_ATTEMPT)
def note_attempt_in_practice(attempt: str) -> None:
    """Let what an attempt showed count for when its topics are practised again."""
    found = Attempt.objects.filter(pk=attempt).select_related("person", "quiz__lesson").first()
    if found:
        note_attempt(found)


@outbox.handles(PLAN_REGRADE)
def work_out_a_regrade(regrade: int) -> None:
    """Work out whose grades a regrade would change."""
    found = Regrade.objects.filter(pk=regrade).select_related("made_by", "quiz").first()
    if found:
        with written_for(found.made_by):
            plan_regrade(found)
