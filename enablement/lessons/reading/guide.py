"""Guide entries from tables: don't say, do say and, where the table has it, why."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.columns import columns_of
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import first_sentence, slug_from, unquoted
from enablement.lessons.reading.tables import Row, cell_at, header_and_rows, spread
from enablement.lessons.reading.wordings import Role

OF_WORDS = re.compile(r"\b(?:words?|wordings?|language|phras\w+|say(?:ing)?|tone|vocabulary)\b", re.I)
QUOTES = "\"“”‘'«"


def find_guide_tables(page: Page) -> None:
    """Record a guide entry for each row of each table that sets wordings against each other."""
    for table in page.outline.blocks:
        if table.kind is Kind.TABLE and (parsed := header_and_rows(table.rows)):
            header, rows = parsed
            columns = columns_of(header, weak=_is_wording(page, table, rows))
            if {"dont_say", "do_say"} <= columns.keys():
                _keep_rows(page, table, rows, columns)


def guide_item(dont_say: str = "", do_say: str = "", why: str = "") -> dict[str, str]:
    """Return the entry's fields, without the quotation marks around the wordings."""
    dont_say, do_say = unquoted(dont_say), unquoted(do_say)
    slug = slug_from(first_sentence(dont_say or do_say))
    return {"slug": slug, "dont_say": dont_say, "do_say": do_say, "why": why}


def _is_wording(page: Page, table: Block, rows: tuple[Row, ...]) -> bool:
    section = page.outline.sections[table.section]
    role = page.role(section)
    if (role and role.role is Role.GUIDE) or any(OF_WORDS.search(title) for title in section.path):
        return True
    quoted = sum(any(cell.text[:1] and cell.text[0] in QUOTES for cell in row.cells) for row in rows)
    return quoted * 2 >= len(rows)


def _keep_rows(page: Page, table: Block, rows: tuple[Row, ...], columns: dict[str, int]) -> None:
    """Keep every row that has a wording."""
    kept = [row for row in rows if any(cell_at(row, columns[name]) for name in ("dont_say", "do_say"))]
    for row, span in zip(kept, spread(table.span, kept) if kept else [], strict=True):
        cells = {name: cell for name, column in columns.items() if (cell := cell_at(row, column))}
        item = guide_item(**{name: cell.text for name, cell in cells.items()})
        page.keep("guide_entry", dict(item), {name: cell.span for name, cell in cells.items()}, [], span=span)
        page.taken_blocks.add(table.index)
