"""What a rep does besides asking: find a card, copy a line, walk the ladder, flag a line, talk to a buyer."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit, in_the_box

BUYER = "Staff ask about the leave rules of last month and it has never heard of them."


def test_ada_finds_a_card_without_the_mouse(visit: Visit) -> None:
    page = visit("Ada")
    page.goto("/search/")
    page.locator("main").get_by_role("searchbox").focus()
    page.keyboard.type("lora")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?*q=lora*")
    found = page.locator("main").get_by_role("link", name=re.compile("LoRA")).first
    found.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("LoRA")


def test_ada_copies_the_line_to_say_and_is_told_that_it_is_copied(visit: Visit) -> None:
    page = visit("Ada", permissions=["clipboard-read", "clipboard-write"])
    in_the_box(page, "Sort", BUYER)
    page.locator("#result .copy").first.click()
    expect(page.get_by_text("Copied").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "connect" in copied
    assert "Copy" not in copied


def test_enter_once_more_in_the_box_copies_the_line(visit: Visit) -> None:
    page = visit("Ada", permissions=["clipboard-read", "clipboard-write"])
    in_the_box(page, "Sort", BUYER)
    expect(page.locator("#result .copy").first).to_be_visible()
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied").first).to_be_visible()
    assert "connect" in page.evaluate("navigator.clipboard.readText()")
    expect(page.locator("textarea")).to_have_value(BUYER)


def test_escape_leaves_the_palette_where_one_was(visit: Visit) -> None:
    page = visit("Ada")
    page.goto("/cards/")
    link = page.locator("main a").first
    link.focus()
    page.keyboard.press("/")
    expect(page.locator("dialog[open] input")).to_be_focused()
    page.keyboard.type("lora")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(link).to_be_focused()
    assert page.url.endswith("/cards/")


def test_p_pins_a_card_and_g_1_goes_there(visit: Visit) -> None:
    page = visit("Ben")
    page.goto("/cards/lora/")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Pinned")).to_be_visible()
    page.goto("/")
    page.keyboard.press("Escape")
    page.keyboard.type("g1")
    page.wait_for_url("**/cards/lora/")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Pin", exact=True)).to_be_visible()


def test_ada_goes_to_a_card_and_back_and_her_words_are_still_there(visit: Visit) -> None:
    page = visit("Ada")
    in_the_box(page, "Sort", BUYER)
    expect(page.locator("#result").get_by_text("Knowledge problem").first).to_be_visible()
    page.locator("#result a[href^='/cards/']").first.click()
    page.wait_for_url("**/cards/**")
    page.go_back()
    expect(page.locator("textarea")).to_have_value(BUYER)


def test_ada_walks_the_ladder_to_a_step(visit: Visit) -> None:
    page = visit("Ada")
    page.goto("/lessons/fine-tuning-vs-prompting/")
    page.locator("a[href^='/ladders/']").first.click()
    page.locator("main").get_by_role("link", name="Yes", exact=True).first.click()
    page.wait_for_url("**way=y*")
    expect(page.locator("main").get_by_role("link", name=re.compile("^(Change|Start)")).first).to_be_visible()


def test_ada_flags_a_line_nia_answers_and_ada_hears_of_it(visit: Visit) -> None:
    ada, nia = visit("Ada"), visit("Nia")
    ada.goto("/cards/lora/")
    ada.get_by_text("Flag a line").click()
    ada.get_by_role("radio").first.check()
    ada.get_by_label("What do you know about it?").fill("A buyer read me a newer paper.")
    ada.get_by_role("button", name="Send it").click()
    expect(ada.get_by_role("status").first).to_contain_text("you of the answer")
    nia.goto("/flags/")
    nia.locator("main").get_by_role("link", name="This is outdated").first.click()
    expect(nia.get_by_text("A buyer read me a newer paper.")).to_be_visible()
    nia.get_by_label(re.compile("gets to read")).fill("Thank you: the newer paper says the same.")
    nia.get_by_role("button", name="Take it up", exact=True).click()
    expect(nia.get_by_role("status").first).to_contain_text("hears of it")
    ada.goto("/notices/")
    expect(ada.get_by_text("the newer paper says the same").first).to_be_visible()


def test_ada_talks_to_a_buyer_to_the_end(visit: Visit) -> None:
    page = visit("Cem")
    page.goto("/coach/")
    page.get_by_role("button", name=re.compile("Talk")).first.click()
    say_it = page.get_by_role("button", name="Say it")
    expect(say_it).to_be_visible()
    said = 0
    while said < 6 and say_it.count():
        if page.get_by_role("radio").count():
            page.get_by_role("radio").first.check()
        page.get_by_label("What do you say?").fill(
            "We connect the model to your documents and it looks them up."
        )
        say_it.click()
        said += 1
        expect(page.get_by_role("heading", name="What the coach heard")).to_have_count(said)
        page.wait_for_load_state()
    expect(say_it).to_have_count(0)
    assert said
