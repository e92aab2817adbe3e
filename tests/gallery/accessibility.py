"""Every page against what a program can see of WCAG 2.2: `python -m tests.gallery.accessibility [ADDRESS]`.

On a running site in demo mode: axe in light and dark; nothing scrolls sideways at 320 px (a 1280 px screen
at 400 %) or is cut off with more space in the text; everything that can be pressed is reached by Tab, shows
that it has the focus and is 24 px high and wide or stands apart; nothing moves where motion is not wanted.
Prints what is wrong; exit 1 if anything is.
"""

from __future__ import annotations

import sys

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import TimeoutError as TooSlow

from tests.browsers import running_chromium
from tests.gallery.atlas import find_pages, missing, people
from tests.pages.test_axe import RUN

MOST_STOPS = 400
# A busy machine is slow, not faulty; what takes longer than this is named, and the next page is looked at.
TIME_LIMIT_MS = 120_000
# What has the focus: a path to it, whether it is in sight, and whether it looks different from before.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const shown = [one, one.closest("label, .box"), one.nextElementSibling].filter(Boolean)
    .map((it) => getComputedStyle(it));
  return {
    mark: one.dataset.stop ??= String(Math.random()),
    what: one.outerHTML.slice(0, 120),
    inSight: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    marked: shown.some((it) => (it.outlineStyle !== "none" && it.outlineWidth !== "0px")
      || it.boxShadow !== "none"),
  };
}"""
# Buttons, links and fields that Tab must have come by; of radio buttons one a group.
UNREACHED = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => !one.dataset.stop && !one.disabled && one.type !== "radio" && one.tabIndex >= 0)
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)
  .map((one) => one.outerHTML.slice(0, 120))"""
# 2.5.8: smaller than 24 px, and a circle of 24 px around it meets another target. Links in a text may be.
SMALL = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((one) => one.getClientRects().length && !one.closest(".visually-hidden, .skip"))
    .map((one) => ({ one, box: (one.closest("label") ?? one).getBoundingClientRect() }));
  const inText = (one) => one.matches("a")
    && [...one.parentElement.childNodes].some((it) => it.nodeType === 3 && it.data.trim());
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  return all.filter(({ one, box }) => {
    if ((box.width >= 24 && box.height >= 24) || inText(one)) return false;
    const [x, y] = middle(box);
    const near = ({ left, right, top, bottom }) =>
      Math.max(left - x, 0, x - right) ** 2 + Math.max(top - y, 0, y - bottom) ** 2 < 144;
    return all.some((other) => other.one !== one && !one.contains(other.one) && !other.one.contains(one)
      && near(other.box));
  }).map(({ one, box }) =>
    `${Math.round(box.width)} by ${Math.round(box.height)}: ${one.outerHTML.slice(0, 100)}`);
}"""
# 1.4.12: the spacing that readers may set. By script, because a style written into the page is not allowed.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
# Text that goes on beyond a box that cuts it off; what ends in an ellipsis has its whole text elsewhere.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  const cuts = ["hidden", "clip"].includes(style.overflowY) && style.textOverflow !== "ellipsis";
  return cuts && one.clientHeight > 1 && one.scrollHeight > one.clientHeight + 2 && one.innerText?.trim()
    && !one.closest(".visually-hidden") && one.tagName !== "TEXTAREA";
}).map((one) => one.outerHTML.slice(0, 120))"""
MOVING = "() => document.getAnimations().filter((it) => it.playState === 'running').length"


def main(address: str) -> int:
    """Print every problem as `page: problem`; return 1 where there is one."""
    wrong = 0
    with running_chromium() as browser:
        contexts = people(browser, address, reduced_motion="reduce")
        for context in contexts.values():
            context.set_default_timeout(TIME_LIMIT_MS)
        examples = find_pages(contexts)
        for example in examples:
            problems = look_at(contexts[example.person], example.path)
            for problem in problems:
                print(f"{example.name} ({example.person} {example.path[:60]}): {problem}", flush=True)
            wrong += len(problems)
    lost = missing(examples)
    print(f"{len(examples)} pages, {wrong} problems; not found: {', '.join(sorted(lost)) or 'none'}")
    return int(bool(wrong or lost))


def look_at(context: BrowserContext, path: str) -> list[str]:
    """Open a page and return what is wrong with it; that it came too slowly is wrong too."""
    page = context.new_page()
    try:
        page.goto(path)
        return look(page)
    except TooSlow as slow:
        return [f"not looked at to the end: {slow.message.splitlines()[0]}"]
    finally:
        page.close()


def look(page: Page) -> list[str]:
    """Return what is wrong with an open page."""
    moving = page.evaluate(MOVING)
    problems = [f"{moving} animations run where none is wanted"] if moving else []
    problems += by_keyboard(page)
    problems += [f"small target {one}" for one in page.evaluate(SMALL)]
    page.evaluate(AXE_SCRIPT)
    problems += [one for theme in ("light", "dark") for one in page.evaluate(RUN, theme)]
    page.set_viewport_size({"width": 320, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    problems += [f"{width} px wide at 320"] if width > 320 else []
    page.evaluate(SPACED)
    wide = page.evaluate("document.documentElement.scrollWidth")
    problems += [f"{wide} px wide at 320 with more space in the text"] if wide > 320 else []
    return problems + [f"cut off with more space in the text: {one}" for one in page.evaluate(CUT_OFF)]


def by_keyboard(page: Page) -> list[str]:
    """Press Tab until the page has been gone through."""
    problems, seen, ends, last = [], set[str](), 0, ""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None and ends == 0:
            ends = 1  # Where something had the focus to begin with, the way goes on at the top.
            continue
        if stop and stop["mark"] == last:
            continue  # Day, month and year of one field.
        if stop is None or stop["mark"] in seen:
            break
        last = stop["mark"]
        seen.add(last)
        if not stop["inSight"]:
            problems.append(f"has the focus out of sight: {stop['what']}")
        if not stop["marked"]:
            problems.append(f"does not show the focus: {stop['what']}")
    if len(seen) < MOST_STOPS:
        problems += [f"not reached by Tab: {one}" for one in page.evaluate(UNREACHED)]
    return problems


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
