"""Every page in every state: `python -m tests.gallery.states ADDRESS [EMPTY] [--write]`.

Takes a running site in demo mode and, as EMPTY, another whose lessons and history were taken out. For each
page it looks at what there is where nothing is there yet, where the address asks for nonsense, where the
connection is gone, and where somebody comes who may not. Prints the table, which --write keeps in
docs/states.md; exit 1 where a state has no page of its own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

from tests.browsers import running_chromium
from tests.gallery.atlas import PEOPLE, Example, find_pages, people

TABLE = Path("docs/states.md")
STATES = ("empty", "nonsense", "offline", "no permission")
# What readers may put behind any address.
NONSENSE = "page=x&list=%00&lesson=nothing&kind=x&from=x&to=9&state=x&q=%F0&person=x&week=x&sort=x&edit=x"
HEADING = re.compile(r"<h1[ >]")
# Ways in which a page says that there is nothing, and what to do about it.
SAYS_SO = re.compile(r'class="empty|no .{0,40} yet|nothing |nobody |not .{0,30} yet', re.IGNORECASE)


def main(arguments: list[str]) -> int:
    """Return 1 where a page lacks a state."""
    sites = [one for one in arguments if one.startswith("http")] or ["http://127.0.0.1:8000"]
    with running_chromium() as browser:
        contexts = people(browser, sites[0])
        examples = sorted(find_pages(contexts), key=lambda example: example.name)
        found = {example.name: states_of(contexts, example) for example in examples}
        if len(sites) > 1:
            for name, state in empty(browser, sites[1]):
                found.setdefault(name, {})["empty"] = state
    rows = [_row(name, [found[name].get(state, "") for state in STATES]) for name in sorted(found)]
    table = "\n".join([_row("page", STATES), "|---" * (len(STATES) + 1) + "|", *rows])
    print(table)
    if "--write" in arguments:
        before = TABLE.read_text(encoding="utf-8").partition("| page |")[0]
        TABLE.write_text(f"{before}{table}\n", encoding="utf-8")
    return int(any("**" in row for row in rows))


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def states_of(contexts: dict[str, BrowserContext], example: Example) -> dict[str, str]:
    """Return how a page of a full site stands in each state; what is wrong is bold."""
    there = urlsplit(example.path).path
    own = contexts[example.person]
    return {
        "nonsense": read(own, f"{there}?{NONSENSE}"),
        "offline": without_a_line(own, example.path),
        "no permission": kept_out(contexts, example),
    }


def read(context: BrowserContext, path: str) -> str:
    """What answers at an address: a page with a heading, or what is wrong with it."""
    answer = context.request.get(path)
    if answer.status >= 500 or not HEADING.search(answer.text()):
        return f"**{answer.status}, no page**"
    return "as ever" if answer.ok else f"{answer.status} page"


def without_a_line(context: BrowserContext, path: str) -> str:
    """Whether an open page says that the connection is gone, for as long as it is."""
    page = context.new_page()
    page.goto(path)
    context.set_offline(True)
    page.wait_for_timeout(50)
    notice = page.locator("[data-offline]")
    nothing_sent = not page.locator("main form, form.box").count()
    said = "nothing is sent from it" if nothing_sent else "**says nothing**"
    if notice.count() and notice.first.is_visible():
        said = "says so"
    context.set_offline(False)
    page.wait_for_timeout(50)
    left = notice.count() and notice.first.is_visible()
    page.close()
    return "**goes on saying so**" if left else said


def kept_out(contexts: dict[str, BrowserContext], example: Example) -> str:
    """What others get who open the page, visitors first."""
    ways = []
    for name in ("", *PEOPLE):
        answer = contexts[name].request.get(example.path)
        is_page = bool(HEADING.search(answer.text()))
        at_the_door = urlsplit(answer.url).path == "/sign-in/" != urlsplit(example.path).path
        if not is_page or answer.status >= 500:
            ways.append(f"**{name or 'visitor'}: {answer.status}, no page**")
        elif at_the_door or not answer.ok:
            ways.append(f"{name or 'visitor'}: {'sign-in' if at_the_door else f'{answer.status} page'}")
    return ", ".join(ways) or "open to all"


def empty(browser: Browser, site: str) -> Iterator[tuple[str, str]]:
    """Each page that an empty site has, and whether it says that there is nothing."""
    contexts = people(browser, site)
    for example in find_pages(contexts, as_it_is=True):
        answer = contexts[example.person].request.get(example.path)
        main = answer.text().partition("<main")[2].partition("</main>")[0]
        says = SAYS_SO.search(main) or SAYS_SO.search(re.sub(r"<[^>]+>", " ", main))
        yield example.name, "says so" if says else read(contexts[example.person], example.path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
