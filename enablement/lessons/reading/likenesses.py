"""Analogies in running text: a likeness, and perhaps sentences on where it holds and where it breaks."""

from __future__ import annotations

import re
from typing import Any

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.likeness import likeness_in
from enablement.lessons.reading.page import Page, joined, span_of
from enablement.lessons.reading.sentences import clean, sentence_spans, slug_from, title_from
from enablement.lessons.reading.wordings import Role

IMAGE = (
    r"(?:the |this |that )?(?:picture|image|analogy|comparison|likeness|parallel|metaphor|it|this|that)"
    r"(?: (?:still|also|only))?"
)
HOLDS = re.compile(rf"{IMAGE} (?:holds|works|fits|is (?:fair|right|true|useful)|carries over)\b", re.I)
BREAKS = re.compile(
    rf"(?:but |however,? )?{IMAGE} (?:breaks|fails|stops|ends|limps|falls (?:apart|down|short)|goes wrong"
    r"|does(?: not|n['’]t) (?:hold|work|fit|carry))\b",
    re.I,
)

# Paragraphs that follow a likeness and may say where it holds and where it breaks.
MOST_LIMITS = 2


def find_likenesses(page: Page) -> None:
    """Record an analogy for each free paragraph whose first sentence likens one of the document's methods."""
    for section in page.outline.sections:
        blocks = page.free(section.blocks)
        for place, block in enumerate(blocks):
            if block.kind in (Kind.PARAGRAPH, Kind.ITEM):
                _keep(page, block, blocks[place + 1 : place + 1 + MOST_LIMITS])


def _keep(page: Page, block: Block, after: list[Block]) -> None:
    liked = likeness_in(block.body)
    card = page.subjects.named(liked.thing) if liked else ""
    if liked is None or not (card or _announced(page, block)):
        return
    said = [block, *_limits(after)]
    title = title_from(liked.sentence)
    item: dict[str, Any] = {
        "slug": slug_from(title),
        "title": title,
        "card": card,
        "familiar": liked.familiar,
    }
    spans = {"title": block.body_span, "familiar": liked.span_in(page.text, block.body_span)}
    told = {"holds": list[Span](), "breaks": list[Span]()}
    mapping = [part for part in said if not _read_limits(page, part, told)]
    item["mapping"], spans["mapping"] = joined(mapping, first_body=True), span_of(mapping, first_body=True)
    for name, pieces in told.items():
        item[name] = [clean(page.text[slice(*piece)]) for piece in pieces]
        spans |= {f"{name}.{place}": piece for place, piece in enumerate(pieces)}
    page.keep("analogy", item, spans, said)


def _announced(page: Page, block: Block) -> bool:
    """Whether the heading over a paragraph, or the one over that, says that analogies follow."""
    section = page.outline.sections[block.section]
    above = [section, page.outline.sections[max(section.parent, 0)]]
    return any(role.role is Role.ANALOGY for part in above if (role := page.role(part)))


def _limits(after: list[Block]) -> list[Block]:
    """The paragraphs right after that begin by saying where the picture holds or breaks."""
    found: list[Block] = []
    for block in after:
        if block.kind is not Kind.PARAGRAPH or not (HOLDS.match(block.text) or BREAKS.match(block.text)):
            break
        found.append(block)
    return found


def _read_limits(page: Page, block: Block, told: dict[str, list[Span]]) -> bool:
    """Share the sentences of such a paragraph out; a sentence that says neither goes with the one before."""
    if not (HOLDS.match(block.text) or BREAKS.match(block.text)):
        return False
    last = ""
    for start, end in sentence_spans(page.text, block.text_span):
        sentence = page.text[start:end]
        name = "breaks" if BREAKS.match(sentence) else "holds" if HOLDS.match(sentence) else last
        if name == last:
            told[name][-1] = (told[name][-1][0], end)
        else:
            told[name].append((start, end))
        last = name
    return True
