"""Why a part of a document stayed a passage, in words for the person who reviews it."""

from __future__ import annotations

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.levels import CLOSING
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.wordings import Role

TABLE = "a table whose headings name neither wordings, terms, questions nor two of the document's methods"
DRAWING = "a drawing or code without yes and no"
CLOSING_SECTION = "a closing section, which says again what stands above"
INTRODUCTION = "running text before the first heading"
LIST = "a list under a heading that does not say what it lists"
PROSE = "running text under a heading that announces no item"
ANNOUNCED = {
    Role.FITS: "running text that does not begin with its condition",
    Role.DOES_NOT_HELP: "running text without a word such as “not”",
    Role.STEPS: "text before or after the steps",
    Role.TREE: "text beside the questions and their yes and no",
    Role.ANALOGY: "running text that likens nothing the document is about",
    Role.COMPARISON: "text without a part for each trait",
    Role.GUIDE: "text without a wording and what to say instead",
    Role.TERMS: "text without a term and its meaning",
    Role.SCRIPT: "text without a question and its answer",
}


def why_unrecognised(page: Page, block: Block) -> str:
    """Return why no recogniser took a block."""
    section = page.outline.sections[block.section]
    role = page.role(section)
    if block.kind is Kind.TABLE:
        return TABLE
    if block.kind in (Kind.CODE, Kind.ARROW):
        return DRAWING
    if CLOSING.match(section.title):
        return CLOSING_SECTION
    if role is not None and role.role in ANNOUNCED:
        return ANNOUNCED[role.role]
    if block.kind is Kind.ITEM or block.is_lead:
        return LIST
    return PROSE if section.title and section.title != page.outline.title else INTRODUCTION
