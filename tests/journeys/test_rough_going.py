"""A slow line, a lost one, a session that ended in another tab, and somebody who presses Enter twice."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.journeys.conftest import Visit, in_the_box, sign_in

BUYER = "Staff ask about the leave rules of last month and it has never heard of them."


def test_enter_pressed_twice_on_a_slow_line_gives_one_verdict(visit: Visit) -> None:
    page = visit("Ben")
    asked: list[str] = []

    def slowly(route: Route) -> None:
        asked.append(route.request.url)
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/sort/", slowly)
    in_the_box(page, "Sort", BUYER)
    expect(page.locator("#result")).to_have_attribute("aria-busy", "true")
    page.locator("textarea").press("Enter")
    expect(page.locator("#result .verdict")).to_have_count(1)
    expect(page.locator("#result")).not_to_have_attribute("aria-busy", "true")


def test_without_a_connection_the_box_says_so_and_keeps_the_words(visit: Visit) -> None:
    page = visit("Ben")
    page.goto("/")
    page.context.set_offline(True)
    page.get_by_role("radio", name=re.compile("^Sort")).check(force=True)
    page.locator("textarea").fill(BUYER)
    page.locator("textarea").press("Enter")
    expect(page.locator("#result")).to_contain_text("The site did not answer")
    expect(page.locator("textarea")).to_have_value(BUYER)
    page.context.set_offline(False)
    page.locator("textarea").press("Enter")
    expect(page.locator("#result").get_by_text("Knowledge problem").first).to_be_visible()


def test_signed_out_in_another_tab_the_words_stay_and_the_way_back_is_named(visit: Visit) -> None:
    page = visit("")
    sign_in(page, "Ben")  # A session of its own, since it ends here.
    other = page.context.new_page()
    page.get_by_role("radio", name=re.compile("^Check")).check(force=True)
    page.locator("textarea").fill("We can train the model on your documents.")
    other.goto("/")
    other.get_by_text("Ben Lindqvist").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in/**")
    page.locator("textarea").press("Enter")
    expect(page.locator("#result")).to_contain_text("What you typed is still here")
    expect(page.locator("textarea")).to_have_value("We can train the model on your documents.")


def test_two_tabs_of_practice_count_an_answer_once(visit: Visit) -> None:
    page = visit("Zoe")
    page.goto("/practice/")
    page.get_by_role("button", name="Practise", exact=True).click()
    page.wait_for_url("**/practice/*/")
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        tab.get_by_role("button", name=re.compile("know")).click()
        tab.wait_for_url(re.compile(r"/practice/[0-9a-f-]+/(\d+/)?$"))
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    assert page.url == other.url
