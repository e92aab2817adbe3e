"""Take the pictures of an editor's work: `python -m tests.pictures_of_editing [FOLDER] [ADDRESS]`.

On a site that was just made, in demo mode, it hands two documents in, changes a card and sends it to review.
It writes review.png, conflicts.png, difference.png and health.png, by default into docs/pictures/:

    DOSAY_DATA=$(mktemp -d) PORT=8001 make run
    .venv/bin/python -m tests.pictures_of_editing docs/pictures http://127.0.0.1:8001
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

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


def main(folder: Path, address: str) -> None:
    """Do the work in a browser, and write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("DOSAY_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        context = browser.new_context(
            base_url=address, viewport={"width": 1280, "height": 900}, color_scheme="light"
        )
        page = context.new_page()
        page.goto("/sign-in/")
        page.get_by_role("button", name="Nia").first.click()
        page.wait_for_url("**/")
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
        browser.close()


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


if __name__ == "__main__":
    main(
        Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"),
        sys.argv[2] if len(sys.argv) > 2 else "http://127.0.0.1:8000",
    )
