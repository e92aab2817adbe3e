"""Analogies in one paragraph: “Prompting is like giving someone instructions.” “Think of X as Y.”"""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import first_sentence, slug_from, title_from

IS_LIKE = re.compile(
    r"(?P<x>[\w][\w /&-]{1,60}?) (?:is|are|works?|acts?|behaves?)"
    r"(?: (?:a bit|a little|much|rather|just|a lot|more))? like (?P<y>[^\n]+)",
    re.I,
)
THINK_OF = re.compile(r"think of (?P<x>[\w][\w /&-]{1,60}?) as (?P<y>[^\n]+)", re.I)


def find_likenesses(page: Page) -> None:
    """Record an analogy for each free paragraph whose first sentence likens one of the document's methods."""
    for block in page.free(page.outline.blocks):
        if block.kind in (Kind.PARAGRAPH, Kind.ITEM):
            _keep(page, block)


def _keep(page: Page, block: Block) -> None:
    sentence = first_sentence(block.body[:600])
    match = IS_LIKE.match(sentence) or THINK_OF.match(sentence)
    card = page.subjects.named(match["x"]) if match else ""
    if match is None or not card:
        return
    title = title_from(sentence)
    item = {
        "slug": slug_from(title),
        "title": title,
        "card": card,
        "familiar": match["y"].rstrip(" ."),
        "mapping": block.body,
    }
    place = page.text.find(match["y"][:20], *block.body_span)
    start = place if place >= 0 else block.body_span[0]
    spans = {
        "title": block.body_span,
        "mapping": block.body_span,
        "familiar": (start, min(start + len(match["y"]), block.span[1])),
    }
    page.keep("analogy", item, spans, [block])
