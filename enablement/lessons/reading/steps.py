"""Steps of an order of operations: a list, labelled paragraphs or sub-headings, where they are announced."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.items import Entry, entries_of, head_and_rest
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, joined, span_of
from enablement.lessons.reading.roles import role_of
from enablement.lessons.reading.sentences import slug_from, title_from
from enablement.lessons.reading.step_fields import labelled_field, split_step
from enablement.lessons.reading.wordings import Role

MIN_STEPS = 2
NUMBER = re.compile(r"^(?:step\s+)?\d{1,2}[.):]?\s+(?:[—–-]\s+)?", re.I)
CONDITION = re.compile(r"^if\b[^,]*,\s*", re.I)


def find_steps(page: Page) -> None:
    """Record the ladder steps of every section that announces an order of work."""
    for section in page.outline.sections:
        announcing = _announced_at(page, section)
        if announcing is None:
            continue
        entries = [entry for entry in entries_of(announcing) if page.free(list(entry.blocks))]
        if len(entries) < MIN_STEPS:
            entries = _labelled_entries(announcing)
        if len(entries) >= MIN_STEPS:
            for entry in entries:
                _keep_entry(page, entry)
        elif page.role(section):
            _keep_children(page, section)


def step_item(page: Page, title: str, text: str) -> dict[str, str]:
    """Return the fields that every step has; its card is what its title says to do."""
    card = page.subjects.first_in(CONDITION.sub("", title))
    return {"slug": slug_from(title), "title": title, "text": text, "card": card}


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


def _labelled_entries(blocks: list[Block]) -> list[Entry]:
    """Paragraphs that begin with the step's name, each with what stands under it."""
    entries: list[list[Block]] = []
    for block in blocks:
        named = block.kind is Kind.PARAGRAPH and block.label is not None and block.body
        if named and labelled_field(block) is None:
            entries.append([block])
        elif entries and block.kind in (Kind.PARAGRAPH, Kind.ITEM):
            entries[-1].append(block)
    return [Entry(tuple(entry)) for entry in entries]


def _keep_entry(page: Page, entry: Entry) -> None:
    name, rest = head_and_rest(page.text, entry.head)
    title = title_from(NUMBER.sub("", title_from(page.text[slice(*name)])))
    told = split_step(page.text, rest)
    inner = joined([block for block in entry.blocks[1:] if labelled_field(block) is None])
    text = "\n".join(part for part in (told.text, inner) if part)
    item = step_item(page, title, text or entry.head.text) | told.fields
    spans: dict[str, Span] = {"title": name, "text": name} | told.spans
    _add_labelled(item, spans, list(entry.blocks[1:]))
    page.keep("ladder_step", item, spans, list(entry.blocks))


def _keep_children(page: Page, section: Section) -> None:
    below = page.outline.children(section)
    children = [child for child in below if child.blocks and page.role(child) is None]
    if section.title == page.outline.title:
        # A title such as “Playbook: …” speaks of the whole document; only numbers make its parts steps.
        children = [child for child in children if child.number]
    if len(children) < MIN_STEPS:
        return
    for child in children:
        body = [block for block in child.blocks if labelled_field(block) is None]
        item = step_item(page, title_from(NUMBER.sub("", child.title)), joined(body))
        spans = {"title": child.span} | ({"text": span_of(body)} if body else {})
        _add_labelled(item, spans, child.blocks)
        page.keep("ladder_step", item, spans, child.blocks, [child])


def _add_labelled(item: dict[str, str], spans: dict[str, Span], blocks: list[Block]) -> None:
    for block in blocks:
        if name := labelled_field(block):
            item[name] = block.body
            spans[name] = block.body_span
