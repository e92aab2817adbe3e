"""Guide entries outside tables: “Instead of X, say Y” and “Don't say: … / Say: … / Why: …”."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.guide import guide_item
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.vocabulary import DO_SAY, DONT_SAY, WHY

SAY = r"(?:try|say|use|prefer|write)(?: instead)?"
INSTEAD = re.compile(
    r"(?:instead of|rather than|(?:do(?:n't|n’t| not)|never) say|avoid)(?: saying)?[:,]?\s+"
    r"(?P<dont>[\"“‘'].{2,300}?[\"”’']|[^,;—]{2,200}?)"
    rf"\s*[,.;:—–-]*\s*\b{SAY}[:,]?\s+(?P<do>[^\n]{{2,600}})",
    re.I,
)
BECAUSE = re.compile(r"[\"”’']?\.?\s*(?:\(|[—–-]\s*)?(?:why: |because )(?P<why>[^\n]+?)\)?$", re.I)


def find_guide_lists(page: Page) -> None:
    """Record the entries of every section that sets wordings against each other line by line."""
    for section in page.outline.sections:
        blocks = page.free(section.blocks)
        group: dict[str, Block] = {}
        for block in blocks:
            name = _named(block)
            if group and (name is None or name in group):
                _keep_group(page, group)
                group = {}
            if name:
                group[name] = block
            elif block.kind in (Kind.PARAGRAPH, Kind.ITEM):
                _keep_line(page, block)
        _keep_group(page, group)


def _named(block: Block) -> str | None:
    if block.label is None or not block.body:
        return None
    for name, keys in (("dont_say", DONT_SAY), ("do_say", DO_SAY), ("why", WHY)):
        if block.label.key in keys:
            return name
    return None


def _keep_group(page: Page, group: dict[str, Block]) -> None:
    if not {"dont_say", "do_say"} <= group.keys():
        return
    texts = {name: block.body for name, block in group.items()}
    spans: dict[str, Span] = {name: block.body_span for name, block in group.items()}
    page.keep("guide_entry", dict(guide_item(**texts)), spans, list(group.values()))


def _keep_line(page: Page, block: Block) -> None:
    match = INSTEAD.match(block.text[:1200])
    if match is None or len(block.text) > 1200:
        return
    said = match["do"]
    because = BECAUSE.search(said)
    why = because["why"].rstrip(".") if because else ""
    said = said[: because.start() + 1] if because else said
    item = guide_item(
        match["dont"], said.strip().rstrip(".") if said.strip()[:1] in "\"“‘'" else said.strip(), why
    )
    spans: dict[str, Span] = {
        name: _found(page, block, item[name]) for name in ("dont_say", "do_say", "why") if item[name]
    }
    page.keep("guide_entry", dict(item), spans, [block])


def _found(page: Page, block: Block, words: str) -> Span:
    """Where words of a block stand; the whole block when a line break inside hides them."""
    place = page.text.find(words, *block.text_span)
    return (place, place + len(words)) if place >= 0 else block.text_span
