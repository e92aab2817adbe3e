"""How fast every page is on a slow phone: `python -m tests.gallery.page_speed [ADDRESS] [--all]`.

On a running site in demo mode, in Chromium with a processor slowed down four times and a slow 4G line (1.6
Mbit/s down, 150 ms there and back: Lighthouse's figures), with nothing kept from before. Milliseconds until
the largest part is painted, how much the layout shifts, milliseconds until a press of a key is painted, kB of
script and style as they come over the line. Exit 1 where a page of LIMITED misses a limit.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import BrowserContext

from tests.browsers import running_chromium
from tests.gallery.atlas import Example, find_pages, people

LIMITED = ("home", "card-detail", "attempt-detail")
PAINT_MS, SHIFT, PRESS_MS, SCRIPT_KB, STYLE_KB = 1500, 0.02, 100, 60, 40
RUNS = 3
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
WATCH = """
  window.seen = { paint: 0, shift: 0, press: 0 };
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (it) => { seen.paint = it.startTime; });
  watch("layout-shift", (it) => { if (!it.hadRecentInput) seen.shift += it.value; });
  addEventListener("keydown", (event) => requestAnimationFrame(() => setTimeout(() => {
    seen.press = Math.max(seen.press, performance.now() - event.timeStamp);
  })), true);
"""
SIZES = """() => {
  const kind = (it) => /\\.css/.test(it.name) ? "style" : /\\.js/.test(it.name) ? "script" : "";
  const sum = (wanted) => performance.getEntriesByType("resource").filter((it) => kind(it) === wanted)
    .reduce((all, it) => all + it.encodedBodySize, 0) / 1000;
  return [sum("script"), sum("style")];
}"""


@dataclass(frozen=True, slots=True)
class Speed:
    """One page: milliseconds, share of the layout, milliseconds, kB, kB."""

    paint: float
    shift: float
    press: float
    script: float
    style: float

    def keeps(self) -> bool:
        return (
            self.paint <= PAINT_MS
            and self.shift <= SHIFT
            and self.press <= PRESS_MS
            and self.script <= SCRIPT_KB
            and self.style <= STYLE_KB
        )


def main(address: str, everything: bool) -> int:
    """Print a table; return 1 where a page of LIMITED is slower than it may be."""
    slow = []
    with running_chromium() as browser:
        contexts = people(browser, address, viewport={"width": 360, "height": 740})
        examples = [one for one in find_pages(contexts) if everything or one.name in LIMITED]
        print("| page | largest paint, ms | shift | press, ms | script, kB | style, kB |")
        print("|---|--:|--:|--:|--:|--:|")
        for example in sorted(examples, key=lambda one: (one.name not in LIMITED, one.name)):
            runs = [measure(contexts[example.person], example) for _ in range(RUNS)]
            speed = Speed(*(median(getattr(run, name) for run in runs) for name in Speed.__slots__))
            mark = "" if speed.keeps() else " **"
            print(
                f"| {example.name}{mark} | {speed.paint:.0f} | {speed.shift:.3f} | {speed.press:.0f}"
                f" | {speed.script:.1f} | {speed.style:.1f} |",
                flush=True,
            )
            if not speed.keeps() and example.name in LIMITED:
                slow.append(example.name)
    return int(bool(slow))


def measure(context: BrowserContext, example: Example) -> Speed:
    """Open the page as a first visit on a slow phone, and press a key or two."""
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.clearBrowserCache")
    client.send("Network.emulateNetworkConditions", LINE)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH)
    page.goto(example.path, wait_until="load")
    page.wait_for_timeout(500)
    page.keyboard.press("Tab")
    field = page.locator("main textarea, main input[type=search], main input[type=radio]").first
    if field.count() and field.is_visible():
        field.focus()
        page.keyboard.press("Space")
    page.wait_for_timeout(300)
    seen = page.evaluate("seen")
    script, style = page.evaluate(SIZES)
    page.close()
    return Speed(seen["paint"], seen["shift"], seen["press"], script, style)


if __name__ == "__main__":
    named = [one for one in sys.argv[1:] if one.startswith("http")]
    sys.exit(main(named[0] if named else "http://127.0.0.1:8000", "--all" in sys.argv))
