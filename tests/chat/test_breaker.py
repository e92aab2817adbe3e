"""The circuit breaker, with a clock of the test's own."""

from __future__ import annotations

from enablement.chat.breaker import FAILURES, OPEN_FOR, WITHIN, Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened() -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.lets_pass()
        breaker.note_failure()
    return breaker, clock


def test_it_opens_at_the_fifth_failure_in_a_row_of_seconds() -> None:
    breaker, _ = opened()
    assert not breaker.lets_pass()


def test_failures_far_apart_do_not_open_it() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(2 * FAILURES):
        breaker.note_failure()
        clock.now += WITHIN / 2
    assert breaker.lets_pass()


def test_after_a_while_one_call_may_try_and_closes_it_when_it_works() -> None:
    breaker, clock = opened()
    clock.now += OPEN_FOR
    assert breaker.lets_pass()
    assert not breaker.lets_pass()
    breaker.note_success()
    assert breaker.lets_pass()


def test_when_the_call_that_tries_fails_it_stays_open() -> None:
    breaker, clock = opened()
    clock.now += OPEN_FOR
    assert breaker.lets_pass()
    breaker.note_failure()
    clock.now += OPEN_FOR - 1
    assert not breaker.lets_pass()
