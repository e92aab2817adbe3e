"""Before handing in, no byte that reaches a rep holds a key, and no statement reads one."""

from __future__ import annotations

import logging
import os

import pytest

from tests.access.callers import client_of, send
from tests.access.matrix import MATRIX
from tests.access.routes import routes
from tests.access.world import Side, World

pytestmark = pytest.mark.django_db

KEY_TABLES = ("quizzes_answerkey", "quizzes_sampleanswer", "quizzes_scenarioscript")
# What was handed in, or answered in practice, is shown with its key.
RELEASED = {
    "attempt-result",
    "practice-feedback",
    "practice-session",
    "my-results",
    "own-data",
    "api-person-report",
    "api-own-data",
}
VARIANTS = ("", "?finish=1", "?as=text", "?format=json", "?page=2", "?q=KEYCANARY")
BROKEN = ("/nothing/", "/quizzes/nothing/", "/api/v1/nothing/", "/attempts/1/", "/api/v1/attempts/?limit=x")


def addresses(side: Side) -> list[tuple[str, str]]:
    """Every address with what is the side's own in its place, and some that are wrong."""
    found = [
        (route.name, route.address(side.places[row.about] if row.about else {}))
        for route in routes()
        if (row := MATRIX[route.name])
    ]
    varied = [
        (name, address + variant)
        for name, address in found
        for variant in (VARIANTS if name.startswith(("attempt", "quiz", "api-attempt", "answer")) else [""])
    ]
    return varied + [("", address) for address in BROKEN]


# Zoe and Max see what Ada does with the sides changed; DOSAY_CRAWL asks them too.
@pytest.mark.parametrize("reader", ["ada", "zoe", "max"] if os.environ.get("DOSAY_CRAWL") else ["ada"])
def test_no_address_shows_or_reads_a_key(world: World, reader: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    person = {"ada": world.north.rep, "zoe": world.south.rep, "max": world.north.manager}[reader]
    client, size, shown, read = client_of(person), 0, [], []
    crawled = [*addresses(world.north), *addresses(world.south)]
    for name, address in crawled:
        reply = send(client, "GET", address)
        received = reply.body + repr(dict(reply.headers))
        size += len(received.encode())
        shown += [address for side in world.sides() if side.key in received]
        for side in world.sides():
            theirs = person in (side.rep, side.manager) and (name in RELEASED or person == side.manager)
            shown += [f"{address} (handed in)"] if side.seen_key in received and not theirs else []
        if name not in RELEASED and person in (world.north.rep, world.south.rep):
            read += [
                f"{name}: {table}" for table in KEY_TABLES if any(table in one for one in reply.statements)
            ]
    print(f"\n{reader}: {len(crawled)} addresses, {size:,} bytes, {len(shown)} keys shown")
    assert not shown, shown
    assert not read
    assert not any(side.key in caplog.text or side.seen_key in caplog.text for side in world.sides())
