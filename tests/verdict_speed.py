"""Measure how fast a verdict is on screen: `python -m tests.verdict_speed [ADDRESS] [TIMES]`.

Against a running site in demo mode: Chromium, the box of the home page focused, a statement pasted, Enter.
Prints milliseconds from Enter to the painted verdict (p50, p95, worst), and how many keystrokes it took.
"""

from __future__ import annotations

import os
import sys
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from tests.browsers import FLAGS
from tests.gallery.readme import STATEMENT

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
        found = sorted(verdict_ms(page, f"{STATEMENT} ({number})") for number in range(times))
    p95 = quantiles(found, n=20)[-1]
    print(f"{KEYSTROKES} keystrokes; p50 {median(found):.0f} ms, p95 {p95:.0f} ms, worst {found[-1]:.0f} ms")


def verdict_ms(page: Page, text: str) -> float:
    """Milliseconds from Enter to the painted verdict on `text`."""
    page.goto("/")
    page.keyboard.press("Alt+3")
    page.evaluate(f"() => {{ window.arrived = ({ARRIVES})(); }}")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    return float(page.evaluate("window.arrived"))


if __name__ == "__main__":
    main(
        sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000",
        int(sys.argv[2]) if len(sys.argv) > 2 else 20,
    )
