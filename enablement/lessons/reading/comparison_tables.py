"""Comparisons drawn as a table: a trait a row, a card a column."""

from __future__ import annotations

from typing import Any

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.columns import TRAIT, heading_key
from enablement.lessons.reading.comparisons import comparison_item, number_traits
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.page import Page, heading_title
from enablement.lessons.reading.sentences import plain, slug_from, title_from
from enablement.lessons.reading.tables import Row, cell_at, header_and_rows


def find_comparison_tables(page: Page) -> None:
    """Record a comparison for each table whose columns are headed with names of the document's methods."""
    for table in page.free(page.outline.blocks):
        if table.kind is not Kind.TABLE or not (parsed := header_and_rows(table.rows)):
            continue
        header, rows = parsed
        named = [page.subjects.named(plain(cell.text)) for cell in header.cells]
        columns = {slug: place for place, slug in enumerate(named) if slug}
        if len(columns) >= 2 and header.cells and TRAIT.match(heading_key(header.cells[0].text)):
            _keep(page, table, columns, rows)


def _keep(page: Page, table: Block, columns: dict[str, int], rows: tuple[Row, ...]) -> None:
    section = page.outline.sections[table.section]
    item = comparison_item(page, heading_title(section) or "Comparison") | {"cards": list(columns)}
    spans: dict[str, Span] = {}
    item["traits"] = [_trait(row, columns, f"traits.{place}", spans) for place, row in enumerate(rows)]
    number_traits(item["traits"])
    page.keep("comparison", item, spans, [table])


def _trait(row: Row, columns: dict[str, int], path: str, spans: dict[str, Span]) -> dict[str, Any]:
    """A row has no claim: its author left that to the reader, so the editor writes it."""
    title = title_from(row.cells[0].text) if row.cells else ""
    trait: dict[str, Any] = {"slug": slug_from(title), "title": title, "cells": {}}
    if row.cells:
        spans[f"{path}.title"] = row.cells[0].span
    for slug, column in columns.items():
        if cell := cell_at(row, column):
            trait["cells"][slug] = cell.text
            spans[f"{path}.cells.{slug}"] = cell.span
    return {key: value for key, value in trait.items() if value}
