"""Writing in a real browser: rows by keyboard, a preview as one types, nothing left behind unsaved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from enablement.judges.training import train_guide
from enablement.lessons.revising import open_draft
from enablement.models import Lesson, Person, Revision
from tests.browsers import complaints_of, running_chromium

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def draft(released_lesson: Lesson, nia: Person) -> Revision:
    return open_draft("ladder", "door-repair", nia)


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer, draft: Revision, nia: Person) -> Iterator[Page]:
    """Nia's draft, on a phone."""
    client = Client()
    client.force_login(nia)
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    session: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([session])
    page, logged = context.new_page(), complaints_of(context)
    page.goto(f"{live_server.url}/revisions/{draft.pk}/")
    yield page
    context.close()
    assert logged == []


def kept_here(page: Page) -> list[str]:
    """What this browser keeps of forms."""
    kept: list[str] = page.evaluate("Object.keys(localStorage).filter(name => name.includes('unsaved'))")
    return kept


def press(page: Page, button: str) -> None:
    page.locator(button).focus()
    page.keyboard.press("Enter")


def test_rows_are_moved_removed_and_put_back_by_keyboard(page: Page, draft: Revision) -> None:
    page.locator("#steps-0-text").evaluate("box => { box.style.height = '321px'; }")
    press(page, "#steps-1-up")
    expect(page.locator("#steps-0-down")).to_be_focused()
    expect(page.locator("#steps-0-title")).to_have_value("Replace it")
    expect(page.locator("[data-status]")).to_have_text("Moved to place 1 of 2.")
    expect(page.locator("#steps-0-text")).to_have_css("height", "321px")
    press(page, "#steps-0-remove")
    expect(page.locator("#put-back")).to_be_focused()
    press(page, "#put-back")
    expect(page.locator("#steps-0-title")).to_be_focused()
    expect(page.locator("#steps-0-title")).to_have_value("Replace it")
    press(page, "#steps-add")
    expect(page.locator("#steps-2-title")).to_be_focused()
    page.keyboard.type("Call somebody")
    page.keyboard.press("Control+s")
    expect(page.locator(".notice:visible").first).to_contain_text("Saved as a draft")
    expect(page.locator("#steps-2-title")).to_be_focused()
    draft.refresh_from_db()
    assert [step["slug"] for step in draft.item["steps"]] == ["replace", "oil", "call-somebody"]


def test_a_name_stands_once_on_the_page_and_nothing_is_wider_than_the_phone(page: Page) -> None:
    names = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(names) == len(set(names))
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_section_is_one_row_with_the_page_that_one_is_on_in_view(page: Page) -> None:
    tabs = page.locator(".tabs")
    assert tabs.evaluate("row => row.scrollWidth > row.clientWidth && row.clientHeight < 60")
    expect(tabs.locator("[aria-current]")).to_be_in_viewport(ratio=1)


def test_how_it_reads_follows_what_is_typed(page: Page) -> None:
    page.locator("#steps-0-text").fill("Put **thin** oil on it.")
    expect(page.locator("#preview strong").filter(has_text="thin")).to_have_count(1)
    expect(page.locator("#changes-count")).to_have_text("1")
    page.locator("#title").fill("")
    expect(page.locator("#before-release")).to_contain_text("Title: This is still empty.")


def test_unsaved_text_is_not_left_by_accident(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("#title").click()
    page.keyboard.type("More ")
    with pytest.raises(Error):
        page.goto(f"{live_server.url}/cards/", timeout=5_000)
    assert asked == ["beforeunload"]


def test_text_comes_back_after_the_session_has_ended(
    page: Page, draft: Revision, nia: Person, live_server: LiveServer
) -> None:
    page.locator("#title").fill("Mend a door")
    press(page, "#steps-add")
    page.locator("#steps-2-title").fill("Call somebody")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+s")
    page.get_by_label("User name").fill("nia")
    page.get_by_role("textbox", name="Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#title")).to_have_value("Mend a door")
    expect(page.locator("#steps-2-title")).to_have_value("Call somebody")
    page.keyboard.press("Control+s")
    expect(page.locator(".notice:visible").first).to_contain_text("Saved as a draft")
    page.goto(f"{live_server.url}/revisions/{draft.pk}/")
    expect(page.locator("[data-unsaved-found]")).to_be_hidden()
    assert kept_here(page) == []


def test_what_was_passed_over_is_offered_no_more_once_a_newer_text_is_saved(
    page: Page, draft: Revision, live_server: LiveServer
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    address, offer = f"{live_server.url}/revisions/{draft.pk}/", page.locator("[data-unsaved-found]")
    page.locator("#title").fill("Mend a door")
    page.goto(f"{live_server.url}/cards/")
    page.goto(address)
    expect(offer).to_contain_text("Once you save what stands here")
    page.locator("#title").fill("Repair a door")
    page.keyboard.press("Control+s")
    expect(page.locator(".notice:visible").first).to_contain_text("Saved as a draft")
    expect(offer).to_be_hidden()
    page.goto(address)
    expect(page.locator("#title")).to_have_value("Repair a door")
    expect(offer).to_be_hidden()
    assert kept_here(page) == []


def test_a_short_form_gives_back_what_was_typed_too(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/flags/propose/")
    page.get_by_label("Don’t say").fill("It never breaks")
    page.get_by_label("Say", exact=True).fill("It holds for years")
    page.goto(f"{live_server.url}/cards/")
    page.goto(f"{live_server.url}/flags/propose/")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("Don’t say")).to_have_value("It never breaks")
    page.get_by_label("Why").fill("Nothing does.")
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator(".notice:visible").first).to_contain_text("The editors have it")
    assert kept_here(page) == []


@pytest.mark.usefixtures("encoder")
def test_a_phrasing_is_tried_while_it_is_written(page: Page, live_server: LiveServer, nia: Person) -> None:
    train_guide()
    entry = open_draft("guide_entry", "door-unbreakable", nia)
    page.goto(f"{live_server.url}/revisions/{entry.pk}/")
    page.locator("#fine").fill("Our locks are unbreakable.")
    expect(page.locator("#bench li.wrong")).to_contain_text("Found")
    page.locator("#do_say").fill("Our locks are unbreakable.")
    expect(page.locator("#own-lines")).to_contain_text("1 line of yours breaks the guide.")
    page.locator("#own-lines").get_by_role("link", name="Say instead").click()
    expect(page.locator("#do_say")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
