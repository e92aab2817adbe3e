"""Measure how fast a verdict is on screen: `python -m tests.verdict_speed [ADDRESS] [TIMES]`.

Against a running site in demo mode: Chromium, the box of the home page focused, a statement pasted, Enter.
Prints milliseconds from Enter to the painted verdict (p50, p95, worst), and how many keystrokes it took.
A site just made sorts once its judges have learnt: that is waited for, five minutes at most. Where no verdict
comes within a minute, it says what stands there instead and ends with 1.
"""

from __future__ import annotations

import os
import sys
from statistics import median, quantiles
from time import monotonic

from playwright.sync_api import Page, expect, sync_playwright

from tests.browsers import FLAGS
from tests.gallery.readme import STATEMENT

LEARNT_WITHIN_MS, COMES_WITHIN_MS = 300_000, 60_000
KEYSTROKES = 3  # Alt and 3 (kept from then on), paste, Enter.
ARRIVES = """() => new Promise((done) => {
  const result = document.querySelector("#result");
  const seen = new MutationObserver(() => {
    if (!result.querySelector(".verdict")) return;
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - window.enterAt)));
  });
  seen.observe(result, { childList: true, subtree: true });
  addEventListener("keydown", (event) => {
    if (event.key === "Enter") window.enterAt = performance.now();
  }, { capture: true, once: true });
})"""


def main(address: str, times: int) -> None:
    chromium = os.environ.get("DOSAY_CHROMIUM", "/usr/bin/chromium")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
    ):
        page = browser.new_page(base_url=address)
        page.goto("/sign-in/")
        page.get_by_role("button", name="Ada").first.click()
        page.wait_for_url("**/")
        wait_for_the_judges(page)
        found = sorted(verdict_ms(page, f"{STATEMENT} ({number})") for number in range(times))
    p95 = quantiles(found, n=20)[-1]
    print(f"{KEYSTROKES} keystrokes; p50 {median(found):.0f} ms, p95 {p95:.0f} ms, worst {found[-1]:.0f} ms")


def wait_for_the_judges(page: Page) -> None:
    """Sort until there is a verdict; end the program where none comes."""
    asked_until = monotonic() + LEARNT_WITHIN_MS / 1000
    while True:
        answer = page.request.post(
            "/api/v1/sortings/", data={"text": STATEMENT}, headers=own_token(page), timeout=COMES_WITHIN_MS
        )
        if answer.ok:
            return
        if answer.status != 503 or monotonic() > asked_until:
            sys.exit(f"no verdict, the site answers {answer.status}: {answer.text()[:300]}")
        page.wait_for_timeout(2_000)


def own_token(page: Page) -> dict[str, str]:
    tokens = [one["value"] for one in page.context.cookies() if one["name"] == "csrftoken"]
    return {"X-CSRFToken": tokens[0], "Referer": page.url}


def verdict_ms(page: Page, text: str) -> float:
    """Milliseconds from Enter to the painted verdict on `text`; ends the program where none comes."""
    page.goto("/")
    page.keyboard.press("Alt+3")
    page.evaluate(f"() => {{ window.arrived = ({ARRIVES})(); }}")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    try:
        expect(page.locator("#result .verdict")).to_be_visible(timeout=COMES_WITHIN_MS)
    except AssertionError:
        sys.exit(f"no verdict within a minute; on the page: {page.locator('main').inner_text()[:500]}")
    return float(page.evaluate("window.arrived"))


if __name__ == "__main__":
    main(
        sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000",
        int(sys.argv[2]) if len(sys.argv) > 2 else 20,
    )
