"""Every text of every table is an attack, every page is shown in a real browser, and nothing runs.

Without our content policy: what is held here is that the pages escape, whatever a header says besides.
"""

from __future__ import annotations

import os
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from playwright.sync_api import Route

from tests.access.callers import client_of, send
from tests.access.matrix import MATRIX
from tests.access.routes import routes
from tests.access.world import World
from tests.attacks import ATTACKS
from tests.browsers import running_chromium

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not os.environ.get("DOSAY_CRAWL"), reason="half a minute; DOSAY_CRAWL=1 runs it"),
]

# The database refuses a null character. A fence that is not closed would hide what follows it.
LONG: Final = "\n\n".join(one for one in ATTACKS if "\0" not in one and "```" not in one)
SHORT: Final = '"><img src=x onerror=hit()><script>hit()</script>'
# Names that stand in addresses, or that the program reads itself.
READ: Final = {
    "username",
    "password",
    "slug",
    "key",
    "digest",
    "session_key",
    "time_zone",
    "url",
    "kind",
    "field",
}
WHAT_RUNS: Final = r"""() => {
    const all = [...document.querySelectorAll("*")];
    const leads = ["href", "action", "formaction", "src"];
    const wrong = all.filter(e =>
        e.matches("iframe, object, embed, base, marquee")
        || [...e.attributes].some(a => /^on/i.test(a.name))
        || leads.some(name => /^\s*(javascript|vbscript|data):/i.test(e.getAttribute(name) || ""))
        || (e.matches("script") && e.text.includes("hit(")));
    return [...Array(window.hits).fill("ran"), ...wrong.map(e => e.outerHTML.slice(0, 200))];
}"""


def _is_free_text(field: Any) -> bool:
    if field.choices or field.name in READ or field.unique:
        return False
    return type(field) is models.TextField or (type(field) is models.CharField and field.max_length >= 100)


def fill_with_attacks() -> int:
    """Write attacks wherever somebody’s words are kept. Return in how many columns; some refuse."""
    count = 0
    for model in [
        *apps.get_app_config("enablement").get_models(),
        *apps.get_app_config("quizzes").get_models(),
    ]:
        for field in model._meta.concrete_fields:
            if not _is_free_text(field):
                continue
            text = LONG if field.max_length is None else SHORT
            try:
                with transaction.atomic():
                    count += bool(model._base_manager.update(**{field.name: text}))
            except DatabaseError:
                continue
    return count


def pages_of(world: World) -> list[tuple[str, str]]:
    """The pages (address, HTML) as an admin, a rep and a manager are shown them."""
    people = [client_of(world.admin), client_of(world.north.rep), client_of(world.north.manager)]
    found, broken = [], []
    for route in routes():
        row = MATRIX[route.name]
        # The bank reads its questions by their schema again, which refuses texts of these lengths.
        if row.get is None or row.library or route.name.startswith("api") or route.name == "question-bank":
            continue
        address = route.address(world.north.places[row.about] if row.about else {})
        for client in people:
            reply = send(client, "GET", address)
            broken += [address] if reply.status >= 500 else []
            if reply.status == 200 and reply.headers["Content-Type"].startswith("text/html"):
                found.append((address, reply.body))
    assert not broken
    return found


def test_no_page_runs_what_is_written_in_it(world: World) -> None:
    columns = fill_with_attacks()
    # All of them first: a browser’s event loop has a connection of its own, which sees nothing of this.
    pages, problems, asked = pages_of(world), [], []
    with running_chromium() as browser:
        page = browser.new_page()

        def nowhere(route: Route) -> None:
            asked.append(route.request.url)
            route.abort()

        page.route("**/*", nowhere)
        page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1 };")
        for address, html in pages:
            page.goto("about:blank")
            page.set_content(html, wait_until="domcontentloaded")
            problems += [f"{address}: {found}" for found in page.evaluate(WHAT_RUNS)]
    # Our own files are paths, which lead nowhere from a page without an address.
    problems += [f"asked for {url}" for url in asked if urlsplit(url).netloc]
    met = sum("hit()" in html for _, html in pages)
    print(
        f"\n{columns} columns, {len(ATTACKS)} attacks, {len(pages)} pages, {met} of them with attacks; "
        f"{len(asked)} requests, {sum(bool(urlsplit(url).netloc) for url in asked)} of them to other sites"
    )
    assert columns > 40
    assert met > 100
    assert not problems, "\n".join(problems)
