"""Cards told in running text, under headings such as “What each approach does” or “What is prompting?”."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.naming import asked_about, versus
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import clean, plain, sentence_spans

ONE = r"(?:one|approach|method|option|tool|term|word|product|of (?:them|these|the two|the three))s?"
EACH = re.compile(
    rf"(?:what|how) (?:each|every|both|the (?:two|three)|they|these|these two|the)(?: {ONE})? ?(?:\w+ly )?"
    r"(?:is|are|does?|means?|changes?|works?)\b"
    r"|the (?:two|three) (?:approaches|methods|options|terms|words)(?: explained| in short)?$"
    r"|(?:the )?(?:basics|difference|short version|two in short)$",
    re.I,
)
DEFINES = re.compile(r"[^.,;:—–]{0,60}?\b(?:is|are|means?) (?:an?|the|any|what|when|how|all)\b", re.I)


def find_prose_cards(page: Page) -> None:
    """Record a card for each method whose paragraph begins with its name, where a heading announces that.

    A method that has a card of labelled fields keeps that one.
    """
    carded = {draft.item["slug"] for draft in page.drafts if draft.kind == "card"}
    for section in page.outline.sections:
        if not section.title or section.title == page.outline.title:
            continue
        asked = page.subjects.named(name) if (name := asked_about(section.title)) else ""
        if not asked and not EACH.match(section.title) and not _sets_apart(page, section.title):
            continue
        for block in page.free(section.blocks):
            told = _told(page, block, asked)
            if told and not carded & told.keys():
                _keep(page, block, told)
                carded |= told.keys()


def _sets_apart(page: Page, title: str) -> bool:
    """Whether a heading names two methods against each other (“Audit or user test?”)."""
    sides = [page.subjects.named(name) for name in versus(title)]
    return len(sides) > 1 and all(sides)


def _told(page: Page, block: Block, asked: str) -> dict[str, Span]:
    """Share a paragraph out among the methods that its sentences begin with; the first must begin with one.

    Under “What is X?” the paragraph is of X, however it begins.
    """
    if block.kind is not Kind.PARAGRAPH:
        return {}
    if asked:
        return {asked: block.body_span}
    found: dict[str, Span] = {}
    last = ""
    for start, end in sentence_spans(page.text, block.body_span):
        slug = page.subjects.opening(page.text[start:end])
        if (not slug and not last) or (slug in found and slug != last):
            return {}
        if slug and slug not in found:
            last, found[slug] = slug, (start, end)
        else:
            found[last] = (found[last][0], end)
    return found


def _keep(page: Page, block: Block, told: dict[str, Span]) -> None:
    start = block.span[0]
    for slug, span in told.items():
        text = page.text[slice(*span)]
        field = "what_it_is" if DEFINES.match(plain(text)) else "what_it_does"
        title = next(subject.title for subject in page.subjects.known if subject.slug == slug)
        item = {"slug": slug, "title": title[:1].upper() + title[1:], field: clean(text)}
        page.keep("card", item, {"title": span, field: span}, [], span=(start, span[1]))
        start = span[1]
    page.taken_blocks.add(block.index)
