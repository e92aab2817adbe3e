"""Asking in a real browser: an answer that streams, is stopped, reloaded in the middle, or comes hostile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from enablement.chat import turns
from enablement.chat.breaker import Breaker
from enablement.chat.limits import Limits
from enablement.chat.writing import DESERTED
from enablement.models import Person, Turn, TurnState
from enablement.retrieval.search import Hit
from tests.browsers import running_chromium
from tests.chat.conftest import QUESTION
from tests.chat.model_server import WAITS_TO_BE_LEFT, ModelServer

FIRST = "A hinge carries the door."

OpenPage = Callable[..., Page]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("doors", "patient")]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that leave a browser time, and a breaker of the test's own."""
    real, breaker = turns.answer, Breaker()
    limits = Limits(first_token=10, whole=20, tick=0.02)
    monkeypatch.setattr(turns, "answer", lambda turn: real(turn, limits=limits, breaker=breaker))


@pytest.fixture
def adas(chromium: Browser, live_server: LiveServer, ada: Person) -> Iterator[OpenPage]:
    """Open a page of the site in a browser of Ada's."""
    contexts = []

    def open_page(path: str = "/ask/", script: bool = True) -> Page:
        client = Client()
        client.force_login(ada)
        context = chromium.new_context(java_script_enabled=script)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def ask(page: Page, text: str = QUESTION) -> None:
    page.get_by_label("Your question", exact=True).fill(text)
    page.keyboard.press("Enter")


def test_an_answer_streams_and_a_reload_in_the_middle_loses_nothing(
    adas: OpenPage, model: ModelServer
) -> None:
    model.mode = "held"
    page = adas()
    ask(page)
    expect(page.locator("[data-answer]")).to_contain_text(FIRST)
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page).to_have_url(page.url.split("/ask/")[0] + Turn.objects.get().conversation.get_absolute_url())
    page.reload()
    expect(page.locator("[data-answer]")).to_contain_text(FIRST)
    model.go_on.set()
    expect(page.locator("[data-state=done] .chip")).to_have_count(2)
    page.get_by_text("2 sources").click()
    expect(page.locator(".cited blockquote").first).to_have_text(FIRST)
    assert Turn.objects.get().engine == "stand-in"


def test_a_page_that_is_left_lets_go_of_the_model(adas: OpenPage, model: ModelServer) -> None:
    model.mode = "stall"
    page = adas()
    ask(page)
    expect(page.locator("[data-answer]")).to_contain_text(FIRST)
    page.goto("about:blank")
    assert model.left.wait(WAITS_TO_BE_LEFT)
    until = time.monotonic() + WAITS_TO_BE_LEFT
    while Turn.objects.get().state == TurnState.STREAMING and time.monotonic() < until:
        time.sleep(0.05)
    turn = Turn.objects.get()
    assert (turn.state, turn.note) == (TurnState.STOPPED, DESERTED)
    assert FIRST in turn.answer


def test_escape_stops_the_model_and_keeps_what_is_written(adas: OpenPage, model: ModelServer) -> None:
    model.mode = "stall"
    page = adas()
    ask(page)
    expect(page.locator("[data-answer]")).to_contain_text(FIRST)
    page.keyboard.press("Escape")
    expect(page.locator("[data-state=stopped]")).to_contain_text("You stopped this answer.")
    expect(page.locator(".answer")).to_contain_text(FIRST)
    assert model.left.wait(WAITS_TO_BE_LEFT)
    assert Turn.objects.get().state == TurnState.STOPPED


def test_a_model_that_writes_script_shows_none(adas: OpenPage, model: ModelServer) -> None:
    model.mode = "evil"
    page = adas()
    dialogs: list[object] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog))
    ask(page)
    expect(page.locator("[data-state=done]")).to_contain_text(FIRST)
    ask(page, "<img src=x onerror=alert(1)> What does a hinge do?")
    expect(page.locator(".asked").last).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("[data-state=refused]")).to_be_attached()
    assert page.locator("main img, main script").count() == 0
    assert dialogs == []


def test_another_question_follows_on_the_same_page(adas: OpenPage, doors: list[Hit]) -> None:
    page = adas()
    ask(page)
    expect(page.locator("[data-state=done]")).to_have_count(1)
    ask(page, "Is a hinge made of brass?")
    expect(page.locator("[data-state=done]")).to_have_count(2)
    assert Turn.objects.values("conversation").distinct().count() == 1


def test_a_question_too_long_is_kept_and_the_reason_said(adas: OpenPage) -> None:
    page = adas()
    ask(page, "hinge " * 500)
    expect(page.get_by_role("alert")).to_contain_text("Shorten it")
    expect(page.get_by_label("Your question", exact=True)).to_have_value("hinge " * 500)
    assert not Turn.objects.exists()


def test_when_the_site_does_not_answer_the_question_stays(adas: OpenPage) -> None:
    page = adas()
    page.context.set_offline(True)
    ask(page)
    expect(page.get_by_role("alert")).to_contain_text("still here")
    expect(page.get_by_label("Your question", exact=True)).to_have_value(QUESTION)


def test_a_question_from_the_home_page_is_taken_up(adas: OpenPage, model: ModelServer) -> None:
    page = adas("/")
    page.locator("#text").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("[data-state=done] .chip")).to_have_count(2)


def test_without_script_a_button_shows_the_answer(adas: OpenPage, model: ModelServer) -> None:
    page = adas(script=False)
    page.get_by_label("Your question", exact=True).fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".answer")).to_contain_text(FIRST)
