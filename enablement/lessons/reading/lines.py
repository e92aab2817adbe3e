"""The lines of a document and the shape of each, before anything is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from enablement.lessons.reading.drafts import Span

ITEM = re.compile(
    r"(?P<marker>[•●○▪◦‣·∙*+–—\-\uf0b7✓✔✗✘✅❌:]|(?:[Ss]tep\s+)?\d{1,3}[.)]|[Ss]tep\s+\d{1,3}\s?[:–—-]"
    r"|\(?[a-z]\))\s+(?:\[[ xX]\]\s+)?(?=\S)"
)
ARROW_START = re.compile(r"[│├└┌┬|`+*\s•–—-]*(?:[↓→⇒↳⟶➜➔➡▶►├└]|-+>|=+>)")
WAY_ARROW = re.compile(r"(?:[*+•–—-]\s+)?(?:if\s+)?(?:yes|no)\b[^→>⇒⟶➜➔➡]{0,60}(?:[→⇒⟶➜➔➡]|[-=]>)", re.I)
QUOTED = re.compile(r"\s*(?:>\s+)+")
ATX = re.compile(r"(?P<marks>#{1,6})\s+(?P<title>[^\n]*[^\s#])")
BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<title>[^*_:]{2,100})(?:\*\*|__)")


class Shape(StrEnum):
    """What a line looks like on its own."""

    BLANK = "blank"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    ARROW = "arrow"
    RULE = "rule"
    FENCE = "fence"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it. `span` covers `text`; `body` is `text` after its marker."""

    number: int
    text: str
    span: Span
    indent: int
    shape: Shape
    marker: str = ""
    body: str = ""
    level: int = 0

    @property
    def body_start(self) -> int:
        """Offset in the document of `body`."""
        return self.span[1] - len(self.body)


def split_lines(text: str) -> list[Line]:
    """Return every line of the document with its shape."""
    lines: list[Line] = []
    start = 0
    for number, raw in enumerate(text.split("\n")):
        lines.append(_line(number, raw, start))
        start += len(raw) + 1
    return lines


def _line(number: int, raw: str, start: int) -> Line:
    if not raw or raw.isspace():
        return Line(number, "", (start, start), 0, Shape.BLANK)
    quoted = QUOTED.match(raw)
    lead = quoted.end() if quoted else 0
    stripped = raw[lead:].lstrip() or raw.lstrip()
    offset = len(raw) - len(stripped)
    stripped = stripped.rstrip()
    first = start if quoted and stripped else start + offset
    indent = 0 if quoted else len(raw[:offset].expandtabs(4))
    span = (first, start + offset + len(stripped))
    shape, marker, body, level = _shape(stripped)
    return Line(number, stripped, span, indent, shape, marker, body or stripped, level)


def _shape(text: str) -> tuple[Shape, str, str, int]:
    if text.startswith(("```", "~~~")):
        return Shape.FENCE, "", "", 0
    heading = ATX.match(text[:300])
    if heading:
        return Shape.HEADING, "", heading["title"].strip(), len(heading["marks"])
    if _is_rule(text):
        return Shape.RULE, "", "", 0
    if is_row(text):
        return Shape.ROW, "", "", 0
    if ARROW_START.match(text[:80]) or WAY_ARROW.match(text[:120]):
        return Shape.ARROW, "", "", 0
    item = ITEM.match(text)
    if item:
        return Shape.ITEM, item["marker"], text[item.end() :], 0
    return Shape.TEXT, "", "", 0


def _is_rule(text: str) -> bool:
    marks = text.replace(" ", "")
    return not marks.strip(">") or (len(marks) >= 3 and marks[0] in "-=*_" and not marks.strip(marks[0]))


def is_row(text: str) -> bool:
    """Return whether a line is a table's row: pipes around it, or tabs inside."""
    return (text.startswith("|") and text.count("|") > 1) or "\t" in text


def is_definition(text: str) -> bool:
    """Return whether a line gives the meaning of the term on the line above (“: the meaning”)."""
    return text.startswith(": ")


def is_separator(text: str) -> bool:
    """Return whether a line is the rule under a table's header."""
    return "-" in text and "|" in text and not text.strip("|:-+ \t")
