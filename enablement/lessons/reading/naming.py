"""The names of methods in titles and headings: “A vs B”, “What is A?”, “The difference between A and B”."""

from __future__ import annotations

import re

from enablement.lessons.reading.sentences import plain

VERSUS = re.compile(r"\s+(?:vs\.?|versus|or|and)\s+", re.I)
LEAD_IN = re.compile(r"^(?:.*[—–|:]\s+)?(?:the |a |an |your )?", re.I)
ARTICLE = re.compile(r"^(?:the|a|an|your|our|to use)\s+", re.I)
TOLD_APART = re.compile(
    r"(?:(?P<a>[\w][\w /&-]{1,50}?) (?:is|are) (?:not the same as|different from) (?P<b>[\w][\w /&-]{1,50})"
    r"|(?:the )?differences? between (?P<c>[\w][\w /&-]{1,50}?) and (?P<d>[\w][\w /&-]{1,50})"
    r"|compared (?:with|to) (?P<e>[\w][\w /&-]{1,50}))\??$",
    re.I,
)
WHAT_IS = re.compile(
    r"what (?:is|are|does) (?:an? |the )?(?P<x>[\w][\w /&-]{1,60}?)(?: mean| do)?\??$"
    r"|what (?:an? |the )?(?P<y>[\w][\w /&-]{1,60}?) (?:is|are|means?)$",
    re.I,
)
SUFFIX = re.compile(
    r",? (?:on (?:one|a) page|explained|in (?:brief|short|plain words|a nutshell)|at a glance|basics|101"
    r"|overview|cheat ?sheet|one[- ]pager|for beginners)$",
    re.I,
)
OPPOSES = re.compile(r"\b(?:vs\.?|versus|or)\s", re.I)
ASKS = re.compile(r"(?:can|do|does|is|are|will|should|what|how|why|when|who|which|must|where)\b", re.I)


def names_in(title: str, *, is_document: bool) -> list[str]:
    """Return the methods that a heading sets apart or asks about.

    In a heading within the document “or” opposes only where it asks (“Audit or user test?”).
    """
    sides = versus(title)
    if not is_document and not title.endswith("?") and re.search(r"\bor\b", title, re.I):
        sides = []
    if sides and not is_document and ASKS.match(title):
        sides = []
    return sides or _told_apart(title) or [name for name in [asked_about(title)] if name]


def versus(title: str) -> list[str]:
    """The two sides of “Day 3 — A vs B: when to use each”. An “and” alone does not oppose."""
    if not OPPOSES.search(title):
        return []
    before = re.split(r":\s|\?", title)
    side = next((part for part in before if OPPOSES.search(part)), title)
    return [LEAD_IN.sub("", name.strip()) for name in VERSUS.split(side)]


def asked_about(title: str) -> str:
    """Return X of a heading “What is X?” or “What X is”, or ""."""
    match = WHAT_IS.match(title)
    return next((name for name in match.groups() if name), "") if match else ""


def card_name(title: str) -> str:
    """Return a heading as the name of a method: no article, no “on one page” behind it."""
    return SUFFIX.sub("", ARTICLE.sub("", plain(title))).strip(" .?:") or title


def _told_apart(title: str) -> list[str]:
    """The two sides of “A is not the same as B”, “The difference between A and B”."""
    match = TOLD_APART.match(title)
    return [name for name in match.groups() if name] if match else []


def name_pattern(name: str) -> re.Pattern[str]:
    """Match a name in any form: hyphen, blank or nothing between words; -ing, -e, -ed, -es, plural."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", name) if word]
    last = words[-1]
    stem = last[:-3] if last.lower().endswith("ing") and len(last) > 5 else last
    ending = r"(?:ing|e|ed|es|s)?" if stem != last else r"s?"
    return re.compile(r"(?<!\w)" + r"[\s-]?".join([*words[:-1], stem]) + ending + r"(?!\w)", re.I)
