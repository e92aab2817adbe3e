"""Killing whoever grades, in the middle of it, and what was lost by it.

The judge is a slow one of ours: what is tried is the way from an answer to its grade, not how good it is.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connections
from django.utils import timezone

from enablement.models import Person, Work
from enablement.outbox import run_work
from quizzes import tasks, written
from quizzes.attempts import save_answer, start_attempt, submit_attempt
from quizzes.grading.rubrics import GradedCheck, Outcome, Rubric, RubricGrade
from quizzes.models import Answer, Attempt, Grade, PendingGrade, PendingState, Quiz
from tests.chaos.killing import wait_for_database

# Seconds that the judge takes, and after which a kill comes at the latest.
THINKS, LATEST = 0.03, 0.4


@dataclass(frozen=True, slots=True)
class Graded:
    """How a run came out. `losses` are sentences; none is the goal."""

    answers: int
    kills: int
    in_the_middle: int
    seconds: float
    losses: list[str]


def slow_judge(rubric: Rubric, text: str, person: Person) -> RubricGrade:
    """Take a moment; every third text is left to a person."""
    time.sleep(THINKS)
    outcome = Outcome.OPEN if len(text) % 3 == 0 else Outcome.MET
    checks = tuple(GradedCheck(check.name, outcome, 0, 1, text[:1], 0.5) for check in rubric.checks)
    return RubricGrade(outcome, checks, (), frozenset(), 1.0)


def hand_in_written(person: Person, quiz: Quiz, count: int) -> list[int]:
    """Hand in `count` attempts with a written answer each and return the answers' ids."""
    found = []
    for number in range(count):
        attempt = start_attempt(person, quiz)
        answer = attempt.answers.get(question__kind="free_text")
        save_answer(attempt, answer.question, {"text": "Lift it " + "up " * (number + 1)}, 1)
        submit_attempt(attempt, person)
        found.append(answer.pk)
    return found


def grade_all() -> None:
    """Do all work that nobody is at."""
    assert tasks.GRADE_ANSWER  # Imported, so that the outbox knows who does it.
    written.judge_written = slow_judge  # type: ignore[assignment]  # In a process of its own.
    for work in Work.objects.filter(finished_at=None).order_by("pk").values_list("pk", flat=True):
        run_work(work)


def kill_while_grading(
    answers: Sequence[int], cycles: int, chance: random.Random, strike: Callable[[int], None]
) -> Graded:
    """Start a grader `cycles` times and `strike` its process in the middle; then let one finish."""
    began, kills, middle = time.monotonic(), 0, 0
    for _ in range(cycles):
        grader = _start()
        time.sleep(chance.uniform(THINKS, LATEST))
        if grader.is_alive() and grader.pid:
            strike(grader.pid)
            kills += 1
        grader.join()
        connections.close_all()  # A killed database took ours with it.
        wait_for_database()
        middle = Work.objects.filter(finished_at=None, claimed_until__gt=timezone.now()).count()
    # As if the time had passed after which a killed worker's claims run out.
    Work.objects.filter(finished_at=None).update(claimed_until=None)
    _start().join()
    return Graded(len(answers), kills, middle, round(time.monotonic() - began, 1), losses(answers))


def kill_process(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def losses(answers: Sequence[int]) -> list[str]:
    """Say what is wrong with how an answer stands: it has one grade, or waits for a person."""
    found = []
    for answer in Answer.objects.filter(pk__in=answers).select_related("attempt"):
        grades = Grade.objects.filter(answer=answer).count()
        waits = PendingGrade.objects.filter(answer=answer, state=PendingState.NEEDS_REVIEW).count()
        if grades + waits != 1:
            found.append(f"{answer} has {grades} grades and waits {waits} times")
        attempt = Attempt.objects.get(pk=answer.attempt_id)
        if attempt.waiting != waits:
            found.append(f"{attempt} says that {attempt.waiting} of its answers wait, and {waits} do")
    return found


def _start() -> multiprocessing.process.BaseProcess:
    connections.close_all()
    grader = multiprocessing.get_context("fork").Process(target=grade_all)
    grader.start()
    return grader
