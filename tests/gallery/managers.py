"""Pictures of the manager's pages over months of made-up answers: light, dark, on a phone, and printed.

The site wants `manage.py seed_history` first. One file a page, the four looks side by side at half size; a
note is written on the way, since without one the coaching page has nothing to show.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Literal

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.gallery.readme import enter

Theme = Literal["light", "dark"]

MANAGER = "Lena Ferreira"
DESK: ViewportSize = {"width": 1280, "height": 1500}
PHONE: ViewportSize = {"width": 360, "height": 1500}
HEIGHT = DESK["height"] // 2
NOTE = "Ask first whether a fact is missing or the manner is wrong, then name the step of the ladder."


def take(browser: Browser, address: str, folder: Path) -> None:
    """Write a picture of each page of a manager's into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    wide = _signed_in(browser, address, DESK, "light")
    looks = [wide, _signed_in(browser, address, DESK, "dark"), _signed_in(browser, address, PHONE, "light")]
    for name, path in _pages(wide.pages[0]).items():
        shots = [_shot(context, path) for context in looks] + [_printed(wide.pages[0], path)]
        strip = Image.new("RGB", (sum(shot.width for shot in shots), HEIGHT), "white")
        left = 0
        for shot in shots:
            strip.paste(shot, (left, 0))
            left += shot.width
        strip.save(folder / f"{name}.webp", quality=55, method=6)
    for context in looks:
        context.close()


def _signed_in(
    browser: Browser, address: str, size: ViewportSize, theme: Literal["light", "dark"]
) -> BrowserContext:
    context = browser.new_context(base_url=address, viewport=size, color_scheme=theme)
    enter(context.new_page(), MANAGER)
    return context


def _pages(page: Page) -> dict[str, str]:
    """Return the pages by name, with addresses found on the way through them."""
    page.goto("/team/?state=stuck")
    member = _first(page, ".heat.people tbody th a")
    page.goto(member)
    note = _first(page, "a[href^='/coaching/to/']")
    sent = _note(page, note)
    page.goto("/desk/")
    desk = _first(page, "a[data-begin]")
    return {
        "team": "/team/",
        "member": member,
        "note-new": note,
        "note": sent,
        "coaching": "/coaching/",
        "answers": "/answers/?result=wrong",
        "desk": "/desk/",
        "desk-answer": desk,
        "assigning": "/assigning/",
        "assign": "/assigning/new/",
        "statistics": "/quizzes/knowledge-or-behaviour/statistics/",
        "who-sees": "/results/who-sees/",
    }


def _note(page: Page, writing: str) -> str:
    """Return the address of a note, after writing one where there is none."""
    page.goto("/coaching/")
    notes = page.locator("table a[href^='/coaching/']")
    if not notes.count():
        page.goto(writing)
        page.locator("input[name=focus]:not(:disabled)").first.check()
        page.get_by_label("Your note").fill(NOTE)
        page.get_by_role("button", name="Send the note").click()
        page.goto("/coaching/")
    return notes.first.get_attribute("href") or ""


def _first(page: Page, selector: str) -> str:
    return page.locator(selector).first.get_attribute("href") or ""


def _shot(context: BrowserContext, path: str) -> Image.Image:
    page = context.pages[0]
    page.goto(path)
    shot = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    return shot.resize((shot.width // 2, HEIGHT))


def _printed(page: Page, path: str) -> Image.Image:
    """The first sheet as the browser prints it."""
    page.goto(path)
    sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))[0]
    whole: Image.Image = sheet.render(scale=DESK["width"] / 2 / sheet.get_width()).to_pil().convert("RGB")
    paper = Image.new("RGB", (whole.width, HEIGHT), "white")
    paper.paste(whole, (0, 0))
    return paper
