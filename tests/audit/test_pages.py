"""An admin finds things in the audit and takes them out as files; nobody else knows of the page."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from enablement.audit import note
from enablement.audit.searching import PAGE
from enablement.models import AuditEvent, Person
from enablement.origins import client_address


@pytest.fixture
def admin(client: Client, root: Person) -> Client:
    client.force_login(root)
    return client


@pytest.fixture
def rows(ada: Person, nia: Person) -> None:
    note(ada, "make_token", "apitoken", "1", after={"name": "=cmd|' /C calc'!A0"})
    note(nia, "release", "card", "door-lock", before={"number": 1}, after={"number": 2})
    note(None, "close_attempt", "attempt", "7")


def shown(client: Client, **asked: str) -> str:
    response = client.get("/audit/", asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("name", ["ada", "max", "nia"])
def test_nobody_else_reads_it(client: Client, request: pytest.FixtureRequest, name: str) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.get("/audit/").status_code == 404
    assert client.get("/audit/export.csv").status_code == 404


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"who": "nia"}, {"door-lock"}),
        ({"who": "Ada"}, {"apitoken"}),
        ({"who": "program"}, {"attempt 7"}),
        ({"what": "release"}, {"door-lock"}),
        ({"kind": "attempt"}, {"attempt 7"}),
        ({"subject": "lock"}, {"door-lock"}),
        ({"since": "2020-01-01"}, {"door-lock", "attempt 7"}),
        ({"until": "2020-01-01"}, set()),
    ],
)
def test_it_is_searched_by_who_what_and_when(admin: Client, asked: dict[str, str], found: set[str]) -> None:
    body = shown(admin, **asked).partition("<tbody>")[2].replace("api token", "apitoken")
    words = {word for word in ("door-lock", "apitoken", "attempt 7") if word in body}
    assert found <= words
    assert bool(words) == bool(found)


@pytest.mark.usefixtures("rows")
def test_a_wrong_day_is_said_and_passed_over(admin: Client) -> None:
    page = shown(admin, since="yesterday", who="nia")
    assert "“yesterday” is no day. Write it as 2026-03-31." in page
    assert "door-lock" in page


def test_pages_go_on_without_gaps_in_few_queries(
    admin: Client, root: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(PAGE + 3):
        note(root, "release", "card", f"card-{number:03}")
    with django_assert_num_queries(7):
        first = shown(admin, what="release")
    assert "card-052" in first
    assert "card-002" not in first
    last = AuditEvent.objects.get(subject="card-003").pk
    assert f"before={last}" in first
    assert "card-002" in shown(admin, what="release", before=str(last))


@pytest.mark.usefixtures("rows")
def test_the_files_hold_what_was_found_and_are_on_record(admin: Client, root: Person) -> None:
    text = b"".join(admin.get("/audit/export.csv?kind=apitoken").streaming_content).decode()  # type: ignore[arg-type]
    (line,) = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    assert (line["actor"], line["verb"]) == ("ada", "make_token")
    lines = b"".join(admin.get("/audit/export.jsonl?who=nia").streaming_content).decode().splitlines()  # type: ignore[arg-type]
    assert [json.loads(line)["after"] for line in lines] == [{"number": 2}]
    taken = AuditEvent.objects.filter(verb="export_audit", actor=root)
    assert [row.after for row in taken] == [
        {"who": "nia", "format": "jsonl", "rows": 1},
        {"kind": "apitoken", "format": "csv", "rows": 1},
    ]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "9.9.9.9", "127.0.0.1"),
        (1, "9.9.9.9", "9.9.9.9"),
        (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        (2, "6.6.6.6, 9.9.9.9, 10.0.0.1", "9.9.9.9"),
        (2, "9.9.9.9", "127.0.0.1"),
        (1, "<script>", ""),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_a_forged_address_moves_nothing(
    settings: Settings, rf: RequestFactory, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert client_address(rf.get("/", headers={"X-Forwarded-For": forwarded})) == address
