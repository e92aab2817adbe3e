"""What stands on every page alike: running headers and footers, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from enablement.lessons.documents.pdf.lines import Line
from enablement.lessons.documents.pdf.pages import Page, without
from enablement.lessons.documents.pdf.sizes import LARGER, Sizes

BAND = 0.13
"""Headers and footers lie within this share of the page's height from its top or bottom."""
DEPTH = 4
SHARE = 0.4
"""On so many pages at least: left and right pages may have headers of their own."""
SURE = 4
"""The same words on this many pages are a header whatever their share: a chapter may have its own."""
PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:(?:page|p\.|seite)\s*)?#(?:\s*(?:/|of|von|\|)\s*#)?[-–—|\s]*", re.I)
SAME_ROW = 3.0
FAR = 2.5
"""A gap of so many letter sizes ends a header: what lies behind it is the text."""
MAX_WORDS = 20
DIGITS = re.compile(r"\d+")
ROMAN = re.compile(r"[ivxl]{1,6}")


def without_margins(pages: Sequence[Page], sizes: Sizes) -> tuple[list[Page], list[str]]:
    """Return the pages without what repeats at their edges, and the texts that were left out, each once.

    Headings are never taken for running headers: those are not set larger than the text.
    """
    places: dict[tuple[str, bool, int], list[tuple[int, Line]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for line, at_the_top in _edge_lines(page):
            if line.size < LARGER * sizes.body:
                places[DIGITS.sub("#", line.text), at_the_top, round(line.size)].append((index, line))
    repeated: set[int] = set()
    for found in places.values():
        if _is_numbering(found) or _repeats(found, len(pages)):
            repeated |= {id(line) for _, line in found}
    dropped = [_outermost(page, repeated) for page in pages]
    texts: dict[str, str] = {}
    for line in (line for lines in dropped for line in lines if not _is_number(line)):
        texts.setdefault(DIGITS.sub("#", line.text), line.text)
    return [without(page, lines) for page, lines in zip(pages, dropped, strict=True)], list(texts.values())


def _outermost(page: Page, repeated: set[int]) -> list[Line]:
    """The repeated lines up to the first other one: within the text, a repetition is its author's.

    What stands beside a page's number is a running header, though it may be on this page only.
    """
    found: list[Line] = []
    for at_the_top in (True, False):
        edge = [line for line, top in _edge_lines(page) if top is at_the_top]
        rows: dict[int, list[Line]] = defaultdict(list)
        for line in edge if at_the_top else reversed(edge):
            rows[round(line.y / SAME_ROW)].append(line)
        y = edge[0 if at_the_top else -1].y if edge else 0.0
        for row in rows.values():
            if abs(row[0].y - y) > FAR * row[0].size:
                break
            y = row[0].y
            kept = [line for line in row if id(line) in repeated]
            is_header = bool(kept) and any(_is_number(line) for line in kept)
            found += row if is_header else kept
            if not kept or (len(kept) < len(row) and not is_header):
                break
    return found


def _is_number(line: Line) -> bool:
    pattern = DIGITS.sub("#", line.text)
    return bool(PAGE_NUMBER.fullmatch(pattern) or ROMAN.fullmatch(pattern))


def _is_numbering(found: Sequence[tuple[int, Line]]) -> bool:
    """Whether lines that hold but a number count pages: they name a page, or go up with them."""
    if not _is_number(found[0][1]):
        return False
    offsets = _offsets(found)
    if not offsets or len(found[0][1].words) > 1:
        return True
    return len(found) > 1 and len(offsets[0]) <= max(1, len(found) // 3)


def _edge_lines(page: Page) -> list[tuple[Line, bool]]:
    lines = sorted(page.lines, key=lambda line: line.y)
    top = [(line, True) for line in lines[:DEPTH] if line.y <= BAND * page.height]
    bottom = [(line, False) for line in lines[-DEPTH:] if line.y >= (1 - BAND) * page.height]
    return top + bottom


def _repeats(found: Sequence[tuple[int, Line]], pages: int) -> bool:
    """Whether a line stands on enough pages, about as high, and differs by the page's number at most."""
    count = len({index for index, _ in found})
    heights = sorted(line.y for _, line in found)
    steady = heights[-1] - heights[0] <= 12 or heights[len(heights) // 2] - heights[0] <= 6
    if not steady or count < 2:
        return False
    if len({line.text for _, line in found}) == 1:
        return count >= min(SHARE * pages, SURE)
    if count < SHARE * pages:
        return False
    return len(found[0][1].words) <= MAX_WORDS and any(len(offsets) == 1 for offsets in _offsets(found))


def _offsets(found: Sequence[tuple[int, Line]]) -> list[set[int]]:
    """Return, for each number in a line that changes, by how much it is ahead of the page's place."""
    numbers = [[int(number[:9]) for number in DIGITS.findall(line.text)] for _, line in found]
    places = [index for index, _ in found]
    return [
        {number - place for number, place in zip(column, places, strict=True)}
        for column in zip(*numbers, strict=True)
    ]
