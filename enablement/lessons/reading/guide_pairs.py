"""Guide entries set against each other by signs: “❌ … → ✅ …”, “Not: … Better: …”, or a line for each."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.guide import guide_item
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import clean, unquoted
from enablement.lessons.reading.wordings import Role

BAD = (
    r"(?:[❌✗✘🚫👎⛔]\ufe0f?"
    r"|\*{0,2}(?:not|no|bad|wrong|worse|weak|avoid|before|instead of)(?: this)?:\*{0,2})"
)
GOOD = (
    r"(?:[✅✓✔👍]\ufe0f?"
    r"|\*{0,2}(?:better|good|right|yes|say|instead|strong|after|but|use|try)(?: this| say)?:\*{0,2})"
)
PAIR = re.compile(
    rf"\s*(?:[-*+•]\s+)?{BAD}\s*(?P<dont>\S.{{1,300}}?)\s*(?:[→⇒➜|/;,–—-]+>?)?\s*{GOOD}\s*(?P<do>\S.{{1,500}})",
    re.I | re.S,
)
QUOTED_PAIR = re.compile(
    r"(?P<dont>[\"“„«][^\"“”»]{2,300}[\"”“»])\s*(?:/|→|⇒|->|=>|—|–|-|\||vs\.?)\s*(?P<do>[\"“„«][^\"“”»]{2,500}[\"”“»])"
)
SIGNED = re.compile(r"\s*(?:[-*+•]\s+)?(?P<sign>[❌✗✘🚫👎✅✓✔👍])\ufe0f?\s+(?P<words>\S.*)", re.S)
BAD_SIGNS = "❌✗✘🚫👎"
QUOTES = "\"“„«'‘"


def find_guide_pairs(page: Page) -> None:
    """Record an entry for each such pair. Signs on two lines count only where the words are quoted."""
    for section in page.outline.sections:
        role = page.role(section)
        is_guide = role is not None and role.role is Role.GUIDE
        blocks = page.free(section.blocks)
        for place, block in enumerate(blocks):
            if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or not page.free([block]):
                continue
            match = PAIR.match(page.text, *block.span)
            if match is None and is_guide:
                match = QUOTED_PAIR.fullmatch(page.text, *block.text_span)
            if match:
                _keep(page, [block], match.span("dont"), match.span("do"))
            elif place + 1 < len(blocks):
                _keep_two(page, block, blocks[place + 1], is_guide=is_guide)


def _keep_two(page: Page, block: Block, below: Block, *, is_guide: bool) -> None:
    bad, good = (SIGNED.match(page.text, *each.span) for each in (block, below))
    if bad is None or good is None or bad["sign"] not in BAD_SIGNS or good["sign"] in BAD_SIGNS:
        return
    if is_guide or (bad["words"][0] in QUOTES and good["words"][0] in QUOTES):
        _keep(page, [block, below], bad.span("words"), good.span("words"))


def _keep(page: Page, blocks: list[Block], dont: Span, do: Span) -> None:
    said, better = (unquoted(clean(page.text[slice(*span)]).rstrip(" .;")) for span in (dont, do))
    item = guide_item(said, better)
    page.keep("guide_entry", dict(item), {"dont_say": dont, "do_say": do}, blocks)
