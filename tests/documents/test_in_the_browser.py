"""A review in a real browser: by keyboard, on a phone, undone, and nothing lost when the site goes away."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from enablement.models import Draft, DraftState, Person, Source

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PHONE = {"width": 390, "height": 780}
DESK = {"width": 1280, "height": 800}

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("DOSAY_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def review(chromium: Browser, live_server: LiveServer, paper: Source, nia: Person) -> Iterator[OpenPage]:
    """Open the review of the paper as Nia."""
    contexts = []

    def open_page(size: dict[str, int] = DESK) -> Page:
        client = Client()
        client.force_login(nia)
        context = chromium.new_context(viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/documents/{paper.slug}/")
        return page

    yield open_page
    for context in contexts:
        context.close()


def state_of(words: str) -> str:
    return next(draft.state for draft in Draft.objects.all() if words in str(draft.item))


def open_form(page: Page) -> None:
    """Edit the draft that has the focus. The form is there once the focus is in it."""
    page.keyboard.press("e")
    expect(page.locator("form[data-dirty] :focus")).to_have_count(1)


@pytest.mark.django_db(transaction=True)
def test_everything_is_decided_by_keyboard(review: OpenPage) -> None:
    page = review()
    page.get_by_role("button", name="Review by keyboard").press("Enter")
    first = page.locator(".draft-item").first
    expect(first).to_be_focused()
    for key in ("a", "d", "a", "a"):
        page.keyboard.press(key)
        expect(page.locator('.draft-item[aria-busy="true"]')).to_have_count(0)
        page.wait_for_timeout(300)
    expect(page.locator("#review-count")).to_contain_text("All 4 decided")
    assert sorted(Draft.objects.values_list("state", flat=True)) == ["accepted"] * 3 + ["discarded"]


@pytest.mark.django_db(transaction=True)
def test_a_decision_moves_on_and_u_takes_it_back(review: OpenPage) -> None:
    page = review()
    page.get_by_role("button", name="Review by keyboard").click()
    page.keyboard.press("d")
    expect(page.locator(".draft-item").nth(1)).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(".draft-item").first).to_be_focused()
    expect(page.locator("#review-count")).to_contain_text("0 of 4")
    assert set(Draft.objects.values_list("state", flat=True)) == {DraftState.PROPOSED}


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_right_after_the_key_that_opens_the_form_is_in_the_form(review: OpenPage) -> None:
    page = review()
    page.get_by_role("button", name="Review by keyboard").click()
    page.keyboard.type("exu dar")
    expect(page.locator("form[data-dirty=yes] :focus")).to_have_value(re.compile("xu dar"))
    assert set(Draft.objects.values_list("state", flat=True)) == {DraftState.PROPOSED}


@pytest.mark.django_db(transaction=True)
def test_a_line_and_its_sentence_are_marked_together(review: OpenPage) -> None:
    page = review()
    page.locator("dd", has_text="A kettle with a whistle").click()
    expect(page.locator("[data-document] .now")).to_have_text("A kettle with a whistle in its spout.")
    page.locator("[data-document] a", has_text="It was sold in Sheffield").click()
    expect(page.locator(".draft-fields dd.now")).to_contain_text("It was sold in Sheffield")


@pytest.mark.django_db(transaction=True)
def test_the_sentence_stays_in_sight_on_a_phone(review: OpenPage) -> None:
    page = review(PHONE)
    line = page.locator("dd", has_text="Everything fails once")
    line.scroll_into_view_if_needed()
    line.click()
    expect(page.locator("[data-document] .now", has_text="Everything fails once")).to_be_in_viewport()
    expect(line).to_be_in_viewport()
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_stays_when_the_site_goes_away(review: OpenPage) -> None:
    page = review()
    page.get_by_role("button", name="Review by keyboard").click()
    open_form(page)
    field = page.get_by_role("textbox", name="What it does")
    field.fill("It whistles loudly.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and accept").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    expect(field).to_have_value("It whistles loudly.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Save and accept").click()
    expect(page.locator("#review-count")).to_contain_text("1 of 4")
    assert Draft.objects.get(kind="card").item["what_it_does"] == "It whistles loudly."


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_stays_when_one_was_signed_out(review: OpenPage) -> None:
    page = review()
    page.get_by_role("button", name="Review by keyboard").click()
    open_form(page)
    page.get_by_role("textbox", name="What it does").fill("It whistles loudly.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save and accept").click()
    expect(page.get_by_role("alert")).to_contain_text("signed out")
    expect(page.get_by_role("textbox", name="What it does")).to_have_value("It whistles loudly.")


@pytest.mark.django_db(transaction=True)
def test_escape_leaves_the_form_and_asks_before_it_drops_words(review: OpenPage) -> None:
    page = review()
    page.get_by_role("button", name="Review by keyboard").click()
    open_form(page)
    field = page.get_by_role("textbox", name="What it does")
    field.fill("It whistles loudly.")
    page.once("dialog", lambda dialog: dialog.dismiss())
    field.press("Escape")
    expect(field).to_have_value("It whistles loudly.")
    page.once("dialog", lambda dialog: dialog.accept())
    field.press("Escape")
    expect(field).to_have_count(0)
