"""Hostile addresses at each entrance that takes one: nothing is fetched, nobody is led there (T11, T14)."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client, RequestFactory
from pydantic import ValidationError

from enablement.lessons.documents.child import outcome
from enablement.lessons.documents.limits import LIMITS
from enablement.lessons.documents.web import pages as web
from enablement.lessons.exporting import read_lesson
from enablement.lessons.schema import SourceItem
from enablement.markup import render_markdown
from enablement.models import Lesson, Person, Source
from enablement.sign_on.way_on import way_on
from enablement.slack.client import is_response_url
from enablement.views.pieces import way_back
from tests.hostile_addresses import HOSTILE, OTHER_SCHEMES


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The hosts that the site looks up or calls beyond its own machine: none, to the end of the test."""
    found: list[Any] = []

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        found.append(host)
        raise OSError("nothing is looked up here")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield found
    assert found == []


def test_there_are_sixty_and_more() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize("address", HOSTILE)
def test_a_link_of_markdown_leads_to_the_web_or_nowhere(address: str) -> None:
    for text in (f"[x]({address})", f"[x](<{address}>)", f"<{address}>", f"[x]\n\n[x]: {address}", address):
        html = render_markdown(text)
        assert "<img" not in html
        for link in re.findall('href="([^"]*)"', html):
            assert urlsplit(link.replace("\\", "/")).scheme in ("", "http", "https", "mailto"), link


@pytest.mark.parametrize("address", HOSTILE)
def test_no_answer_to_slack_goes_there(address: str) -> None:
    assert not is_response_url(address)


@pytest.mark.parametrize("address", OTHER_SCHEMES)
def test_the_source_of_a_lesson_file_is_on_the_web(address: str) -> None:
    with pytest.raises(ValidationError, match="url"):
        SourceItem(slug="manual", title="The manual", url=address)


@pytest.mark.parametrize("address", OTHER_SCHEMES)
def test_what_is_stored_otherwise_is_no_link(address: str) -> None:
    assert Source(title="The manual", url=address).link == ""


def test_the_source_of_a_lesson_is_on_the_web_and_is_not_fetched(
    released_lesson: Lesson, nia: Person, client: Client
) -> None:
    client.force_login(nia)
    for number, address in enumerate(HOSTILE):
        sent = {"title": f"Source {number}", "url": address}
        reply = client.post("/api/v1/lessons/doors/sources/", sent, content_type="application/json")
        assert reply.status_code in (201, 400), address
        client.post("/lessons/doors/sources/add/", sent | {"year": "", "publisher": "", "note": ""})
    kept = set(Source.objects.values_list("url", flat=True)) - {""}
    assert all(urlsplit(url).scheme in ("http", "https") for url in kept), kept
    # What the site takes can be taken out again.
    read_lesson(released_lesson)


@pytest.mark.parametrize("address", HOSTILE)
def test_nobody_is_sent_there_after_signing_in(address: str) -> None:
    for request in (RequestFactory().get("/sign-in/"), RequestFactory().get("/sign-in/", secure=True)):
        assert way_on(request, address) == "/"


@pytest.mark.parametrize("address", HOSTILE)
def test_nobody_is_sent_there_after_a_form(address: str) -> None:
    assert way_back(RequestFactory().post("/flags/new/", {"next": address}), "/guide/") == "/guide/"


def test_a_page_that_is_read_in_fetches_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = "".join(
        f'<a href="{one}">a</a><img src="{one}"><iframe src="{one}"></iframe>' for one in HOSTILE
    )
    data = f"<!DOCTYPE html><html><body><h1>Badges</h1><p>A badge.</p>{inside}</body></html>".encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(data)))
    assert "A badge." in str(outcome(web, LIMITS))
