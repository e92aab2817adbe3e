"""A real Chromium for tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, expect, sync_playwright

# What is expected of a page may take so long: on a busy machine the usual five seconds pass like nothing.
expect.set_options(timeout=20_000)

# The last four: nothing that the browser's maker would like to hear of.
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# The browser's own words for it, and htmx's.
NOT_FETCHED = (
    "Failed to load resource", "Response Status Error Code", "htmx:afterRequest", "htmx:sendError"
)  # fmt: skip


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Have a browser while the block runs. DOSAY_CHROMIUM names the program."""
    path = os.environ.get("DOSAY_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
            # While Playwright's event loop runs in this thread, Django opens connections for it alone. Once
            # it has ended nobody reaches them any more, and with them the test database could not be dropped.
            connections.close_all()


def complaints_of(context: BrowserContext) -> list[str]:
    """A list that fills with the errors that the context's pages log or throw.

    What could not be fetched is left out: tests take the site away on purpose.
    """
    found: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(NOT_FETCHED):
            found.append(said.text)

    context.on("console", hear)
    context.on("weberror", lambda thrown: found.append(str(thrown.error)))
    return found
