"""Lines of a pasted web page that are the site's and not the author's."""

from __future__ import annotations

import re

from enablement.lessons.reading.furniture import find_furniture
from enablement.lessons.reading.lines import Line, Shape

NAVIGATION = "navigation of the page it was pasted from"
READING_TIME = "the page's reading time"
BYLINE = "the page's author line"
RELATED = "links to other articles"
FOOTER = "the page's footer"

MAX_WORDS = 9
PARAGRAPH_WORDS = 15
MINUTES = re.compile(r"(?:\W{0,3})\d{1,3}[ -]?min(?:ute)?s?(?:\W{1,3}read|[ -]read)?\W{0,2}$", re.I)
DATED = r"(?:last )?(?:updated|modified|published|posted)(?: on)?:? \w+\.? \w+\.?,? \d{4}"
ANYWHERE = re.compile(
    r"(?:skip to (?:main |the )?(?:content|navigation)|share (?:this|on|via)\b.*|copy link|advertisement"
    r"|subscribe(?: (?:to|now|for)\b.*)?|sign (?:in|up)|log ?in|toggle \w+|back to top|read more|load more"
    r"|(?:accept|we use) (?:all )?cookies.*|leave a (?:comment|reply)|\d+ comments?|follow us\b.*"
    r"|(?:next|previous) (?:post|article)\b.*|all rights reserved.*|©.*|copyright \W?\s?(?:19|20)\d\d.*"
    rf"|powered by .*|{DATED}|table of contents|(?:privacy policy|terms of (?:use|service))\b.*)\.?$",
    re.I,
)
HEAD_ONLY = re.compile(
    r"(?:back to .*|home|menu|search|share|print|tweet|by (?:[A-Z][\w.’'-]+ ?){2,4}"
    r"|(?:home|blog) ?[>›»/|].*)$"
)
PART_OF = re.compile(r"(?:day|part|lesson|chapter|episode|page|module|week|slide) \d+ (?:of|/) \d+\b", re.I)
MORE = re.compile(r"(?:more|latest|popular|recommended|trending)\b(?: \w+){0,4}$", re.I)
RELATED_HEAD = re.compile(
    r"(?:related (?:articles?|posts?|reading|stories|content|topics)|you (?:may|might) also (?:like|enjoy)"
    r"|read next|keep reading|up next|more from .*|continue reading|recommended (?:for you|reading))\b.*$",
    re.I,
)


def find_boilerplate(lines: list[Line]) -> dict[int, str]:
    """Return the numbers of the lines to leave out, each with the reason."""
    written = [line for line in lines if line.shape is not Shape.BLANK]
    found = find_furniture(written)
    written = [line for line in written if line.number not in found]
    head = _head_length(written)
    for place, line in enumerate(written):
        # The last line of the head is left alone: it may be the title.
        reason = _reason(line.text, in_head=place < head - 1, in_foot=place >= len(written) - 2)
        if reason:
            found[line.number] = reason
    found |= _bylines(lines, [number for number, reason in found.items() if reason == READING_TIME])
    return found | _related(written)


def _head_length(written: list[Line]) -> int:
    """How many lines stand before the first real paragraph (at most 20 count as the page's head)."""
    for place, line in enumerate(written[:20]):
        if len(line.text[:400].split()) >= PARAGRAPH_WORDS or line.shape is not Shape.TEXT:
            return place
    return min(len(written), 20)


def _reason(text: str, *, in_head: bool, in_foot: bool) -> str:
    if len(text) > 120 or len(text.split()) > MAX_WORDS * 2:
        return ""
    if MINUTES.match(text):
        return READING_TIME
    is_navigation = ANYWHERE.match(text) or (in_head and HEAD_ONLY.match(_first_lowered(text)))
    if is_navigation and len(text.split()) <= MAX_WORDS:
        return NAVIGATION
    return FOOTER if in_foot and PART_OF.match(text) else ""


def _first_lowered(text: str) -> str:
    """Lower the first word, so that only names keep their capitals in the pattern above."""
    return text[:1].lower() + text[1:]


def _bylines(lines: list[Line], minutes: list[int]) -> dict[int, str]:
    """Short lines that touch a reading time from above: the author, an initial, a date."""
    found: dict[int, str] = {}
    for number in minutes:
        above = number - 1
        while above >= 0 and above > number - 4 and _is_name(lines[above]):
            found[above] = BYLINE
            above -= 1
    return found


def _is_name(line: Line) -> bool:
    return line.shape is Shape.TEXT and len(line.text.split()) <= 3 and line.text[-1] not in ".:?!"


def _related(written: list[Line]) -> dict[int, str]:
    """Everything from a “More …” or “Related articles” near the end on, if only teasers follow it."""
    start = len(written)
    minutes = 0
    for place in range(len(written) - 1, len(written) // 2, -1):
        text = written[place].text
        if len(text) > 320 or written[place].shape is not Shape.TEXT:
            break
        minutes += bool(MINUTES.match(text))
        if RELATED_HEAD.match(text) or (minutes and MORE.match(text)):
            start = place
    return {line.number: RELATED for line in written[start:]}
