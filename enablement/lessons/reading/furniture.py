"""What a converter leaves of a page around its text: running headers, menus of links, pictures."""

from __future__ import annotations

import re
from collections import Counter

from enablement.lessons.reading.lines import Line

RUNNING = "a header or footer that every page repeats"
LINKS = "a menu of links"
PICTURE = "a picture"

MAX_LENGTH = 160
MIN_MENU = 3
PAGE = re.compile(r"(?:^|\s|\|)(?:page|p\.|seite)\s?\d{1,4}(?:\s?(?:of|/|von)\s?\d{1,4})?(?:\s|\||$)", re.I)
PAGE_ALONE = re.compile(r"[-–—\s]*(?:page\s)?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?[-–—\s]*$", re.I)
DIGITS = re.compile(r"\d+")
PICTURE_ONLY = re.compile(r"(?:!\[[^\]]{0,200}\]\([^)]*\)\s*)+$")
LINK_ONLY = re.compile(r"(?:[*+-]\s+)?(?:!?\[[^\]]{0,80}\]\([^)]*\)[\s|·•›»/>-]*)+$")


def find_furniture(written: list[Line]) -> dict[int, str]:
    """Return the numbers of the lines to leave out, each with the reason."""
    found = {line.number: PICTURE for line in written if PICTURE_ONLY.match(line.text[:MAX_LENGTH])}
    return found | _menus(written) | _running(written)


def _running(written: list[Line]) -> dict[int, str]:
    """Lines that name a page, or are its number, and come again with another number."""
    paged = [line for line in written if len(line.text) <= MAX_LENGTH and _names_page(line.text)]
    again = Counter(DIGITS.sub("0", line.text) for line in paged)
    return {line.number: RUNNING for line in paged if again[DIGITS.sub("0", line.text)] > 1}


def _names_page(text: str) -> bool:
    return PAGE.search(text) is not None or PAGE_ALONE.match(text) is not None


def _menus(written: list[Line]) -> dict[int, str]:
    """Lines of nothing but links, at the top, at the bottom, or three in a row."""
    found: dict[int, str] = {}
    row: list[Line] = []
    for place, line in enumerate([*written, None]):
        if line is not None and LINK_ONLY.match(line.text[:400]):
            row.append(line)
            continue
        if row and (len(row) >= MIN_MENU or row[0] is written[0] or place == len(written)):
            found |= {link.number: LINKS for link in row}
        row = []
    return found
