"""The README's pictures, taken while the work that they show is done."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect

STATEMENT = "Every answer is right, but it comes as an essay when our portal needs three bullet points."
LESSON = "fine-tuning-vs-prompting"
CARD = "lora"
VENDOR = """# Tuning a model for public services

## When to use fine-tuning

- The model does not know your products and your procedures
- Every letter must keep to one house style
- A short prompt has to be enough on every call

## What to say

| Don't say | Do say |
|---|---|
| "It learns your whole handbook" | "It picks up how your handbook sounds" |

## Key terms

| Term | Meaning |
|---|---|
| Adapter | A small set of weights beside the model's own |
| Epoch | One pass over all training examples |
"""
NOTEBOOK = """# What we saw in nine pilots

## When to use prompting

- Tone and style differ from office to office
- The wording changes every month

## What fine-tuning does not fix

- Facts from manuals that are missing in the answers
- Reasoning that the base model cannot do

## The order we keep to

1. Improve the prompt
2. Add retrieval
3. Fine-tune for one narrow task
"""


def take(browser: Browser, address: str, folder: Path) -> None:
    """Do the work in a browser, and write its pictures into the folder."""
    viewport: ViewportSize = {"width": 1280, "height": 900}
    context = browser.new_context(base_url=address, viewport=viewport, color_scheme="light")
    page = context.new_page()
    enter(page, "Ada")
    page.get_by_role("radio", name="Sort").check(force=True)
    page.locator("textarea").fill(STATEMENT)
    page.locator("textarea").press("Enter")
    expect(page.locator("#result .verdict")).to_be_visible(timeout=30_000)
    page.screenshot(path=folder / "home.png")
    context.clear_cookies()
    enter(page, "Nia")
    for text in (VENDOR, NOTEBOOK):
        hand_in(page, text)
    page.goto("/documents/")
    page.locator("table").get_by_role("link", name="Tuning a model for public services").click()
    page.screenshot(path=folder / "review.png")
    page.goto(f"/conflicts/?lesson={LESSON}")
    page.screenshot(path=folder / "conflicts.png")
    change_card(page)
    page.locator("#changes").evaluate("heading => heading.scrollIntoView()")
    page.screenshot(path=folder / "difference.png")
    page.goto("/health/")
    page.screenshot(path=folder / "health.png")
    context.close()


def enter(page: Page, name: str) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url("**/")


def hand_in(page: Page, text: str) -> None:
    """Paste a document, and wait until the worker has read it."""
    page.goto("/documents/")
    page.get_by_label("Or the text of a page, pasted").fill(text)
    page.get_by_label("For the lesson").select_option(LESSON)
    page.get_by_role("button", name="Read it in").click()
    title = text.partition("\n")[0].removeprefix("# ")
    # Where the worker is quick the list has it at once, else the page goes on to the document.
    there = page.get_by_role("heading", level=1, name=title).or_(page.get_by_role("link", name=title))
    expect(there.first).to_be_visible(timeout=300_000)


def change_card(page: Page) -> None:
    """Write a card anew, and go to what changes for readers."""
    page.goto(f"/pieces/card/{CARD}/")
    page.get_by_role("button", name="Edit").click()
    field = page.locator("#what_it_does")
    words = field.input_value()
    field.fill(words.replace(" small", " very small", 1) + " The model itself stays as it was.")
    page.get_by_role("button", name="Save and ask for review").click()
    page.wait_for_url("**/revisions/*/")
