"""A few people at work on the site, and how a fault looked from their side."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from random import Random

from django.db import connections
from django.db.models import Q

from enablement.models import Person, Role, Work
from enablement.tokens import make_token
from quizzes.models import Attempt, Grade, PendingGrade, PendingState, Quiz
from tests.chaos.killing import wait_for_database, writers_of
from tests.chaos.people import Reader, cookie_of, longest_gap, statuses
from tests.chaos.stack import Stack
from tests.chaos.takers import Taker

READERS, TAKERS = 4, 2
PATHS = ("/", "/cards/door-lock/", "/quizzes/", "/practice/", "/guide/")
WARM = 4.0
# Seconds in which follow-up work must be done once all is well again.
DRAINS_WITHIN = 90.0


@dataclass(slots=True)
class Outcome:
    """What people saw of a fault: pages by status, waits in seconds; and what was lost, in sentences."""

    seconds: float = 0.0
    pages: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    longest_without_a_page: float = 0.0
    saved: int = 0
    saved_again: int = 0
    handed_in: int = 0
    work_done_after: float | None = None
    notes: dict[str, float] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)

    @property
    def is_bad(self) -> bool:
        return bool(self.losses) or self.work_done_after is None or "500" in self.pages


Fault = Callable[[Stack, float, Random], dict[str, float]]


class Crowd:
    """Readers, writers who save over and over, and takers who hand in."""

    def __init__(self, stack: Stack, first: int = 0) -> None:
        """`first`: the number of the first of its people; two crowds are not the same people."""
        self._stack = stack
        people = [_person(first + number) for number in range(READERS + TAKERS + 1)]
        self._readers = [Reader(stack.port, cookie_of(person), PATHS) for person in people[:READERS]]
        tokens = [make_token(person, "chaos", 1)[1] for person in people[READERS:-1]]
        self._takers = [Taker(stack.port, token, "every-kind") for token in tokens]
        quiz = Quiz.objects.exclude(slug="every-kind").get()
        Attempt.objects.filter(person=people[-1]).delete()
        self._writers = writers_of(people[-1], quiz, stack.port)

    def during(self, fault: Fault, seconds: float, chance: Random) -> Outcome:
        """Let everybody work, break something for about `seconds`, and look at what came of it."""
        outcome, threads = Outcome(), [*self._readers, *self._takers, *self._writers]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        time.sleep(WARM)
        outcome.notes = fault(self._stack, seconds, chance)
        repaired = time.monotonic()
        time.sleep(WARM)
        for thread in threads:
            thread.over.set()
        for thread in threads:
            thread.join(timeout=60)
        connections.close_all()  # A killed database took ours with it.
        wait_for_database()
        outcome.work_done_after = _done_after(repaired)
        outcome.seconds = round(time.monotonic() - began, 1)
        self._look(outcome)
        return outcome

    def _look(self, outcome: Outcome) -> None:
        visits = [visit for reader in self._readers for visit in reader.visits]
        outcome.pages = statuses(visits)
        outcome.slowest = round(max(visit.seconds for visit in visits), 1)
        outcome.longest_without_a_page = longest_gap(visits)
        outcome.saved = sum(writer.confirmed for writer in self._writers)
        outcome.saved_again = sum(writer.unconfirmed for writer in self._writers)
        outcome.handed_in = sum(len(taker.handed_in) for taker in self._takers)
        outcome.losses += [loss for writer in self._writers if (loss := writer.loss())]
        for taker in self._takers:
            outcome.losses += [taker.refused] if taker.refused else []
            outcome.losses += _not_settled(taker.handed_in)


def tell(name: str, outcome: Outcome) -> str:
    return json.dumps({"fault": name, **asdict(outcome)})


def _person(number: int) -> Person:
    person, _ = Person.objects.get_or_create(username=f"chaos-{number}", defaults={"role": Role.REP})
    return person


def _done_after(repaired: float) -> float | None:
    """Seconds from `repaired` until no work is open; None where some still is after DRAINS_WITHIN."""
    while Work.objects.filter(finished_at=None, tries__lt=5).exists():
        if time.monotonic() - repaired > DRAINS_WITHIN:
            return None
        time.sleep(0.2)
    return round(time.monotonic() - repaired, 1)


def _not_settled(attempts: list[str]) -> list[str]:
    """Handed-in attempts of which an answer has neither one grade nor waits for a person."""
    found = []
    for attempt in Attempt.objects.filter(pk__in=attempts):
        answers = attempt.answers.count()
        graded = Grade.objects.filter(answer__attempt=attempt).count()
        waits = PendingGrade.objects.filter(
            Q(answer__attempt=attempt), state=PendingState.NEEDS_REVIEW
        ).count()
        if attempt.is_open or graded + waits != answers:
            found.append(f"{attempt}: {answers} answers, {graded} graded, {waits} for a person")
    return found
