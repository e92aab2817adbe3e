"""Which headings of a pasted text stand under which: the paste has lost their sizes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from enablement.lessons.reading.analogy_fields import analogy_field
from enablement.lessons.reading.headings import Heading
from enablement.lessons.reading.labels import label_key, label_of
from enablement.lessons.reading.lines import Line
from enablement.lessons.reading.roles import FIT_ROLES, role_of
from enablement.lessons.reading.vocabulary import CARD_FIELDS
from enablement.lessons.reading.wordings import Role

TITLE, SECTION, PART = 1, 2, 3
MIN_NUMBERED = 2
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
    has_title = headings[0].line is written[0] and not headings[0].number
    rest = headings[1:] if has_title else headings
    titled = [replace(headings[0], level=TITLE)] if has_title else []
    below = {line.number: after for line, after in pairwise(written)}
    above = {after.number: line for line, after in pairwise(written)}
    cards = [_is_card(below.get(heading.line.number)) for heading in rest]
    if sum(bool(heading.number) for heading in rest) >= MIN_NUMBERED:
        levels = _by_number(rest)
    else:
        levels = _by_case(rest, cards) if _two_cases(rest) else _by_announcement(rest, cards, above)
        levels = [PART if _is_part(head) else level for head, level in zip(rest, levels, strict=True)]
    return titled + [replace(heading, level=level) for heading, level in zip(rest, levels, strict=True)]


def _is_part(heading: Heading) -> bool:
    """Whether a heading is the label of a field (“Where it breaks down”) of what stands above it."""
    key = label_key(heading.title)
    return analogy_field(key) in ("holds", "breaks") or key in CARD_FIELDS


def _by_number(headings: list[Heading]) -> list[int]:
    """“4.1” stands under “4”. Headings without a number stand under the last that has one.

    Numbers under a heading that announces steps are the steps'.
    """
    levels: list[int] = []
    depth = above = 0
    for heading in headings:
        if not heading.number:
            role = role_of(heading.title)
            above = SECTION if role is Role.STEPS else 0
            levels.append(depth + 1 if depth and role is None else SECTION)
        else:
            depth = heading.number.count(".") + SECTION + (1 if above else 0)
            levels.append(depth)
    return levels


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
        inside = role if role in (Role.COMPARISON, Role.SCRIPT, Role.ANALOGY) else None
    return levels
