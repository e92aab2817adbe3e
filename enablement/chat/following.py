"""An answer that is being written, for who comes later: its events are kept while it is written.

A page that is loaded again in mid-answer is told what was said so far, and goes on listening. Where everybody
has left and nobody comes back, the language model is stopped.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator

from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

from enablement.chat.events import ALIVE, Event
from enablement.models import Turn

log = logging.getLogger(__name__)

# So long the events of an answer are kept after the last of them.
KEPT = 120
# Seconds in which a page that was left may come back before the model is stopped. With the moment it takes to
# notice that a listener has left, a server is hung up on within two seconds.
GRACE = 1.0
# How often a listener looks for more, and how long its presence counts.
LOOK = 0.1
PRESENT = 1
# An answer takes a minute at the most; one that says nothing for longer has lost its writer.
SILENT = 70.0


class Telling:
    """Keeps the events of a turn for others. Without Redis nobody else hears them, and the answer goes on."""

    def __init__(self, turn: Turn) -> None:
        self._key = _key("told", turn)
        self._told: list[tuple[str, object]] = []

    def tell(self, event: Event) -> None:
        if event is ALIVE:
            return
        self._told.append((event.name, event.data))
        try:
            cache.set(self._key, self._told, KEPT)
        except RedisError as error:
            log.warning("what an answer says is not kept: %s", type(error).__name__)


def follow(turn: Turn) -> Iterator[Event]:
    """Yield what an answer said so far and what it goes on to say, to its end.

    One event `elsewhere` where there is nothing to follow: then the page asks for the turn itself.
    """
    seen, moved = 0, time.monotonic()
    while time.monotonic() - moved < SILENT:
        try:
            told = cache.get(_key("told", turn))
            cache.set(_key("followed", turn), True, PRESENT)
        except RedisError:
            break
        if told is None:
            break
        for name, data in told[seen:]:
            moved = time.monotonic()
            yield Event(name, data)
        seen = len(told)
        if told[-1][0] in ("done", "failed"):
            return
        yield ALIVE
        time.sleep(LOOK)
    yield Event("elsewhere")


def as_stream(events: Generator[Event, None, None], may_go_on: Callable[[], bool]) -> Iterator[bytes]:
    """Yield events as they go over the line, for as long as the listener stays and may listen.

    When the listener leaves, the turn comes to its end without it, and this thread is free.
    """
    is_over = False
    try:
        for event in events:
            if not may_go_on():
                break
            yield event.as_text().encode()
        else:
            is_over = True
    finally:
        if not is_over:
            _leave(events)


def _leave(events: Generator[Event, None, None]) -> None:
    threading.Thread(target=_finish, args=(events,), name="answer", daemon=True).start()


def note_left(turn: Turn) -> None:
    """Note that whoever had the answer written has left."""
    try:
        cache.set(_key("left", turn), time.time(), KEPT)
    except RedisError as error:
        log.warning("that a listener left cannot be noted: %s", type(error).__name__)


def is_deserted(turn: Turn) -> bool:
    """Whether everybody who listened has left for good. Raises RedisError."""
    left = cache.get(_key("left", turn))
    return left is not None and time.time() - left > GRACE and not cache.get(_key("followed", turn))


def _finish(events: Generator[Event, None, None]) -> None:
    try:
        events.close()
    finally:
        connection.close()


def _key(what: str, turn: Turn) -> str:
    return f"{what}-turn-{turn.pk}"
