"""Second ways to the same thing: what an answer gives away besides what it shows, and to whom else.

A rep asks with the suite; `DOSAY_CRAWL=1` asks as the manager as well, and writes by every method.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from enablement.api import limits
from enablement.api.scopes import ASKS
from enablement.models import Person, TokenScope
from enablement.tokens import make_token
from tests.access.callers import Reply, client_of, send
from tests.access.matrix import MATRIX
from tests.access.routes import Route, routes
from tests.access.test_foreign_references import REFERENCES, filled
from tests.access.test_matrix import SIGNS_OUT
from tests.access.world import Side, World

pytestmark = pytest.mark.django_db

# What nobody has, in the place of what somebody else has.
NOBODYS: Final = {str: "no-such-thing", int: 999_999, UUID: UUID(int=7)}
# A query that names a thing, by the place of the world that it may name.
NAMED_IN_A_QUERY: Final = {
    "chosen": ("distinction", "slug"),
    "distinction": ("distinction", "slug"),
    "document": ("document", "slug"),
    "lesson": ("lesson", "slug"),
    "person": ("member", "username"),
    "question": ("question", "slug"),
    "quiz": ("handed-in quiz", "slug"),
    "subject": ("open attempt", "pk"),
    "team": ("team", "slug"),
    "topic": ("lesson", "slug"),
    "who": ("member", "username"),
    "q": ("member", "username"),
}
CRAWLS: Final = bool(os.environ.get("DOSAY_CRAWL"))
METHODS: Final = ("POST", "PATCH", "PUT", "DELETE") if CRAWLS else ("POST",)
CHANGES: Final = re.compile(r'[0-9a-f]{32}|nonce="[^"]*"|value="[A-Za-z0-9]{64}"')


@pytest.fixture(autouse=True)
def as_often_as_one_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in limits.PersonThrottle.__subclasses__():
        monkeypatch.setattr(throttle, "rate", "100000/min")


def told(reply: Reply, *values: Any) -> tuple[int, str]:
    """What a reply says, without the values that were sent and what is new with every answer."""
    text = CHANGES.sub("", reply.body + reply.location)
    for value in values:
        text = text.replace(str(value), "")
    return reply.status, text


def nobodys(places: dict[str, Any]) -> dict[str, Any]:
    """The parameters of an address, where they name a thing, for one that is not there."""
    kept = ("kind", "verb", "format", "version", "position")
    return {name: value if name in kept else NOBODYS[type(value)] for name, value in places.items()}


def readers(world: World, *, and_: Person | None = None) -> dict[str, Client]:
    """Those who ask, by name; they stay signed in. A crawl has `and_` ask as well, or else the manager."""
    people = [world.north.rep, *([and_ or world.north.manager] if CRAWLS else [])]
    return {person.username: client_of(person) for person in people}


def api_filters() -> Iterator[tuple[Route, str]]:
    """Every parameter of a query that the API documents and that names a thing."""
    generator: Any = SchemaGenerator
    paths: Any = generator().get_schema(request=None, public=True)["paths"]
    for path, methods in paths.items():
        pattern = re.compile(re.sub(r"\{\w+\}", "<[^>]+>", path.removeprefix("/")))
        route = next(one for one in routes() if pattern.fullmatch(one.pattern))
        for parameter in methods.get("get", {}).get("parameters", []):
            if parameter["in"] == "query" and parameter["name"] in NAMED_IN_A_QUERY:
                yield route, parameter["name"]


def test_a_query_for_what_is_foreign_is_answered_as_for_what_is_not_there(world: World) -> None:
    differ, count, clients = [], 0, readers(world)
    for route, name in api_filters():
        row = MATRIX[route.name]
        address = route.address(world.north.places[row.about] if row.about else {})
        place, parameter = NAMED_IN_A_QUERY[name]
        foreign = world.south.places[place][parameter]
        for username, client in clients.items():
            asked = [
                send(client, "GET", f"{address}?{name}={value}")
                for value in (foreign, NOBODYS[type(foreign)])
            ]
            count += 1
            if told(asked[0], foreign) != told(asked[1], NOBODYS[type(foreign)]):
                differ.append(f"{username} {address}?{name}={foreign}: {asked[0].body[:200]}")
            assert world.south.private not in asked[0].body
    print(f"\n{count} queries for what is foreign")
    assert count > 40
    assert not differ, "\n".join(differ)


@pytest.mark.parametrize(("who", "address", "sends"), REFERENCES)
def test_a_foreign_thing_in_a_body_is_refused_as_one_that_is_not_there(
    world: World, who: str, address: str, sends: dict[str, object]
) -> None:
    person = world.north.rep if who == "rep" else world.north.manager
    places = world.south.places
    missing = {place: nobodys(values) for place, values in places.items()}
    answers = [send(client_of(person), "POST", address, filled(sends, of)) for of in (places, missing)]
    values = [value for of in (places, missing) for one in of.values() for value in one.values()]
    long = [value for value in values if len(str(value)) > 4]
    assert told(answers[0], *long) == told(answers[1], *long)


def test_a_foreign_address_reads_as_one_that_is_not_there(world: World) -> None:
    differ, count, clients = [], 0, readers(world)
    for route in routes():
        row = MATRIX[route.name]
        if not row.about or row.library or "<secret>" in route.pattern:
            continue
        foreign = world.south.places[row.about]
        if nobodys(foreign) == foreign:
            continue
        for username, client in clients.items():
            for method, who in (("GET", row.get), ("POST", row.post)):
                if who is None or (asked := send(client, method, route.address(foreign), {})).status != 404:
                    continue
                missing = send(client, method, route.address(nobodys(foreign)), {})
                count += 1
                values = [*foreign.values(), *nobodys(foreign).values()]
                if told(asked, *values) != told(missing, *values):
                    differ.append(f"{username} {method} {route.address(foreign)}: {asked.body[-300:]}")
    print(f"\n{count} foreign addresses")
    assert count > 150
    assert not differ, "\n".join(differ)


def test_no_page_of_anybodys_is_kept_or_marked_for_asking_again(world: World) -> None:
    problems, clients = [], readers(world, and_=world.admin)
    for route in routes():
        row = MATRIX[route.name]
        if row.get is None or route.name in SIGNS_OUT:
            continue
        for client in clients.values():
            places = world.north.places[row.about] if row.about else {}
            reply = send(client, "GET", route.address(places))
            if "no-store" not in reply.headers.get("Cache-Control", ""):
                problems.append(f"{route.name}: {reply.headers.get('Cache-Control')}")
            problems += [
                f"{route.name}: {name}" for name in ("ETag", "Last-Modified") if name in reply.headers
            ]
    assert not problems, "\n".join(sorted(set(problems)))


def bearer(person: Person, scope: TokenScope) -> Client:
    """A program of the person's."""
    _, clear = make_token(person, "a program", 7, scope)
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {clear}"})


def of_row(side: Side, about: str) -> dict[str, Any]:
    return side.places[about] if about else {}


def test_a_token_to_read_writes_by_no_address(world: World) -> None:
    problems, count = [], 0
    # An admin's: nothing but its scope holds it back.
    program = bearer(world.admin, TokenScope.READ)
    for route in routes():
        row = MATRIX[route.name]
        if not route.name.startswith("api-") or row.post is None or route.name in ASKS:
            continue
        places = of_row(world.north, row.about)
        sends = {
            name: value.format(soon="2030-01-01", **places) if isinstance(value, str) else value
            for name, value in row.sends.items()
        }
        for method in METHODS:
            reply, count = send(program, method, route.address(places), sends), count + 1
            written = [sql for sql in reply.writes if '"enablement_apitoken"' not in sql]
            if reply.status not in (403, 404, 405) or written:
                problems.append(f"{method} {route.name}: {reply.status} {written[:1]}")
    print(f"\n{count} writes with a token to read")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "X-Host", "Forwarded"])
def test_no_answer_takes_up_a_host_that_is_not_ours(world: World, name: str) -> None:
    said = "host=evil.example" if name == "Forwarded" else "evil.example"
    for address in ("/", "/sign-in/", "/api/v1/me/", "/api/v1/lessons/?limit=1", "/account/"):
        for person in (None, world.admin):
            reply: Any = client_of(person).get(address, headers={name: said})
            assert name != "Host" or reply.status_code == 400
            told_back = f"{reply.content.decode()}{dict(reply.headers)}"
            assert "evil.example" not in told_back, (address, name)
