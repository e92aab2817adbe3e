"""Comparisons as nested lists: a trait an item, and under it a labelled line for each method."""

from __future__ import annotations

from typing import Any

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.comparisons import MIN_TRAITS, comparison_item, number_traits
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.items import Entry, entries_of
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, heading_title
from enablement.lessons.reading.sentences import slug_from, title_from

MIN_CARDS = 2


def find_comparison_lists(page: Page) -> None:
    """Record a comparison for each list whose items all set the same methods against each other."""
    for section in page.outline.sections:
        items = [block for block in page.free(section.blocks) if block.kind is Kind.ITEM]
        entries = entries_of(items)
        cells = [_cells(page, entry) for entry in entries]
        if len(entries) >= MIN_TRAITS and all(len(found) >= MIN_CARDS for found in cells):
            _keep(page, section, entries, cells)


def _cells(page: Page, entry: Entry) -> dict[str, Block]:
    found: dict[str, Block] = {}
    for block in entry.blocks[1:]:
        slug = page.subjects.named(block.label.text) if block.label and block.body else ""
        if slug:
            found.setdefault(slug, block)
    return found


def _keep(page: Page, section: Section, entries: list[Entry], cells: list[dict[str, Block]]) -> None:
    cards = list(dict.fromkeys(slug for found in cells for slug in found))
    item: dict[str, Any] = comparison_item(page, heading_title(section)) | {"cards": cards}
    spans: dict[str, Span] = {"title": section.span}
    item["traits"] = []
    for place, (entry, found) in enumerate(zip(entries, cells, strict=True)):
        title = title_from(entry.head.text)
        said = {slug: block.body for slug, block in found.items()}
        item["traits"].append({"slug": slug_from(title), "title": title, "cells": said})
        spans[f"traits.{place}.title"] = entry.head.text_span
        spans |= {f"traits.{place}.cells.{slug}": block.body_span for slug, block in found.items()}
    number_traits(item["traits"])
    blocks = [block for entry in entries for block in entry.blocks]
    page.keep("comparison", item, spans, blocks, [section])
