"""Which headings of a pasted text stand under which: the paste has lost their sizes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from enablement.lessons.reading.headings import Heading
from enablement.lessons.reading.labels import label_of
from enablement.lessons.reading.lines import Line
from enablement.lessons.reading.roles import FIT_ROLES, role_of
from enablement.lessons.reading.vocabulary import CARD_FIELDS
from enablement.lessons.reading.wordings import Role

TITLE, SECTION, PART = 1, 2, 3
WORD = re.compile(r"[^\W\d_]+")
SMALL = frozenset(
    [
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "but",
            "by",
            "for",
            "from",
            "in",
            "into",
            "is",
            "it",
            "nor",
            "of",
            "on",
        ),
        *("or", "per", "so", "than", "that", "the", "to", "up", "via", "vs", "with", "when", "your"),
    ]
)
CLOSING = re.compile(
    r"(?:summary|conclusion|the bottom line|key takeaways?|takeaways|next steps?|sources|references)\b", re.I
)


def level_headings(headings: list[Heading], written: list[Line]) -> list[Heading]:
    """Give each heading without a level one: 1 for the title, 2 for sections, 3 for what stands in them.

    Two things tell: a text that sets its section headings in Title Case and those within in sentence case;
    and sections that announce parts (“Comparison”, “Use it when:”).
    """
    if not headings or headings[0].level:
        return headings
    has_title = headings[0].line is written[0]
    rest = headings[1:] if has_title else headings
    titled = [replace(headings[0], level=TITLE)] if has_title else []
    below = {line.number: after for line, after in pairwise(written)}
    above = {after.number: line for line, after in pairwise(written)}
    cards = [_is_card(below.get(heading.line.number)) for heading in rest]
    levels = _by_case(rest, cards) if _two_cases(rest) else _by_announcement(rest, cards, above)
    return titled + [replace(heading, level=level) for heading, level in zip(rest, levels, strict=True)]


def _is_card(below: Line | None) -> bool:
    label = label_of(below.text) if below else None
    return label is not None and label.key in CARD_FIELDS


def letter_case(title: str) -> str:
    """Return "title", "sentence", or "" where one cannot tell (a single word)."""
    words = [word for word in WORD.findall(title.split("(")[0]) if word.lower() not in SMALL]
    if len(words) < 2:
        return ""
    return "sentence" if any(word[0].islower() for word in words[1:]) else "title"


def _two_cases(headings: list[Heading]) -> bool:
    cases = [letter_case(heading.title) for heading in headings]
    told = [case for case in cases if case]
    return cases.count("title") >= 2 and "sentence" in told and cases[0] != "sentence"


def _by_case(headings: list[Heading], cards: list[bool]) -> list[int]:
    levels: list[int] = []
    for heading, card in zip(headings, cards, strict=True):
        case = letter_case(heading.title)
        if card or case == "title" or not levels or (not case and role_of(heading.title)):
            levels.append(SECTION)
        else:
            levels.append(PART if case == "sentence" else levels[-1])
    return levels


def _by_announcement(headings: list[Heading], cards: list[bool], above: dict[int, Line]) -> list[int]:
    levels: list[int] = []
    inside: Role | None = None
    for heading, card in zip(headings, cards, strict=True):
        role = role_of(heading.title)
        lead = above.get(heading.line.number)
        if lead and lead.text.endswith(":") and not card and role_of(lead.text) in FIT_ROLES:
            inside = Role.FITS
        is_part = inside and not card and (inside is not Role.SCRIPT or heading.title.endswith("?"))
        if (
            is_part
            and not CLOSING.match(heading.title)
            and (role is None or (lead and lead.text.endswith(":")))
        ):
            levels.append(PART)
            continue
        levels.append(SECTION)
        inside = role if role in (Role.COMPARISON, Role.SCRIPT) else None
    return levels
