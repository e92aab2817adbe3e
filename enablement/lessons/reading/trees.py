"""Decision trees drawn with arrows, boxes or indentation: yes/no questions and where each way leads."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.nodes import Node, Walk, follow_numbers, number_nodes
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import plain, slug_from
from enablement.lessons.reading.slugs import own_slugs
from enablement.lessons.reading.ways import Way, way_of, without_lead

DRAWN = re.compile(r"[\s│├└┌┬|`─•–—-]*")
MAX_STEPS = 32


def find_trees(page: Page) -> None:
    """Record the questions of every tree; a question needs at least one way out of it."""
    ladder = [draft.item for draft in page.drafts if draft.kind == "ladder_step"][:MAX_STEPS]
    steps = {step["slug"]: step["title"].lower() for step in ladder}
    found: list[Node] = []
    for section in page.outline.sections:
        blocks = page.free(section.blocks)
        ways = [block for block in blocks if way_of(_source(page, block))]
        if ways:
            walk = _walk(page, section, blocks, is_indented=len({_depth(page, block) for block in ways}) > 1)
            number_nodes(page.text, walk.nodes)
            found.extend(node for node in walk.nodes if node.spans)
    for node, slug in zip(
        found, own_slugs([slug_from(node.text) for node in found], "question"), strict=True
    ):
        node.slug = slug
    for node in found:
        follow_numbers(node, found)
        _keep(page, node, steps)


def _walk(page: Page, section: Section, blocks: list[Block], *, is_indented: bool) -> Walk:
    walk = Walk(is_indented=is_indented)
    if section.title.endswith("?") and blocks and way_of(_source(page, blocks[0])):
        walk.nodes.append(Node(section.title, section.span, -1, [], section))
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        way = way_of(_source(page, block))
        if way is not None:
            _take_way(page, walk, block, way)
        elif block.kind is Kind.ARROW:
            _go_on(page, walk, block)
        elif walk.open_way is not None:
            _take_target(page, walk, block)
        elif block.text.endswith("?") and below is not None and way_of(_source(page, below)):
            # Its ways may stand under it without any indentation.
            depth = min(_depth(page, block), _depth(page, below) - 1)
            walk.nodes.append(Node(plain(block.text), block.text_span, depth, [block]))
            walk.last_way = None
        else:
            walk.last_way = None
    return walk


def _take_way(page: Page, walk: Walk, block: Block, way: Way) -> None:
    depth = _depth(page, block)
    node = walk.last_asking(way.answer, depth)
    if node is None:
        return
    node.blocks.append(block)
    node.spans[way.answer] = block.span
    node.texts[way.answer] = [way.aside] if way.aside else []
    walk.open_way = walk.last_way = (node, way.answer)
    if way.target:
        start = block.span[0] + way.offset
        walk.lead_on(way.target, (start, block.span[1]), depth, [])


def _take_target(page: Page, walk: Walk, block: Block) -> None:
    assert walk.open_way is not None
    node, _ = walk.open_way
    if block.text.endswith("?"):
        walk.lead_on(plain(block.text), block.text_span, _depth(page, block), [block])
    else:
        node.blocks.append(block)
        walk.lead_on(plain(block.text), block.text_span, 0, [])


def _go_on(page: Page, walk: Walk, block: Block) -> None:
    """An arrow that is neither yes nor no goes on from where the last way led (“↓ still not enough”)."""
    if walk.last_way is None:
        return
    node, answer = walk.last_way
    node.blocks.append(block)
    node.texts[answer].append(plain(without_lead(block.text)[0]))
    node.spans[answer] = (node.spans[answer][0], block.span[1])
    walk.open_way = walk.last_way


def _keep(page: Page, node: Node, steps: dict[str, str]) -> None:
    item = {"slug": node.slug, "text": node.text}
    spans = {"text": node.span}
    for answer, way in node.spans.items():
        target = node.leads_to.get(answer)
        if target is not None and target.spans:
            item[f"{answer}_question"] = target.slug
        texts = node.texts[answer] if target is None or target.spans else [*node.texts[answer], target.text]
        if target is None and (step := _step_named(" ".join(texts).lower(), steps)):
            item[f"{answer}_step"] = step
        item[f"{answer}_text"] = "; ".join(text for text in texts if text)
        spans[f"{answer}_text"] = way
    headings = [node.heading] if node.heading else None
    page.keep("decision_question", item, spans, node.blocks, headings, node.reach)


def _step_named(text: str, steps: dict[str, str]) -> str:
    """The step of this document that a way's words name in full, if just one is."""
    named = [slug for slug, title in steps.items() if title in text]
    return named[0] if len(named) == 1 else ""


def _source(page: Page, block: Block) -> str:
    return page.text[slice(*block.span)] if block.kind is not Kind.TABLE else ""


def _depth(page: Page, block: Block) -> int:
    """How far in a line stands: its indentation and the box-drawing before its words."""
    drawn = DRAWN.match(page.text, block.span[0], block.span[0] + 120)
    return block.indent + (drawn.end() - block.span[0] if drawn else 0)
