"""Analogies in a section of their own: the familiar thing, how it maps, where it holds, where it breaks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from enablement.lessons.reading.analogy_fields import AMBIGUOUS, analogy_field
from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.likeness import likeness_in
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, heading_title, joined, span_of
from enablement.lessons.reading.parts import Part, parts_of
from enablement.lessons.reading.sentences import clean, sentence_spans, slug_from
from enablement.lessons.reading.subjects import mentioned
from enablement.lessons.reading.wordings import Role

CAUTION_START = re.compile(
    r"(?:in|for|with|during) (?:a|an|your|the|any) (?:buyer|customer|client|sales)\b"
    r"|(?:caution|be careful|watch out)\b",
    re.I,
)


def find_analogies(page: Page) -> None:
    """Record an analogy for each section that says where something holds or where it breaks."""
    for section in page.outline.sections:
        intro, parts = parts_of(page.outline, section)
        fields = {analogy_field(part.key): _list_only(part) for part in reversed(parts)}
        if section.title and _is_analogy(page, section, intro, fields):
            _keep(page, section, fields)


def _is_analogy(page: Page, section: Section, intro: list[Block], fields: dict[str, Part]) -> bool:
    """Labels such as “Differences” are no sign by themselves: then the section must say that it likens."""
    told = [part.key for name, part in fields.items() if name in ("holds", "breaks")]
    is_document = section.title == page.outline.title
    if not told or (is_document and len(told) < 2):
        return False
    if any(key not in AMBIGUOUS for key in told) or "familiar" in fields:
        return True
    role = page.role(section)
    return (role is not None and role.role is Role.ANALOGY) or bool(intro and likeness_in(intro[0].body))


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
        if "familiar" not in parts and (liked := likeness_in(intro[0].body)):
            item["familiar"], spans["familiar"] = liked.familiar, liked.span_in(page.text, intro[0].body_span)
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
