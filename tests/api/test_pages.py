"""What the site does, the API does: a table in docs/api.md says where, and leaves no page out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tests.access.routes import routes

DOCS: Final = Path(__file__).parents[2] / "docs" / "api.md"
API: Final = "api/v1/"
# A row that names no address says so in these words, and then why.
REASONS: Final = ("page only: ", "read by programs as they are")
# Pages of django-allauth, for passwords, second steps and passkeys; docs/sign-on.md describes them.
BEFOREHAND: Final = re.compile("mfa_|account_")


def _table() -> list[tuple[list[str], str]]:
    """The rows: the pages of each, and what stands beside them."""
    text = DOCS.read_text(encoding="utf-8").partition("\n| pages | here |\n")[2].partition("\n\n")[0]
    cells = [line.strip("| ").split(" | ") for line in text.splitlines()[1:]]
    return [(re.findall("`([^`]+)`", pages), here) for pages, here in cells]


def _unnamed(pattern: str) -> str:
    return re.sub("<[^>]+>|{[^}]+}", "{}", pattern).strip("/")


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    pages = {
        "/" + route.pattern.replace("<", "{").replace(">", "}")
        for route in routes()
        if not route.pattern.startswith(("api/", "slack/")) and not BEFOREHAND.match(route.name)
    }
    listed = [page for row, _ in _table() for page in row]
    assert sorted(listed) == sorted(pages)


def test_every_address_that_a_row_names_is_there() -> None:
    known = {_unnamed(route.pattern.removeprefix(API)) for route in routes() if route.pattern.startswith(API)}
    for pages, here in _table():
        named = {_unnamed(address) for address in re.findall("`([^`]+)`", here)} - {"url"}
        assert named <= known, pages
        assert named or here.startswith(REASONS), pages
