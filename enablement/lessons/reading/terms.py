"""Glossary entries: a table of terms, or labelled lines in a section of terms."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.columns import term_columns
from enablement.lessons.reading.page import Field, Page, joined, span_of
from enablement.lessons.reading.sentences import plain, slug_from, title_from
from enablement.lessons.reading.tables import Row, cell_at, header_and_rows, spread
from enablement.lessons.reading.wordings import Role

DASH = re.compile(r"(?P<term>[^\n—–:.]{1,60}?)\s+[—–-]\s+(?=\S)")
SHORT_FORM = re.compile(r"(?P<name>.+?)\s*\((?P<alias>[^()]{2,60})\)$")


def find_term_tables(page: Page) -> None:
    """Record a term for each row of each table headed “Term | Meaning” or the like."""
    for table in page.free(page.outline.blocks):
        if table.kind is not Kind.TABLE or not (parsed := header_and_rows(table.rows)):
            continue
        columns = term_columns(parsed[0])
        if columns:
            _keep_rows(page, table, parsed[1], columns)


def find_term_lists(page: Page) -> None:
    """Record a term for each labelled line under a heading such as “Key terms” or “Glossary”."""
    for section in page.outline.sections:
        role = page.role(section)
        if role is None or role.role is not Role.TERMS:
            continue
        for block in page.free(section.blocks):
            _keep_line(page, block)
        for child in page.outline.children(section):
            if child.blocks and page.free(child.blocks) == child.blocks:
                item = term_item(page, child.title, joined(child.blocks))
                spans = {"term": child.span, "meaning": span_of(child.blocks)}
                page.keep("term", item, spans, child.blocks, [child])


def term_item(page: Page, term: str, meaning: str) -> dict[str, object]:
    """Return the entry's fields; a bracket after the term is another name of it."""
    short = SHORT_FORM.match(plain(term))
    name = short["name"] if short else plain(term)
    item: dict[str, object] = {"slug": slug_from(name), "term": title_from(name), "meaning": meaning}
    if short:
        item["aliases"] = [short["alias"].strip()]
    item["card"] = page.subjects.named(name)
    return item


def _keep_rows(page: Page, table: Block, rows: tuple[Row, ...], columns: tuple[int, int]) -> None:
    kept = [(row, term) for row in rows if (term := cell_at(row, columns[0]))]
    shares = spread(table.span, [row for row, _ in kept]) if kept else []
    for (row, term), span in zip(kept, shares, strict=True):
        meaning = cell_at(row, columns[1])
        item = term_item(page, term.text, meaning.text if meaning else "")
        spans = {"term": term.span} | ({"meaning": meaning.span} if meaning else {})
        page.keep("term", item, spans, [], span=span)
        page.taken_blocks.add(table.index)


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
