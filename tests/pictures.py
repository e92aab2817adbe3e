"""Take pictures of a running site in demo mode: `python -m tests.pictures [FOLDER] [ADDRESS]`.

Every page of PAGES as its person sees it, in light, in dark and on a phone. `docs/pictures/` holds the few
that the README shows.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

LOOKS = {
    "light": {"viewport": {"width": 1200, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1200, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
}
PAGES = {
    "sign-in": ("", "/sign-in/"),
    "home": ("Ada", "/"),
    "lesson": ("Ada", "/lessons/fine-tuning-vs-prompting/"),
    "card": ("Ada", "/cards/fine-tuning/"),
    "comparison": ("Ada", "/comparisons/fine-tuning-and-prompting/"),
    "guide": ("Ada", "/guide/"),
    "glossary": ("Ada", "/glossary/"),
    "search": ("Ada", "/search/?q=lora"),
    "quizzes": ("Ada", "/quizzes/"),
    "results": ("Ada", "/results/"),
    "team": ("Max", "/team/"),
    "account": ("Ada", "/account/"),
    "documents": ("Nia", "/documents/"),
}
QUESTION = "Can fine-tuning teach the model our policies?"
STATEMENT = "Every answer is right, but it comes as an essay when our portal needs three bullet points."
DRAFT = "Great to meet you. We can train the model on your documents, so it always knows your policies."


def main(folder: Path, address: str) -> None:
    """Write NAME-LOOK.png for every page and look."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("DOSAY_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        for look in LOOKS:
            for person in dict.fromkeys(person for person, _ in PAGES.values()):
                take(browser, folder, address, look, person)
        browser.close()


def take(browser: Browser, folder: Path, address: str, look: str, person: str) -> None:
    context = browser.new_context(base_url=address, **LOOKS[look])  # type: ignore[arg-type]
    page = context.new_page()
    if person:
        page.goto("/sign-in/")
        page.get_by_role("button", name=person).first.click()
        page.wait_for_url("**/")
    for name, (who, path) in PAGES.items():
        if who == person:
            page.goto(path)
            page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
    if person == "Ada":
        in_the_box(page, folder, look)
    context.close()


def in_the_box(page: Page, folder: Path, look: str) -> None:
    """What the home page's box answers: a sorted statement, a checked draft, an answered question."""
    for mode, text in (("Sort", STATEMENT), ("Check wording", DRAFT), ("Ask", QUESTION)):
        page.goto("/")
        page.get_by_role("radio", name=mode).check(force=True)
        page.locator("textarea").fill(text)
        page.locator("textarea").press("Control+Enter")
        page.wait_for_timeout(4000)
        page.screenshot(path=folder / f"{mode.split()[0].lower()}-{look}.png", full_page=True)


if __name__ == "__main__":
    main(
        Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"),
        sys.argv[2] if len(sys.argv) > 2 else "http://127.0.0.1:8000",
    )
