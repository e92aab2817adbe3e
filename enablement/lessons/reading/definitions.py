"""Glossary entries told in a sentence: “By X we mean …”, “The term X refers to …”, “**X** is a …”.

Only forms that say of themselves that they define. “A good prompt is a clear prompt” has the form of a
definition and is an opinion: such sentences stay passages.
"""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import plain
from enablement.lessons.reading.terms import term_item
from enablement.lessons.reading.wordings import Role

# Longer paragraphs say more than what a term means.
MAX_WORDS = 70
# A meaning has a few words; “we mean to” is an intention.
MIN_WORDS = 4
_OPEN, _CLOSE = r"(?:\*\*|__|[“\"‘'*_])", r"(?:\*\*|__|[”\"’'*_])"
_NAME = r"(?P<term>[^\W_][^\n.:;!?*“”\"]{1,58}?)"
_MARKED = rf"{_OPEN}{_NAME},?{_CLOSE}(?:\s*\((?P<alias>[^()]{{2,40}})\))?"
_BOLD = rf"(?:\*\*|__){_NAME}(?:\*\*|__)(?:\s*\((?P<alias>[^()]{{2,40}})\))?"
_THING = r"(?=(?:an?|the|any|one|what|when|where|how|to)\s)"
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"[Bb]y {_OPEN}?{_NAME},?{_CLOSE}?,? (?:we|I) (?:simply |just )?mean (?!to\b)",
        rf"(?:The|Our) (?:term|word|phrase|name) {_MARKED} (?:means|refers to|stands for|describes) (?=\S)",
        rf"{_MARKED} (?:means|refers to|stands for|is short for|is defined as) (?=\S)",
        rf"(?:An? |The )?{_BOLD} (?:is|are) {_THING}",
        r"(?P<term>[A-Z][A-Z0-9-]{1,9}) (?:stands for|is short for) (?=\S)",
    )
)


def find_definitions(page: Page) -> None:
    """Record a term for each short paragraph that begins by saying what a name means."""
    for section in page.outline.sections:
        role = page.role(section)
        if role is not None and role.role is not Role.TERMS:
            continue
        for block in page.free(section.blocks):
            if block.kind in (Kind.PARAGRAPH, Kind.ITEM) and len(block.text.split()) <= MAX_WORDS:
                _keep_definition(page, block)


def _keep_definition(page: Page, block: Block) -> None:
    start, end = block.text_span
    for form in FORMS:
        found = form.match(page.text, start, end)
        if found and len(page.text[found.end() : end].split()) >= MIN_WORDS:
            known = found.groupdict()
            meaning = plain(" ".join(page.text[found.end() : end].split()))
            item = term_item(page, known["term"], meaning, known.get("alias") or "")
            spans = {"term": found.span("term"), "meaning": (found.end(), end)}
            page.keep("term", item, spans, [block])
            return
