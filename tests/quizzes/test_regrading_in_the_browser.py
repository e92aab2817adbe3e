"""One regrade from beginning to end in a real browser, by keyboard: asked, seen, applied, taken back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from enablement.models import Person
from quizzes.models import Attempt, Quiz
from tests.browsers import running_chromium
from tests.quizzes.doors import Answering


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


def page_of(browser: Browser, server: LiveServer, person: Person, width: int = 1100) -> Page:
    client = Client()
    client.force_login(person)
    context = browser.new_context(viewport={"width": width, "height": 900})
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": server.url}])
    return context.new_page()


@pytest.mark.django_db(transaction=True)
def test_a_regrade_from_asking_to_taking_back(
    chromium: Browser, live_server: LiveServer, hand_in: Answering, quiz: Quiz, ada: Person, max: Person
) -> None:
    attempt = hand_in(ada, quiz, what_to_promise="a")
    page = page_of(chromium, live_server, max)
    page.goto(f"{live_server.url}/team/regrades/?question=what-to-promise")
    page.get_by_label("Accept all").focus()
    page.keyboard.press("Space")
    page.get_by_label("Why").fill("Both options can be defended.")
    page.get_by_role("button", name="Show who changes").press("Enter")
    expect(page.get_by_role("row", name="Ada")).to_contain_text("100 %")
    picture(page, "ready")
    page.get_by_role("button", name="Apply to 1 answer").press("Enter")
    expect(page.get_by_text("1 answer graded anew")).to_be_visible()
    assert Attempt.objects.get(pk=attempt.pk).score == 1
    rep = page_of(chromium, live_server, ada, width=360)
    rep.goto(f"{live_server.url}/attempts/{attempt.pk}/result/")
    expect(rep.get_by_text("Both options can be defended.")).to_be_visible()
    picture(rep, "rep")
    page.get_by_role("button", name="Take it back").press("Enter")
    expect(page.get_by_text("Taken back on")).to_be_visible()
    assert Attempt.objects.get(pk=attempt.pk).score == attempt.score
    for opened in (page, rep):
        opened.context.close()


def picture(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it (DOSAY_PICTURES names a folder)."""
    if folder := os.environ.get("DOSAY_PICTURES"):
        page.screenshot(path=Path(folder) / f"regrade-{name}.png", full_page=True)
