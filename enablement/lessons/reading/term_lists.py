"""Glossary entries outside tables: labelled lines under their heading, definition lists, bold terms."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.lines import is_definition
from enablement.lessons.reading.page import Field, Page, joined, span_of
from enablement.lessons.reading.sentences import plain
from enablement.lessons.reading.terms import term_item
from enablement.lessons.reading.wordings import Role

MAX_TERM_WORDS = 6
MIN_BOLD = 3
DASH = re.compile(r"(?P<term>[^\n—–:.]{1,60}?)\s+[—–-]\s+(?=\S)")
BOLD_TERM = re.compile(r"(?:\*\*|__)(?P<term>[^*_\n:]{2,60})(?:\*\*|__)\s+[—–-]\s+(?=\S)")
MEANS = re.compile(r"(?:an?|the|any|one|two|what|how|when|where|who|whether|to|being|short for|proving)\b")


def find_definition_lists(page: Page) -> None:
    """Record a term for each line with “: its meaning” under it, wherever it stands."""
    for section in page.outline.sections:
        blocks = page.free(section.blocks)
        for place, block in enumerate(blocks):
            short = len(block.text.split()) <= MAX_TERM_WORDS
            if block.kind is not Kind.PARAGRAPH or not short or not _meanings(page, blocks, place):
                continue
            meanings = _meanings(page, blocks, place)
            item = term_item(page, block.text, " ".join(plain(meaning.text) for meaning in meanings))
            spans = {"term": block.text_span, "meaning": (meanings[0].text_span[0], meanings[-1].span[1])}
            page.keep("term", item, spans, [block, *meanings])


def find_term_lists(page: Page) -> None:
    """Record terms under headings such as “Key terms”, and rows of bold terms with a dash anywhere."""
    for section in page.outline.sections:
        role = page.role(section)
        if role is not None and role.role is Role.TERMS:
            for block in page.free(section.blocks):
                _keep_line(page, block)
            for child in page.outline.children(section):
                if child.blocks and page.free(child.blocks) == child.blocks:
                    item = term_item(page, child.title, joined(child.blocks))
                    spans = {"term": child.span, "meaning": span_of(child.blocks)}
                    page.keep("term", item, spans, child.blocks, [child])
        elif role is None:
            _read_bold(page, page.free(section.blocks))


def _meanings(page: Page, blocks: list[Block], place: int) -> list[Block]:
    end = place + 1
    while end < len(blocks) and is_definition(page.text[slice(*blocks[end].span)]):
        end += 1
    return blocks[place + 1 : end]


def _read_bold(page: Page, blocks: list[Block]) -> None:
    """At least three in a row, most of which say what the term is: else they may be people or prices."""
    row: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and BOLD_TERM.match(page.text, block.text_span[0], block.text_span[1]):
            row.append(block)
            continue
        defining = [entry for entry in row if MEANS.match(_after_dash(page, entry))]
        if len(row) >= MIN_BOLD and len(defining) * 3 >= len(row) * 2:
            for entry in row:
                _keep_line(page, entry)
        row = []


def _after_dash(page: Page, block: Block) -> str:
    match = BOLD_TERM.match(page.text, *block.text_span)
    return page.text[match.end() : block.text_span[1]].lower() if match else ""


def _keep_line(page: Page, block: Block) -> None:
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return
    start, end = block.text_span
    dash = DASH.match(block.text)
    if block.label is not None and block.body:
        term, meaning = block.label.text, Field(block.body, block.body_span)
    elif dash is not None:
        begin = page.text.find(block.text[dash.end() : dash.end() + 20], start, end)
        term, meaning = dash["term"], Field(block.text[dash.end() :], (max(begin, start), end))
    else:
        return
    item = term_item(page, term, meaning.text)
    page.keep("term", item, {"term": (start, meaning.span[0]), "meaning": meaning.span}, [block])
