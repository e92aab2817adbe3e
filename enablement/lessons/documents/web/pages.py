"""A web page to Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup

from enablement.lessons.documents.blocks import (
    Block,
    Kind,
    about_pictures,
    headed_by_bold_lines,
    write_markdown,
)
from enablement.lessons.documents.limits import Limits, Refused
from enablement.lessons.documents.web.cleaning import body_of
from enablement.lessons.documents.web.footnotes import head_footnotes
from enablement.lessons.documents.web.walking import Walk, shown

SITE_NAME = re.compile(r"\s+[|·•–—-]\s+[^|·•–—]{1,40}$")


def to_markdown(
    data: bytes, limits: Limits, progress: Callable[[int, int], None]
) -> tuple[str, int | None, list[str]]:
    """Return (Markdown, None, notes). Raises Refused where nothing is left to read."""
    # Python's own parser: lxml gives up on a page that is nested more than 256 deep.
    soup = BeautifulSoup(data, "html.parser")
    title = _title(soup)
    body, notes = body_of(soup)
    notes += head_footnotes(body)
    walk = Walk()
    blocks = walk.blocks_of(body)
    if blocks and title and not any(block.kind is Kind.HEADING and block.level == 1 for block in blocks):
        blocks = [Block(Kind.HEADING, title, 1), *blocks]
    text = write_markdown(headed_by_bold_lines(blocks))
    if not text.strip():
        raise Refused(
            "holds no text that a reader would see", "open it in a browser, copy its text and paste that"
        )
    return text, None, [*notes, *about_pictures(walk.pictures)]


def _title(soup: BeautifulSoup) -> str:
    """The title that a page bears in its head, without the name of the site behind it."""
    title = soup.title.get_text() if soup.title else ""
    return shown(SITE_NAME.sub("", title))
