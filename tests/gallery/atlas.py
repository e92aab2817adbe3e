"""Every page of a running site in demo mode, with an example of each and who may open it.

The pages are found as people find them, by following links from the first page; what only a button opens
(a quiz, practice, the coach) is opened first. `missing` names the pages that nobody finds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

import django
from playwright.sync_api import Browser, BrowserContext, Page

from tests.gallery import second_step
from tests.gallery.furnishing import furnish

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve  # noqa: E402

PEOPLE = ("Ada", "Max", "Nia", "Ruth")
LINK = re.compile(r'href="([^"#]+)')
# So many pages of one kind are read for the links on them.
READ = 4
# Addresses that answer with something else than a page, or only take what a form sends.
NOT_PAGES = re.compile(
    r"^(invite|metrics|password-change|piece-pin|document-alike|passage-detail|model-switch|notice|palette|put-off-step|second-step-reset|work-try-again)$|(own|person)-data"
    r"|-(again|deactivate|reactivate)$|export|guide-file|livez|readyz|slack-(commands|interactions|events)|stream|^turn|sign-(out|in-demo)"
    r"|-(add|agree|appeal|approve|ask-owner|assign|bring-back|cancel|check|choose|decide|delete|draft|end|example"
    r"|excuse|extend|feedback|lesson|make|move|own-read|plan|propose|read|recheck|record|release|remove|rename"
    r"|restore|retire|review|revoke|save|say|share|start|stop|unlink|undo|verb|verify|vouch|withdraw|act|answer)$"
)
# Pages whose name only looks like that of a form.
PAGES = {"flag-example", "flag-propose", "practice-feedback", "verify-queue", "piece-own"}
PAGES |= {"answer-review", "fixed-answer"}
# Pages that a form or a verdict leads to.
WITHOUT_LINK = (
    "/search/?q=lora",
    "/search/?q=nothing+of+the+kind",
    "/sort/",
    "/flags/example/",
    "/keys/",
    "/nothing/",
)
# Pages that admins know by heart.
STAFF = ["/styleguide/"]
# The names of what the library for signing in brings along; those pages that are ours have names of ours.
BROUGHT_ALONG = re.compile("^(account_|mfa_|provider-)")
# What we call one of them that is a page of its own.
OUR_NAMES = {"mfa_authenticate": "second-step"}
# Pages that stand between two others for a moment, or need what a demonstration has not.
PASSING = {
    "attempt-submit": "asks before an unfinished quiz is handed in",
    "import-job": "goes on to the document by itself",
    "revision-merge": "shown where two editors saved at once",
    "draft-merge": "reached from a draft that has a twin",
    "import-list": "a fragment of the documents",
    "piece-edit": "opens a draft and goes on to it",
    "piece-own": "takes a form",
    "coaching-note": "needs a note",
    "regrade": "needs a regrade",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One page: the name of its address, who opens it, and an address of that kind."""

    name: str
    person: str
    path: str


def people(browser: Browser, site: str, **options: object) -> dict[str, BrowserContext]:
    """A browser for each person, signed in; nobody's has the name "", and one is half signed in."""
    contexts = {"": browser.new_context(base_url=site, **options)}  # type: ignore[arg-type]
    for name in PEOPLE:
        contexts[name] = browser.new_context(base_url=site, **options)  # type: ignore[arg-type]
        page = contexts[name].new_page()
        page.goto("/sign-in/")
        page.get_by_role("button", name=name).first.click()
        page.wait_for_url("**/")
        page.close()
    contexts[second_step.NAME] = browser.new_context(base_url=site, **options)  # type: ignore[arg-type]
    second_step.stand_there(contexts[second_step.NAME])
    return contexts


def find_pages(contexts: dict[str, BrowserContext], *, as_it_is: bool = False) -> list[Example]:
    """Make what is missing; return an example of each page, by the first of PEOPLE who finds one.

    `as_it_is`: nothing is made.
    """
    found = {"sign-in": Example("sign-in", "", "/sign-in/")}
    begins: dict[str, list[str]] = {"Ada": [*WITHOUT_LINK], "Ruth": STAFF}
    for person, path in [] if as_it_is else furnish(contexts):
        found[name_of(path)] = Example(name_of(path), person, path)
        begins.setdefault(person, []).append(path)
    opened = contexts["Ada"].new_page()
    begins["Ada"] += open_by_button(opened)
    opened.close()
    for person in PEOPLE:
        for example in crawl(contexts[person], person, begins.get(person, [])):
            found.setdefault(example.name, example)
    return list(found.values())


def open_by_button(page: Page) -> Iterator[str]:
    """Begin a quiz, practice and a talk with the coach; yield their addresses, with an answer in practice."""
    for start in ("/quizzes/", "/practice/", "/coach/"):
        page.goto(start)
        button = page.locator("main form[action$='/start/'] button").first
        if button.count():  # Practice may be done for today.
            button.click()
            page.wait_for_load_state()
            yield urlsplit(page.url).path
    answer = page.goto("/practice/") and page.locator("main form[action$='/start/'] button").first
    if answer and answer.count():
        answer.click()
        page.get_by_role("button", name="I do not know").click()
        page.wait_for_url("**/practice/*/*/")
        yield urlsplit(page.url).path


def crawl(context: BrowserContext, person: str, begin: list[str]) -> Iterator[Example]:
    """Follow links from the first page; yield each page that answers as one."""
    waiting, seen, read = ["/", *begin], set[str](), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if path in seen or not name or read.get(name, 0) >= READ:
            continue
        seen.add(path)
        answer = context.request.get(path)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        read[name] = read.get(name, 0) + 1
        # A list may lead elsewhere at once; what counts is the page that is shown.
        shown = urlsplit(answer.url)
        yield Example(name_of(shown.path) or name, person, f"{shown.path}?{shown.query}".rstrip("?"))
        waiting += [urljoin(path, unescape(link)) for link in LINK.findall(answer.text())]


def name_of(path: str) -> str:
    """Return the name of an address of the product, or nothing."""
    path = urlsplit(path).path
    if not path.startswith("/") or path.startswith(("/admin/", "/api/", "/static/")):
        return ""
    try:
        name = resolve(path).url_name or ""
        name = OUR_NAMES.get(name, name)
    except Resolver404:
        return ""
    return name if is_page(name) else ""


def is_page(name: str) -> bool:
    return name in PAGES or not NOT_PAGES.search(name)


def page_names() -> set[str]:
    """The names of all pages in the address book."""

    def walk(resolver: URLResolver) -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield entry.name or ""
            elif str(entry.pattern) not in {"admin/", "api/v1/"}:
                yield from walk(entry)

    return {name for name in walk(get_resolver()) if name and is_page(name) and not BROUGHT_ALONG.match(name)}


def missing(examples: list[Example]) -> set[str]:
    return page_names() - {example.name for example in examples} - PASSING.keys()
