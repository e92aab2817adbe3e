"""A few requests at once, the others in order; and who need not wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
    UnreadablePostError,
)
from django.test import Client, RequestFactory

from enablement import in_turn as module
from enablement.in_turn import Busy, Turns, aside, in_turn, leave
from enablement.middleware import READ_BEFORE, InTurnMiddleware

PATIENCE = 20.0


@contextmanager
def in_background(*jobs: Callable[[], object]) -> Iterator[None]:
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


def is_free(turns: Turns) -> bool:
    """Whether somebody who comes now need not wait."""
    return turns._free > 0


def test_those_who_wait_get_their_turn_in_the_order_of_coming() -> None:
    turns, served = Turns(1, PATIENCE), list[int]()

    def come(number: int) -> None:
        with in_turn(turns):
            served.append(number)

    with in_turn(turns):
        for number in range(5):
            threading.Thread(target=come, args=(number,), daemon=True).start()
            wait_until(lambda: len(turns._waiting) == number + 1)  # noqa: B023
        assert served == []
    wait_until(lambda: len(served) == 5)
    assert served == [0, 1, 2, 3, 4]
    assert is_free(turns)


def test_no_more_than_the_places_are_computed_at_once() -> None:
    turns, inside, most = Turns(3, PATIENCE), list[int](), list[int]()

    def come() -> None:
        with in_turn(turns):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    with in_background(*[come] * 12):
        pass
    assert max(most) <= 3
    assert turns._free == 3


def test_whose_turn_does_not_come_is_told_and_leaves_the_queue() -> None:
    turns = Turns(1, 0.02)
    with in_turn(turns):
        with pytest.raises(Busy), in_turn(turns):
            pass
        assert not turns._waiting
    assert is_free(turns)


def test_an_error_gives_the_place_back() -> None:
    turns = Turns(1, PATIENCE)
    with pytest.raises(ZeroDivisionError), in_turn(turns):
        raise ZeroDivisionError
    assert is_free(turns)


def test_who_waits_for_another_process_lets_others_compute() -> None:
    turns = Turns(1, PATIENCE)
    with in_turn(turns):
        with aside():
            assert is_free(turns)
        assert not is_free(turns)
    assert turns._free == 1


def test_who_comes_back_from_aside_waits_for_nobody() -> None:
    """Whoever has the place now may be waiting for a lock of his."""
    turns, came_back, has_place = Turns(1, 0.02), threading.Event(), threading.Event()

    def other() -> None:
        with in_turn(turns):
            has_place.set()
            assert came_back.wait(PATIENCE)

    with in_turn(turns):
        with aside():
            thread = threading.Thread(target=other, daemon=True)
            thread.start()
            assert has_place.wait(PATIENCE)
        came_back.set()
        thread.join(PATIENCE)
    assert turns._free == 1


def test_a_turn_within_a_turn_ends_alone() -> None:
    outer, inner = Turns(1, PATIENCE), Turns(1, PATIENCE)
    with in_turn(outer):
        with in_turn(inner):
            pass
        assert is_free(inner)
        assert not is_free(outer)
    assert outer._free == 1


def test_who_has_left_takes_no_place_again() -> None:
    turns = Turns(1, PATIENCE)
    with in_turn(turns):
        leave()
        with aside():
            pass
        assert is_free(turns)
    assert turns._free == 1


def places_while(
    request: HttpRequest, response: HttpResponseBase | None = None
) -> tuple[int, HttpResponseBase]:
    """How many of two places are free while `request` is answered."""
    free: list[int] = []

    def view(_: HttpRequest) -> HttpResponseBase:
        free.append(middleware.turns._free)
        return response or HttpResponse()

    middleware = InTurnMiddleware(view)
    middleware.turns = Turns(2, PATIENCE)
    answer = middleware(request)
    assert middleware.turns._free == 2
    return free[0], answer


@pytest.mark.parametrize(
    ("path", "free"),
    [("/", 1), ("/cards/", 1), ("/livez/", 2), ("/readyz/", 2), ("/metrics/", 2), ("/slack/commands/", 2)],
)
def test_machines_that_look_and_slack_do_not_wait(path: str, free: int) -> None:
    assert places_while(RequestFactory().get(path))[0] == free


def test_a_stream_has_no_place_while_it_is_written() -> None:
    free, answer = places_while(RequestFactory().get("/"), StreamingHttpResponse(iter([b"a", b"b"])))
    assert free == 1
    assert isinstance(answer, StreamingHttpResponse)
    assert answer.getvalue() == b"ab"


def test_a_body_comes_before_the_turn() -> None:
    request = RequestFactory().post("/ask/", {"text": "What does it cost?"})
    assert places_while(request)[0] == 1
    assert request._read_started
    assert request.POST["text"] == "What does it cost?"


def test_a_large_body_is_not_waited_for_in_turn() -> None:
    request = RequestFactory().post("/documents/", {"text": "x" * READ_BEFORE})
    assert places_while(request)[0] == 2
    assert not request._read_started


def test_who_hangs_up_before_the_end_of_the_body_takes_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> bytes:
        raise UnreadablePostError("gone")

    request = RequestFactory().post("/ask/", {"text": "x"})
    monkeypatch.setattr(request, "read", broken)
    assert places_while(request)[0] == 2


@pytest.mark.parametrize("path", ["/sign-in/", "/api/v1/cards/"])
def test_who_waited_in_vain_is_told_to_come_again(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Turns) -> None:
        raise Busy

    monkeypatch.setattr(module.Turns, "take", full)
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"]
    assert "at once" in answer.content.decode()
