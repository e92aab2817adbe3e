"""Glossary entries from tables, and what every glossary entry has."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.columns import term_columns
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import plain, slug_from, title_from
from enablement.lessons.reading.tables import Row, cell_at, header_and_rows, spread

SHORT_FORM = re.compile(r"(?P<name>.+?)\s*\((?P<alias>[^()]{2,60})\)$")


def find_term_tables(page: Page) -> None:
    """Record a term for each row of each table headed “Term | Meaning” or the like."""
    for table in page.free(page.outline.blocks):
        if table.kind is not Kind.TABLE or not (parsed := header_and_rows(table.rows)):
            continue
        columns = term_columns(parsed[0])
        if columns:
            _keep_rows(page, table, parsed[1], columns)


def term_item(page: Page, term: str, meaning: str, alias: str = "") -> dict[str, object]:
    """Return the entry's fields; a bracket after the term is another name of it."""
    short = SHORT_FORM.match(plain(term))
    name = short["name"] if short else plain(term)
    aliases = [other for other in (short["alias"].strip() if short else "", plain(alias)) if other]
    item: dict[str, object] = {"slug": slug_from(name), "term": title_from(name), "meaning": meaning}
    return item | {"aliases": aliases, "card": page.subjects.named(name)}


def _keep_rows(page: Page, table: Block, rows: tuple[Row, ...], columns: dict[str, int]) -> None:
    kept = [row for row in rows if cell_at(row, columns["term"])]
    shares = spread(table.span, kept) if kept else []
    for row, span in zip(kept, shares, strict=True):
        cells = {name: cell for name, column in columns.items() if (cell := cell_at(row, column))}
        texts = {name: cell.text for name, cell in cells.items()}
        item = term_item(page, texts["term"], texts.get("meaning", ""), texts.get("alias", ""))
        spans = {("aliases" if name == "alias" else name): cell.span for name, cell in cells.items()}
        page.keep("term", item, spans, [], span=span)
        page.taken_blocks.add(table.index)
