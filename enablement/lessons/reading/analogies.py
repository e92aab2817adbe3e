"""Analogies in a section of their own: the familiar thing, how it maps, where it holds, where it breaks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from enablement.lessons.reading.blocks import Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, heading_title, joined, span_of
from enablement.lessons.reading.parts import Part, parts_of
from enablement.lessons.reading.sentences import clean, sentence_spans, slug_from
from enablement.lessons.reading.subjects import mentioned
from enablement.lessons.reading.vocabulary import BREAKS, CAUTION, FAMILIAR, HOLDS, MAPPING

ANALOGY_LABEL = re.compile(r"\banalog(?:y|ue)?$")
CAUTION_START = re.compile(
    r"(?:in|for|with|during) (?:a|an|your|the|any) (?:buyer|customer|client|sales)\b"
    r"|(?:caution|be careful|watch out)\b",
    re.I,
)


def find_analogies(page: Page) -> None:
    """Record an analogy for each section that says where something holds or where it breaks."""
    for section in page.outline.sections:
        parts = parts_of(page.outline, section)[1]
        roles = {_field(part.key): _list_only(part) for part in reversed(parts)}
        if ("holds" in roles or "breaks" in roles) and section.title:
            _keep(page, section, roles)


def _field(key: str) -> str:
    if key in HOLDS:
        return "holds"
    if key in BREAKS:
        return "breaks"
    if key in MAPPING:
        return "mapping"
    if key in CAUTION:
        return "caution"
    return "familiar" if key in FAMILIAR or ANALOGY_LABEL.search(key) else ""


def _list_only(part: Part) -> Part:
    """A part that is a list ends with the list; a paragraph after it is not one of its propositions."""
    first = 0 if part.heading else 1
    if not any(block.kind is Kind.ITEM for block in part.blocks[first : first + 1]):
        return part
    end = first
    while end < len(part.blocks) and part.blocks[end].kind is Kind.ITEM:
        end += 1
    return replace(part, blocks=part.blocks[:end])


def _keep(page: Page, section: Section, parts: dict[str, Part]) -> None:
    intro = parts_of(page.outline, section)[0]
    item: dict[str, Any] = {"title": heading_title(section)}
    spans: dict[str, Span] = {"title": section.span}
    if intro:
        item["mapping"], spans["mapping"] = joined(intro), span_of(intro)
    for name in ("familiar", "mapping", "caution"):
        if name in parts and (name != "mapping" or not intro):
            _add_text(item, spans, name, parts[name])
    for name in ("holds", "breaks"):
        if name in parts:
            _add_propositions(page, item, spans, name, parts[name])
    item["slug"] = slug_from(item["title"])
    told = [*item.get("holds", [])[:1], item.get("mapping", ""), *item.get("breaks", [])]
    item["card"] = mentioned(page.subjects, told)
    used = [part for name, part in parts.items() if name]
    blocks = intro + [block for part in used for block in part.blocks]
    page.keep("analogy", item, spans, blocks, [section, *(part.heading for part in used if part.heading)])


def _add_text(item: dict[str, Any], spans: dict[str, Span], name: str, part: Part) -> None:
    """Paragraphs after the familiar thing's own say how it maps."""
    head, *rest = part.blocks
    if name == "familiar" and rest and part.heading is None and head.body:
        item[name], spans[name] = head.body.rstrip("."), head.body_span
        if "mapping" not in item:
            item["mapping"], spans["mapping"] = joined(rest), span_of(rest)
        return
    item[name], spans[name] = part.text, part.span


def _add_propositions(
    page: Page, item: dict[str, Any], spans: dict[str, Span], name: str, part: Part
) -> None:
    """Split into sentences, or into list items. A last remark on buyer conversations is the caution."""
    pieces = _pieces(page, part)
    warnings = [place for place, span in enumerate(pieces) if CAUTION_START.match(page.text[slice(*span)])]
    caution = warnings[0] if warnings else 0
    if name == "breaks" and caution and "caution" not in item:
        span = (pieces[caution][0], pieces[-1][1])
        item["caution"], spans["caution"] = clean(page.text[slice(*span)]), span
        pieces = pieces[:caution]
    item[name] = [clean(page.text[slice(*span)]) for span in pieces]
    spans |= {f"{name}.{place}": span for place, span in enumerate(pieces)}


def _pieces(page: Page, part: Part) -> list[Span]:
    pieces: list[Span] = []
    for place, block in enumerate(part.blocks):
        span = block.body_span if place == 0 and part.heading is None else block.text_span
        if block.kind is Kind.ITEM and (place > 0 or part.heading):
            pieces.append(span)
        else:
            pieces.extend(sentence_spans(page.text, span))
    return pieces
