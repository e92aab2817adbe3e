"""People who use the site while something is broken, and what they saw of it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import pairwise

from django.conf import settings
from django.test import Client

from enablement.models import Person

TIMEOUT = 20.0
# Seconds between two pages of one reader.
PAUSE = 0.2
NO_ANSWER = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """One page asked for: when, for how long (seconds), and its status; NO_ANSWER where there was none."""

    at: float
    seconds: float
    status: int
    path: str

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 400


class Reader(threading.Thread):
    """Somebody signed in who reads pages, one after the other, until told to stop."""

    def __init__(self, port: int, cookie: str, paths: Sequence[str]) -> None:
        super().__init__(daemon=True)
        self.port, self.paths, self.cookie = port, paths, cookie
        self.over = threading.Event()
        self.visits: list[Visit] = []

    def run(self) -> None:
        number = 0
        while not self.over.is_set():
            path = self.paths[number % len(self.paths)]
            at = time.monotonic()
            status = status_of(self.port, path, self.cookie)
            self.visits.append(Visit(at, time.monotonic() - at, status, path))
            number += 1
            self.over.wait(PAUSE)


def cookie_of(person: Person) -> str:
    """Sign somebody in and return the cookie."""
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def status_of(port: int, path: str, cookie: str = "") -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        reply = connection.getresponse()
        reply.read()
        return reply.status
    except (HTTPException, OSError):
        return NO_ANSWER
    finally:
        connection.close()


def statuses(visits: Sequence[Visit]) -> dict[str, int]:
    """How often each status came, as JSON has it."""
    counted = Counter(visit.status for visit in visits)
    return {str(status): count for status, count in sorted(counted.items())}


def longest_gap(visits: Sequence[Visit]) -> float:
    """Seconds of the longest time in which nobody got a page, between a good one and the next."""
    ends = sorted(visit.at + visit.seconds for visit in visits if visit.is_good)
    gaps = [later - earlier for earlier, later in pairwise(ends)]
    return round(max(gaps, default=0.0), 1)
