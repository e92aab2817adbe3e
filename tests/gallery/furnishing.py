"""What a site just made lacks, made as people make it: so that every page has something to show.

A flag, a question without an answer, two documents that contradict one another, a draft, a fixed answer, a
correction, an objection to a grade, a regrade, an invitation. Made once: what is there already is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.gallery import second_step
from tests.gallery.readme import NOTEBOOK, VENDOR, change_card, hand_in

UNKNOWN = "What does a Quillmark cost a county clerk?"
OFTEN = "How long does a pilot take?"
ENTRY = "train-on-your-documents"
MISLEADS = "We train the model on your documents, and then it knows all of them."
WRITTEN = "/quizzes/own-words-on-tuning/"
NEWCOMER = "lea"


def furnish(contexts: Mapping[str, BrowserContext]) -> list[tuple[str, str]]:
    """Make what is missing; return pages that no link leads to: who opens them (nobody is ""), and where."""
    pages = {name: context.new_page() for name, context in contexts.items()}
    for person, there, make in STEPS:
        page = pages[person]
        page.goto(there[0])
        if not page.locator(there[1]).count():
            make(page)
    link, erasing = invite(pages["Ruth"], NEWCOMER)
    if not second_step.stand_there(contexts[second_step.NAME]):
        second_step.come_in(contexts[second_step.NAME], invite(pages["Ruth"], second_step.USERNAME)[0])
    for page in pages.values():
        page.close()
    return [
        ("", link),
        (second_step.NAME, second_step.PATH),
        ("Ruth", erasing),
        ("Ada", "/flags/new/?kind=card&slug=lora"),
        ("Nia", "/questions/fine-tuning-vs-prompting/new/?kind=one_choice"),
    ]


def flag(page: Page) -> None:
    page.goto("/flags/new/?kind=card&slug=lora")
    page.locator("main").get_by_role("radio").first.check()
    page.get_by_label("What do you know about it?").fill("A buyer read me a newer paper.")
    page.get_by_role("button", name="Send it").click()


def ask(page: Page) -> None:
    page.goto("/ask/")
    page.locator("main textarea").fill(UNKNOWN)
    page.locator("main textarea").press("Enter")
    expect(page.get_by_text("The knowledge base does not cover this")).to_be_visible(timeout=60_000)


def documents(page: Page) -> None:
    for text in (VENDOR, NOTEBOOK):
        hand_in(page, text)


def fixed_answer(page: Page) -> None:
    page.goto("/fixed-answers/new/")
    page.get_by_label("Question").fill(OFTEN)
    page.get_by_label(re.compile("^Answer")).fill("Six weeks, with one office and its own questions.")
    page.get_by_role("button", name="Pin").click()


def be_given_a_line(page: Page) -> None:
    page.goto("/check/")
    page.locator("main textarea").fill(MISLEADS)
    page.locator("main textarea").press("Enter")
    expect(page.locator("#result .say").first).to_be_visible(timeout=60_000)


def change_the_line(page: Page) -> None:
    page.goto(f"/pieces/guide_entry/{ENTRY}/")
    draft = page.locator("main a[href^='/revisions/']").filter(has_text="draft")
    page.get_by_role("button", name="Edit").or_(draft).first.click()
    line = page.get_by_label("Say instead")
    line.fill(f"{line.input_value().rstrip('.')}, as often as you like.")
    page.get_by_role("button", name="Save and release").click()


def disagree(page: Page) -> None:
    """Hand in a written quiz with half an answer, and object where the judge missed something in it."""
    page.locator("main form[action$='/start/'] button").or_(
        page.get_by_role("link", name="Go on")
    ).first.click()
    for box in page.locator("main textarea").all():
        box.fill("I would ask first what the answer has to know, and then look.")
    expect(page.locator("[data-save-state]")).to_have_text("All answers saved", timeout=60_000)
    page.get_by_role("button", name="Finish and see the answers").click()
    page.wait_for_url("**/result/", timeout=60_000)
    objection = page.get_by_text("I disagree", exact=True).first
    for _ in range(60):  # The judge reads in the background.
        if objection.count():
            break
        page.wait_for_timeout(2_000)
        page.reload()
    objection.click()
    page.get_by_label(re.compile("^Why")).first.fill("I did name what is missing, in my own words.")
    page.get_by_role("button", name="Send", exact=True).first.click()


def regrade(page: Page) -> None:
    page.goto("/team/regrades/")
    page.get_by_label("Question", exact=True).select_option(index=1)
    page.get_by_label(re.compile("^Why")).fill("Two of its options were right.")
    page.get_by_role("button", name="Show who changes").click()


def invite(page: Page, username: str) -> tuple[str, str]:
    """Invite somebody, anew where they were before; return the path of their link, and of erasing them."""
    page.goto("/people/")
    row = page.get_by_role("row").filter(has_text=username)
    if row.count():
        row.locator("summary").click()
        row.get_by_role("button", name="New link to come in").click()
    else:
        page.get_by_label("User name").fill(username)
        page.get_by_label("First name").fill(username.capitalize())
        page.get_by_role("button", name="Invite").click()
    link = page.locator(".shown-once code").inner_text()
    row.locator("summary").click()
    deactivating = row.locator("form[action$='/deactivate/']").get_attribute("action") or ""
    return urlsplit(link).path, f"/privacy{deactivating.replace('/deactivate/', '/erase/')}"


# Who, where it would stand and what would stand there, and how it is made.
STEPS: tuple[tuple[str, tuple[str, str], Callable[[Page], None]], ...] = (
    ("Ada", ("/flags/", "main a[href^='/flags/']:has-text('outdated')"), flag),
    ("Ada", ("/", f"a:has-text('{UNKNOWN[:30]}')"), ask),
    ("Nia", ("/documents/", "a[href^='/documents/document']"), documents),
    ("Nia", ("/reviews/", "main a[href^='/revisions/']"), change_card),
    ("Nia", ("/fixed-answers/", "main a[href^='/fixed-answers/']:has-text('pilot')"), fixed_answer),
    ("Ada", ("/corrections/", "main a:has-text('See the correction')"), be_given_a_line),
    ("Nia", ("/corrections/", "main a:has-text('See the correction')"), change_the_line),
    ("Ada", (WRITTEN, "main a[href$='/result/']"), disagree),
    ("Max", ("/team/regrades/", "main a[href^='/team/regrades/']"), regrade),
)
