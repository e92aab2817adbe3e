"""Comparisons drawn as a table: a trait a row, a card a column."""

from __future__ import annotations

from typing import Any

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.columns import TRAIT, heading_key
from enablement.lessons.reading.comparisons import comparison_item, number_traits
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.page import Page, heading_title
from enablement.lessons.reading.sentences import plain, slug_from, title_from
from enablement.lessons.reading.tables import Cell, Row, cell_at, header_and_rows

MIN_CARDS = 2
NOTHING = Cell("", (0, 0))


def find_comparison_tables(page: Page) -> None:
    """Record a comparison for each table whose columns, or rows, are headed with the document's methods."""
    for table in page.free(page.outline.blocks):
        if table.kind is not Kind.TABLE or not (parsed := header_and_rows(table.rows)):
            continue
        header, rows = parsed
        columns = _named(page, header.cells)
        if len(columns) >= MIN_CARDS and header.cells and TRAIT.match(heading_key(header.cells[0].text)):
            _keep(page, table, columns, rows)
            continue
        methods = _named(page, tuple(row.cells[0] for row in rows if row.cells))
        if len(methods) >= MIN_CARDS and len(methods) == len(rows) and len(header.cells) > 1:
            _keep(page, table, *_turned(header, rows, list(methods)))


def _named(page: Page, cells: tuple[Cell, ...]) -> dict[str, int]:
    """The methods that cells name, each with its place."""
    named = [page.subjects.named(plain(cell.text)) for cell in cells]
    return {slug: place for place, slug in enumerate(named) if slug}


def _turned(header: Row, rows: tuple[Row, ...], methods: list[str]) -> tuple[dict[str, int], tuple[Row, ...]]:
    """A table with a method a row, as if it had a method a column. Every row keeps its table's whole span."""
    width = len(header.cells)
    full = [[*row.cells, *[NOTHING] * (width - len(row.cells))] for row in rows]
    turned = [
        Row((header.cells[column], *(cells[column] for cells in full)), header.span)
        for column in range(1, width)
    ]
    return {slug: place for place, slug in enumerate(methods, 1)}, tuple(turned)


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
