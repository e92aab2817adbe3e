"""Every address, every method, seven people, what is theirs and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from enablement.models import Person
from tests.access.callers import Actor, Reply, send
from tests.access.matrix import MATRIX, May, Row
from tests.access.routes import admin_routes, routes
from tests.access.world import Side, World

pytestmark = pytest.mark.django_db

# Afterwards a client has to be signed in again.
SIGNS_OUT = ("sign-out", "account_logout", "sign-in", "account_login", "session-end", "sessions-end")
# What is written when a page is only read (T13): nobody is harmed who is made to open one.
NOTED_BY_READING: dict[str, set[str]] = {
    # Who takes a file is on record; how often a piece is opened is counted.
    "*": {"enablement_auditevent", "enablement_reading", "enablement_browsersession"},
    "notice": {"enablement_notice"},
}
SOON = date.today() + timedelta(days=30)


def may(who: May | None, actor: Person | None, side: Side | None, world: World) -> bool:
    """Whether a row lets `actor` at what belongs to `side`."""
    if who is None or (actor is None and who != May.PUBLIC):
        return False
    if who in (May.PUBLIC, May.ANYBODY):
        return True
    if actor == world.admin:
        return who != May.OWN
    managers = {one.manager for one in world.sides()}
    allowed = {
        May.ADMINS: set(),
        May.EDITORS: {world.editor},
        May.MANAGERS: managers,
    }
    if side is not None:
        allowed |= {
            May.OWN: {side.rep},
            May.OWN_OR_LED: {side.rep, side.manager},
            May.OWN_OR_EDITORS: {side.rep, world.editor},
            May.LED: {side.manager},
            May.TEAM: {side.rep, side.manager, world.editor},
            May.LED_OR_EDITORS: {side.manager, world.editor},
        }
    return actor in allowed[who]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {route.name for route in routes()} == set(MATRIX)


def test_who_may_and_who_may_not(world: World, actors: list[Actor]) -> None:
    problems, count = [], 0
    for route in routes():
        row = MATRIX[route.name]
        for actor in actors:
            for method, who in (("GET", row.get), ("POST", row.post)):
                for side in world.sides() if row.about else (None,):
                    if who is None or not _is_worth_it(who, actor, side, world):
                        continue
                    places = side.places[row.about] if side else {}
                    sends = {name: _filled(value, places) for name, value in row.sends.items()}
                    reply = send(actor.client, method, route.address(places), sends)
                    count += 1
                    wrong = _wrong(
                        route.name,
                        row,
                        method,
                        reply,
                        may(who, actor.person, side, world),
                        side,
                        actor,
                        world,
                    )
                    problems += [
                        f"{route.name} {method} {side.name if side else ''} {actor.name}: {wrong}"
                    ] * bool(wrong)
            if actor.person and route.name in SIGNS_OUT:
                actor.client.force_login(actor.person)
    print(f"\n{len(routes())} addresses, {count} requests, {len(problems)} problems")
    assert not problems, "\n".join(problems)


def _filled(value: Any, places: Mapping[str, Any]) -> Any:
    """A value of a form, with `{pk}` and the like as the address has it."""
    return value.format(soon=SOON, **places) if isinstance(value, str) else value


def _is_worth_it(who: May, actor: Actor, side: Side | None, world: World) -> bool:
    """The sides are alike: South's people are asked about North only. Who may at both is asked at one."""
    from_south = actor.person in (world.south.rep, world.south.manager)
    if side is None:
        return not (from_south and may(who, actor.person, None, world))
    if from_south:
        return side is world.north
    both = all(may(who, actor.person, one, world) for one in world.sides())
    return not both or (side is world.south) == (actor.person == world.admin)


def _wrong(
    route: str,
    row: Row,
    method: str,
    reply: Reply,
    allowed: bool,
    side: Side | None,
    actor: Actor,
    world: World,
) -> str:
    """What is not as the row has it; empty where all is."""
    # The encoder may still be loading.
    if reply.status >= 500 and route != "readyz":
        return f"status {reply.status}"
    foreign = [
        mark
        for one in world.sides()
        for mark in (one.private, one.key)
        if mark in reply.body and not _may_meet(mark, one, actor, world)
        if not (row.releases and actor.person == one.rep)
    ]
    if foreign:
        return f"shows {foreign}"
    # Signing out leads to the page for signing in.
    is_way_out = method == "POST" and row.post == May.ANYBODY and reply.location == "/sign-in/"
    if row.library:
        told = reply.is_refusal or reply.location.startswith(("/account/", "/sign-in/"))
        return "" if told or (allowed and not reply.writes) else f"status {reply.status}, not asked again"
    if method == "GET" and (unexpected := _unexpected(route, reply)):
        return f"is only read, and yet writes {unexpected[0]}"
    if allowed:
        if (reply.is_refusal or reply.status in (403, 405)) and not is_way_out:
            return f"refused with {reply.status}"
        if method == "POST" and row.acts is not None and row.acts != bool(reply.writes):
            return f"status {reply.status}, writes {list(reply.writes)[:2]}"
        return ""
    if not reply.is_refusal:
        return f"status {reply.status} and not refused"
    if reply.writes:
        return f"refused, and yet writes {reply.writes[0]}"
    if side is not None and side.private in reply.body:
        return "refused, and yet shows it"
    return ""


def _unexpected(route: str, reply: Reply) -> list[str]:
    """What is written where somebody only reads, but for what reading itself is noted by."""
    noted = NOTED_BY_READING["*"] | NOTED_BY_READING.get(route, set())
    return [sql for sql in reply.writes if not any(table in sql.split(" WHERE ")[0] for table in noted)]


def _may_meet(mark: str, side: Side, actor: Actor, world: World) -> bool:
    """Whether a mark may ever reach somebody: never a rep or manager of the other side."""
    if actor.person in (world.editor, world.admin):
        return True
    return actor.person in (side.rep, side.manager) and mark != side.key


def test_no_address_takes_a_method_that_its_row_does_not_name(world: World, actors: list[Actor]) -> None:
    admin = next(actor for actor in actors if actor.person == world.admin)
    problems = []
    for route in routes():
        row = MATRIX[route.name]
        if row.library or route.name in SIGNS_OUT:
            continue
        places = world.north.places[row.about] if row.about else {}
        named = {"GET": row.get, "POST": row.post}
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            if named.get(method) is None:
                reply = send(admin.client, method, route.address(places), {})
                # Slack signs what it sends; without its secret nothing is answered at all.
                known = (404, 405, 503) if route.name.startswith("slack-") else (404, 405)
                if reply.status not in known or reply.writes:
                    problems.append(f"{route.name} {method}: {reply.status} {reply.writes[:1]}")
    assert not problems, "\n".join(problems)


def test_the_administration_is_for_staff(world: World, actors: list[Actor]) -> None:
    inside = [route for route in admin_routes() if route.name not in ("login", "logout")]
    assert len(inside) > 50
    places = {name: 1 for route in inside for name in route.parameters}
    for actor in actors:
        if actor.person in (world.editor, world.admin, world.south.rep, world.south.manager):
            continue
        for route in inside:
            reply = send(actor.client, "GET", route.address(places), {})
            assert reply.status in (302, 404), (route, actor.name)
            assert reply.status == 404 or "/login/" in reply.location, (route, actor.name, reply.location)
            assert not reply.writes
