"""Wrong kinds of identifiers, in the path, the query and the body, are somebody's slip and no failure."""

from __future__ import annotations

import os
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.access.callers import client_of, send
from tests.access.matrix import MATRIX
from tests.access.routes import routes
from tests.access.world import World

pytestmark = pytest.mark.django_db

# With DOSAY_CRAWL more of them; these two are what a database or an integer chokes on.
IN_A_PATH: tuple[str, ...] = ("9" * 30, "%00")
if os.environ.get("DOSAY_CRAWL"):
    IN_A_PATH += ("-1", "%27%20OR%201=1--", "a" * 300, "%F0%9F%98%80")
QUERIES = (
    "page=9999999999999999999999&q=%00&team=%00&lesson=[]&quiz={}&since=0000-99-99&until=x&weeks=-1"
    "&limit=1e9&offset=-1&kind=%00&person=%00&show=%00&missed_in=x&turn=x&name=%00&why=%00&list=%00",
)
IN_A_BODY: tuple[Any, ...] = (
    None,
    [],
    {},
    -1,
    10**30,
    1.5,
    True,
    "\x00",
    "\ud800",
    "a" * 5_000,
    [None],
    {"a": []},
)


def test_in_a_path(world: World) -> None:
    client = client_of(world.admin)
    failures, count = [], 0
    for route in routes():
        for value in IN_A_PATH if route.parameters else ():
            for name in route.parameters:
                row = MATRIX[route.name]
                places = world.north.places[row.about] | {name: value}
                for method in ("GET", "POST"):
                    reply, count = send(client, method, route.address(places)), count + 1
                    failures += [f"{method} {route.address(places)[:90]}"] if reply.status >= 500 else []
    print(f"\n{count} requests")
    assert not failures, "\n".join(failures)


def test_in_a_query(world: World) -> None:
    client = client_of(world.admin)
    failures = []
    for route in routes():
        row = MATRIX[route.name]
        places = world.north.places[row.about] if row.about else {}
        for query in QUERIES if row.get else ():
            reply = send(client, "GET", f"{route.address(places)}?{query}")
            failures += [route.address(places)] if reply.status >= 500 and route.name != "readyz" else []
    assert not failures, "\n".join(failures)


def test_in_a_body(world: World) -> None:
    client = client_of(world.north.rep)
    generator: Any = SchemaGenerator
    schema: Any = generator().get_schema(request=None, public=True)
    failures, count = [], 0
    for path, methods in schema["paths"].items():
        body = methods.get("post", {}).get("requestBody")
        if body is None:
            continue
        reference = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        fields = schema["components"]["schemas"][reference]["properties"]
        route = next(one for one in routes() if one.name.startswith("api-") and _is(one.pattern, path))
        row = MATRIX[route.name]
        address = route.address(world.north.places[row.about] if row.about else {})
        for name in fields:
            for value in IN_A_BODY:
                sent = {other: 1 if "integer" in str(of) else "x" for other, of in fields.items()} | {
                    name: value
                }
                reply, count = send(client, "POST", address, sent), count + 1
                if reply.status >= 500 and reply.status != 503:
                    failures.append(f"{path} {name}={value!r:.40}: {reply.status}")
    print(f"\n{count} requests")
    assert not failures, "\n".join(failures)


def _is(pattern: str, path: str) -> bool:
    """Whether a route's pattern is a path of the document, whatever the parameters are called."""
    mine, theirs = pattern.strip("/").split("/"), path.strip("/").split("/")
    same = (a == b or (a.startswith("<") and b.startswith("{")) for a, b in zip(mine, theirs, strict=False))
    return len(mine) == len(theirs) and all(same)
