"""Practice in a real browser, without a mouse and on a phone."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from enablement.models import Person
from quizzes.models import PracticeItem, Quiz
from tests.browsers import running_chromium


@pytest.mark.django_db(transaction=True)
def test_a_session_by_keyboard_on_a_phone(live_server: LiveServer, quiz: Quiz, ada: Person) -> None:
    client = Client()
    client.force_login(ada)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with running_chromium() as browser:
        context = browser.new_context(viewport={"width": 320, "height": 640})
        context.add_cookies([session])
        page = context.new_page()
        page.goto(f"{live_server.url}/practice/")
        expect(page.get_by_role("button", name="Practise", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        for last in (False, False, True):
            expect(page.locator("fieldset input").first).to_be_focused()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.keyboard.press("2")
            page.keyboard.press("Enter")
            onward = page.get_by_role("link", name="See what changed" if last else "Next")
            expect(onward).to_be_focused()
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    assert PracticeItem.objects.answered().count() == 3
