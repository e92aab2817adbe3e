"""A short run of what `python -m tests.chaos.kill_web` does at length."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest

from enablement.models import Person
from quizzes.models import Quiz
from tests.chaos.killing import kill_while_writing, writers_of
from tests.chaos.web import kill_one, running_web

CYCLES = 20


@pytest.mark.django_db(transaction=True)
def test_a_killed_web_process_loses_no_confirmed_answer(quiz: Quiz, ada: Person, tmp_path: Path) -> None:
    chance = random.Random(0)
    with running_web(tmp_path / "web.log") as (master, port):
        writers = writers_of(ada, quiz, port)
        outcome = kill_while_writing(writers, partial(kill_one, master, chance), CYCLES, chance)
    assert outcome.losses == []
    assert outcome.kills > CYCLES / 2
    assert outcome.confirmed > CYCLES
