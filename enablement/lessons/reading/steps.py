"""Steps of an order of operations: a list, or one sub-heading a step, under a heading that announces them."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.items import Entry, entries_of, head_and_rest
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, joined, span_of
from enablement.lessons.reading.roles import role_of
from enablement.lessons.reading.sentences import clean, slug_from, title_from
from enablement.lessons.reading.wordings import Role

MIN_STEPS = 2
NUMBER = re.compile(r"^(?:step\s+)?\d{1,2}[.):]?\s+(?:[—–-]\s+)?", re.I)
CONDITION = re.compile(r"^if\b[^,]*,\s*", re.I)
FIELDS = {"cost": "cost", "costs": "cost", "stop when": "stop_when", "stop if": "stop_when"}


def find_steps(page: Page) -> None:
    """Record the ladder steps of every section that announces an order of work."""
    for section in page.outline.sections:
        announcing = _announced_at(page, section)
        if announcing is None:
            continue
        entries = [entry for entry in entries_of(announcing) if page.free(list(entry.blocks))]
        if len(entries) >= MIN_STEPS:
            for entry in entries:
                _keep_entry(page, entry)
        elif page.role(section):
            _keep_children(page, section)


def _announced_at(page: Page, section: Section) -> list[Block] | None:
    """The blocks from where steps are announced on: by the heading, or by a line over a list."""
    role = page.role(section)
    blocks = page.free(section.blocks)
    if role is not None and role.role is Role.STEPS:
        return blocks
    for place, block in enumerate(blocks):
        if block.is_lead and role_of(block.text) is Role.STEPS:
            return blocks[place + 1 :]
    return None


def _keep_entry(page: Page, entry: Entry) -> None:
    name, rest = head_and_rest(page.text, entry.head)
    inner = joined([block for block in entry.blocks[1:] if _field(block) is None])
    text = "\n".join(part for part in (clean(page.text[slice(*rest)]), inner) if part)
    title = title_from(page.text[slice(*name)])
    spans: dict[str, Span] = {"title": name, "text": rest if rest[0] < rest[1] else name}
    item = _step(page, title, text or entry.head.text)
    for block in entry.blocks[1:]:
        if field := _field(block):
            item[field] = block.body
            spans[field] = block.body_span
    page.keep("ladder_step", item, spans, list(entry.blocks))


def _keep_children(page: Page, section: Section) -> None:
    below = page.outline.children(section)
    children = [child for child in below if child.blocks and page.role(child) is None]
    if len(children) < MIN_STEPS:
        return
    for child in children:
        body = [block for block in child.blocks if _field(block) is None]
        item = _step(page, title_from(NUMBER.sub("", child.title)), joined(body))
        spans = {"title": child.span} | ({"text": span_of(body)} if body else {})
        for block in child.blocks:
            if field := _field(block):
                item[field] = block.body
                spans[field] = block.body_span
        page.keep("ladder_step", item, spans, child.blocks, [child])


def _step(page: Page, title: str, text: str) -> dict[str, str]:
    card = page.subjects.first_in(CONDITION.sub("", title))
    return {"slug": slug_from(title), "title": title, "text": text, "card": card}


def _field(block: Block) -> str | None:
    return FIELDS.get(block.label.key) if block.label and block.body else None
