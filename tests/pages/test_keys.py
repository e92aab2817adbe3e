"""Keys on every page: single ones can be turned off, and mean nothing behind a dialog."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from enablement.models import Person
from tests.browsers import running_chromium

# Keys pressed while nothing has the focus; each of them means something elsewhere.
TYPE = """() => {
  document.activeElement?.blur();
  for (const key of "gc/")
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer, ada: Person) -> Iterator[Page]:
    client = Client()
    client.force_login(ada)
    context = chromium.new_context(base_url=live_server.url)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    page = context.new_page()
    yield page
    context.close()


def open_with_a_key_of_its_own(page: Page) -> None:
    page.goto("/cards/")
    page.evaluate(
        "document.addEventListener('keydown', (e) => { if (e.key === 's') document.title = 'taken' })"
    )


def test_a_single_key_opens_the_palette_and_means_nothing_behind_it(page: Page) -> None:
    open_with_a_key_of_its_own(page)
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    page.keyboard.press("s")
    assert page.title() != "taken"
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    assert page.title() == "taken"
    page.keyboard.press("/")
    expect(page.locator("dialog[open]")).to_be_visible()


def test_single_keys_can_be_turned_off_everywhere(page: Page, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(single_keys=False)
    open_with_a_key_of_its_own(page)
    for key in ("s", "/", "?"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.title() != "taken"
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_be_visible()


def test_what_is_typed_before_the_box_has_the_focus_is_in_it(page: Page) -> None:
    held: list[Route] = []
    page.route("**/dosay/box*.js", lambda route: held.append(route))
    page.goto("/?text=it", wait_until="commit")
    box = page.get_by_role("textbox", name="Your question")
    expect(box).to_be_visible()
    page.evaluate(TYPE)
    held[0].continue_()
    expect(box).to_be_focused()
    page.keyboard.press("!")
    expect(box).to_have_value("gc/!it")
    expect(page.locator("dialog[open]")).to_have_count(0)
