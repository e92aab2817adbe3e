"""Killing while answers are being saved, and what was lost by it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import OperationalError, connection

from enablement.models import Person
from enablement.tokens import make_token
from quizzes.attempts import start_attempt
from quizzes.models import Quiz
from tests.chaos.writer import Writer

# Seconds between two kills, at the least and at the most.
PAUSE = (0.02, 0.5)
RECOVERED_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run came out. `losses` are sentences; none is the goal."""

    cycles: int
    kills: int
    confirmed: int
    unconfirmed: int
    seconds: float
    losses: list[str]


def writers_of(person: Person, quiz: Quiz, port: int) -> list[Writer]:
    """One writer for each question of an attempt of `person`."""
    _, token = make_token(person, "chaos", 1)
    attempt = start_attempt(person, quiz)
    return [Writer(port, token, answer) for answer in attempt.answers.select_related("question")]


def wait_for_database() -> None:
    """Wait until the database answers: killed last, it is still at its log. Raises OperationalError."""
    until = time.monotonic() + RECOVERED_WITHIN
    while True:
        try:
            return connection.ensure_connection()
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def kill_while_writing(
    writers: Sequence[Writer], kill: Callable[[], bool], cycles: int, chance: random.Random
) -> Outcome:
    """Let `writers` write while `kill` is called `cycles` times, a moment of chance apart."""
    began, kills = time.monotonic(), 0
    for writer in writers:
        writer.start()
    for _ in range(cycles):
        time.sleep(chance.uniform(*PAUSE))
        kills += kill()
    time.sleep(PAUSE[1])
    for writer in writers:
        writer.over.set()
    for writer in writers:
        writer.join()
    wait_for_database()
    return Outcome(
        cycles=cycles,
        kills=kills,
        confirmed=sum(writer.confirmed for writer in writers),
        unconfirmed=sum(writer.unconfirmed for writer in writers),
        seconds=round(time.monotonic() - began, 1),
        losses=[loss for writer in writers if (loss := writer.loss())],
    )
