"""Guide entries from lists that give one side only: “We say” over a list, “Phrases to avoid” over another."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.guide import guide_item
from enablement.lessons.reading.labels import label_key
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import plain

WHAT = r"(?:words|phrases|lines|sentences|wordings)"
DONT = re.compile(
    rf"(?:(?:what )?(?:we|you) )?(?:do(?:n't| not)|never|must not|should not|shouldn't) (?:say|write)"
    rf"|(?:what|things|{WHAT}) (?:not to (?:say|write)|(?:we|you) never say|to avoid)"
    rf"|avoid (?:saying|these {WHAT})|banned {WHAT}"
)
DO = re.compile(
    rf"(?:(?:what )?(?:we|you) )?(?:do )?(?:say|write)(?: instead| this)?"
    rf"|(?:what|things|{WHAT}) to (?:say|write|use)|approved {WHAT}|say (?:these|this)"
)
MAX_ITEM_WORDS = 40


def find_one_sided_lists(page: Page) -> None:
    """Record an entry with one side for each item of such a list. Which go together an editor says."""
    for section in page.outline.sections:
        blocks = page.free(section.blocks)
        side = _side(section.title)
        heads: list[Section] = [section]
        lead: list[Block] = []
        for place, block in enumerate(blocks):
            if block.kind is Kind.PARAGRAPH:
                below = blocks[place + 1] if place + 1 < len(blocks) else None
                heads, lead = [], [block]
                side = _side(block.text) if below is not None and below.kind is Kind.ITEM else ""
            elif block.kind is Kind.ITEM and side and len(block.text.split()) <= MAX_ITEM_WORDS:
                item = guide_item(**{side: plain(block.text)})
                page.keep("guide_entry", dict(item), {side: block.text_span}, [*lead, block], heads)
                heads, lead = [], []


def _side(text: str) -> str:
    """Return dont_say or do_say when a heading or line says no more than that, else ""."""
    key = label_key(plain(text[:80]))
    if DONT.fullmatch(key):
        return "dont_say"
    return "do_say" if DO.fullmatch(key) else ""
