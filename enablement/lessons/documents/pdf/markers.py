"""The marks that begin a list's items: bullets, numbers, and dots that are drawn and not written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from enablement.lessons.documents.pdf.lines import Line

BULLET = re.compile(r"[•●○▪▫■□◦‣⁃·∙➢➤►❖✓✔\uf0b7\uf0a7\uf0d8\uf076\uf0fc\u2043]")
DASH = re.compile(r"[-–—*]")
NUMBER = re.compile(r"\(?(?P<number>\d{1,2})[.)]")
LETTERED = re.compile(r"\(?[a-zA-Z][.)]")
LETTER_GAP = 0.5
DOT_REACH = 30.0


@dataclass(frozen=True, slots=True)
class Marked:
    """An item's first line: `x` is where its mark stands, `line` what follows the mark."""

    x: float
    number: int | None
    line: Line
    is_sure: bool


def marked(line: Line, dots: Sequence[tuple[float, float]]) -> Marked | None:
    """Return a line as the first of an item, or None. It is sure where no sentence begins like that."""
    first = line.words[0]
    rest = Line(line.words[1:], line.order) if len(line.words) > 1 else None
    if rest is None:
        return _dotted(line, dots)
    if BULLET.fullmatch(first.text):
        return Marked(first.x0, None, rest, True)
    gap = rest.words[0].x0 - first.x1
    # Word's second bullet is the letter o, set apart.
    if first.text == "o" and gap > LETTER_GAP * first.size:
        return Marked(first.x0, None, rest, True)
    if DASH.fullmatch(first.text):
        return Marked(first.x0, None, rest, False)
    number = NUMBER.fullmatch(first.text)
    if number:
        return Marked(first.x0, int(number["number"]), rest, False)
    if LETTERED.fullmatch(first.text) and gap > LETTER_GAP * first.size:
        return Marked(first.x0, None, rest, False)
    return _dotted(line, dots)


def _dotted(line: Line, dots: Sequence[tuple[float, float]]) -> Marked | None:
    """An item whose bullet is drawn: a dot to the left, about as high as a small letter."""
    for x, y in dots:
        if 0 < line.x0 - x <= DOT_REACH and 0 < line.y - y < 0.7 * line.size:
            return Marked(x, None, line, True)
    return None
