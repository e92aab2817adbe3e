"""Fifty megabytes to every address that takes something: refused within a second, and not read."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from enablement import body_size
from enablement.models import ImportJob, Person
from enablement.tokens import make_token
from enablement.views.unavailable import TOO_LARGE
from tests.access.callers import Actor
from tests.access.matrix import MATRIX
from tests.access.routes import Route, admin_routes, routes
from tests.access.world import World

pytestmark = pytest.mark.django_db

SENT = 50 * 1024 * 1024
SECONDS = 1.0
FORM, PARTS, JSON = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"
# Where as much may be sent, by those who may; others are told that they may not, unread as well.
DOCUMENTS = {"document-add", "api-documents"}
NOT_THEIRS = {401, 404, 413}


class Endless(io.RawIOBase):
    """A file in a form that goes on and on, and how much of it was read."""

    def __init__(self, kind: str, field: str = "file") -> None:
        self.read_so_far = 0
        head = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="f.pdf"\r\n\r\n'
        self.first = head.encode() if kind == PARTS else b""
        self.last = b"\r\n--x--\r\n" if kind == PARTS else b""

    def read(self, size: int = -1) -> bytes:
        size = min(SENT - self.read_so_far, SENT if size < 0 else size)
        begin, self.first = self.first[:size], self.first[size:]
        self.read_so_far += size
        read = begin + b"x" * (size - len(begin))
        return read if self.read_so_far < SENT else read[: size - len(self.last)] + self.last


def send(client: Client, address: str, kind: str, body: Endless, **more: Any) -> tuple[Any, int, float]:
    """Send it. Return the answer, how many bytes were read for it, and how many seconds it took."""
    sent: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(SENT), "CONTENT_TYPE": kind}
    began = time.perf_counter()
    answer = client.generic("POST", address, **sent, **more)
    return answer, body.read_so_far, time.perf_counter() - began


def wrong(route: Route, places: dict[str, Any], client: Client, kind: str) -> list[str]:
    """What is wrong with how an address answers fifty megabytes."""
    answer, read, seconds = send(client, route.address(places), kind, Endless(kind))
    wanted = NOT_THEIRS if route.name in DOCUMENTS else {413}
    found = [] if answer.status_code in wanted else [f"status {answer.status_code}"]
    found += [f"read {read:,} bytes"] if read else []
    found += [f"took {seconds:.1f} s"] if seconds > SECONDS else []
    return [f"{route.name} {kind}: {one}" for one in found]


def test_no_address_reads_fifty_megabytes(world: World, actors: list[Actor]) -> None:
    problems, count = [], 0
    for actor in actors:
        if actor.person not in (None, world.north.rep, world.admin):
            continue
        for route in routes():
            row = MATRIX[route.name]
            if row.post is None and not row.library and not route.name.startswith("slack-"):
                continue
            if route.name in DOCUMENTS and actor.person == world.admin:
                continue
            places = world.north.places[row.about] if row.about else {}
            for kind in (JSON, PARTS) if route.pattern.startswith("api/") else (FORM, PARTS):
                problems += [f"{actor.name}: {one}" for one in wrong(route, places, actor.client, kind)]
                count += 1
    print(f"\n{count} bodies of 50 MB, {len(problems)} problems")
    assert count > 500
    assert not problems, "\n".join(problems)


def test_nor_does_the_administration(world: World, actors: list[Actor]) -> None:
    problems = []
    for actor in actors:
        if actor.person in (None, world.admin):
            for route in admin_routes():
                places = dict.fromkeys(route.parameters, 1)
                problems += [f"{actor.name}: {one}" for one in wrong(route, places, actor.client, PARTS)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("address", "field"), [("/documents/add/", "files"), ("/api/v1/documents/", "file")])
def test_a_large_document_is_refused_in_the_words_of_the_form(world: World, address: str, field: str) -> None:
    client = Client()
    client.force_login(world.editor)
    answer, read, _ = send(client, address, PARTS, Endless(PARTS, field))
    assert (answer.status_code, read) == (400, SENT)
    assert "is larger than 20 MB" in answer.content.decode()
    assert not ImportJob.objects.filter(name="f.pdf").exists()


def test_a_document_of_no_editor_is_not_read_either(world: World) -> None:
    rep, address = world.north.rep, "/api/v1/documents/"
    signed_in = Client(enforce_csrf_checks=True)
    signed_in.force_login(rep)
    clear = make_token(rep, "a program", 7)[1]
    known = {"Authorization": f"Bearer {clear}", "Idempotency-Key": "once"}
    for client, headers, wanted in ((signed_in, {}, 413), (Client(), known, 404)):
        answer, read, _ = send(client, address, PARTS, Endless(PARTS), headers=headers)
        assert (answer.status_code, read) == (wanted, 0)


def test_more_than_fits_is_said_on_a_page_in_a_part_of_one_and_to_a_program(world: World) -> None:
    client = Client()
    client.force_login(world.north.rep)
    sentence = TOO_LARGE.format(most=6)
    page, _, _ = send(client, "/ask/", FORM, Endless(FORM))
    assert (page.status_code, sentence in page.content.decode()) == (413, True)
    assert "Go to the first page" in page.content.decode()
    answer, _, _ = send(client, "/api/v1/ask/", JSON, Endless(JSON))
    assert (answer.json()["code"], answer.json()["detail"]) == ("body_too_large", sentence)
    part, _, _ = send(client, "/sort/", FORM, Endless(FORM), headers={"HX-Request": "true"})
    assert (part.status_code, f'data-announce="{sentence}"' in part.content.decode()) == (413, True)


def test_who_may_hand_in_documents_may_send_more(world: World) -> None:
    def most(person: Person, address: str) -> int:
        request: HttpRequest = RequestFactory().post(address)
        request.user = person
        return body_size.largest_for(request)

    assert most(world.editor, "/documents/add/") == body_size.LARGEST_DOCUMENTS
    assert most(world.north.rep, "/documents/add/") == most(world.editor, "/ask/") == 6 * 1024 * 1024
