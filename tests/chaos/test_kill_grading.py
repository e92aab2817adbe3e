"""A short run of what `python -m tests.chaos.kill_grading` does at length."""

from __future__ import annotations

import random

import pytest

from enablement.models import Person
from quizzes.models import Attempt
from tests.chaos.grading import hand_in_written, kill_process, kill_while_grading

CYCLES = 6


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_grades_loses_no_answer(every_kind: Attempt, ada: Person) -> None:
    every_kind.delete()
    answers = hand_in_written(ada, every_kind.quiz, 3 * CYCLES)
    outcome = kill_while_grading(answers, CYCLES, random.Random(0), kill_process)
    assert outcome.losses == []
    assert outcome.kills > 1
