"""Comparisons: a section with one sub-heading or one labelled paragraph a trait."""

from __future__ import annotations

from typing import Any

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page, heading_title, joined, span_of
from enablement.lessons.reading.parts import Part, parts_of
from enablement.lessons.reading.roles import FIT_ROLES, role_of
from enablement.lessons.reading.sentences import clean, plain, sentence_spans, slug_from, title_from
from enablement.lessons.reading.slugs import own_slugs
from enablement.lessons.reading.wordings import Role

MIN_TRAITS = 2
MAX_CLAIM_WORDS = 30


def find_comparisons(page: Page) -> None:
    """Record a comparison for each section that announces one and has at least two traits."""
    for section in page.outline.sections:
        if section.index in page.taken_headings or not _announces(page, section):
            continue
        intro, parts = parts_of(page.outline, section)
        traits = [part for part in parts if _is_trait(page, part)]
        if len(traits) >= MIN_TRAITS:
            _keep(page, section, intro, traits)


def comparison_item(page: Page, title: str) -> dict[str, Any]:
    """Return the fields that every comparison has. A heading like “Comparison” is titled by its cards."""
    cards = [subject for subject in page.subjects.known if subject.is_card] or list(page.subjects.known)
    says_only_that = role_of(title) is Role.COMPARISON and not page.subjects.first_in(title)
    if len(cards) >= 2 and (len(title.split()) <= 2 or says_only_that):
        title = " vs ".join(card.title for card in cards)
    slugs = [card.slug for card in cards] if len(cards) >= 2 else []
    return {"slug": slug_from(title), "title": title, "cards": slugs}


def number_traits(traits: list[dict[str, Any]]) -> None:
    """Give the traits of a comparison slugs of their own."""
    wanted = [trait.get("slug", "") for trait in traits]
    for trait, slug in zip(traits, own_slugs(wanted, "trait"), strict=True):
        trait["slug"] = slug


def _announces(page: Page, section: Section) -> bool:
    role = page.role(section)
    if role is not None:
        return role.role is Role.COMPARISON
    sides = [page.subjects.named(side) for side in section.title.replace(" versus ", " vs ").split(" vs ")]
    return section.title != page.outline.title and len(sides) > 1 and all(sides)


def _is_trait(page: Page, part: Part) -> bool:
    blocks = list(part.blocks)
    if page.free(blocks) != blocks or any(block.kind is Kind.TABLE for block in blocks):
        return False
    role = page.role(part.heading) if part.heading else None
    return role is None or role.role in FIT_ROLES


def _keep(page: Page, section: Section, intro: list[Block], parts: list[Part]) -> None:
    """Labelled paragraphs before sub-headings are the introduction's, not traits."""
    if sum(part.heading is not None for part in parts) >= MIN_TRAITS:
        intro = page.free(section.blocks)
        parts = [part for part in parts if part.heading is not None]
    item = comparison_item(page, heading_title(section)) | {"summary": joined(intro)}
    spans: dict[str, Span] = {"title": section.span}
    if intro:
        spans["summary"] = span_of(intro)
    item["traits"] = [_trait(page, part, f"traits.{place}", spans) for place, part in enumerate(parts)]
    number_traits(item["traits"])
    blocks = intro + [block for part in parts for block in part.blocks]
    page.keep("comparison", item, spans, blocks, [section, *(part.heading for part in parts if part.heading)])


def _trait(page: Page, part: Part, path: str, spans: dict[str, Span]) -> dict[str, Any]:
    label = part.blocks[0].label
    title = part.heading.title if part.heading else label.text if label else part.key
    spans[f"{path}.title"] = part.heading.span if part.heading else part.blocks[0].span
    claim, first, rest = _claim(page, part)
    spans[f"{path}.claim"] = claim
    cells = _cells(page, list(part.blocks))
    told = {slug: block.body_span for slug, block in cells.items()} or _told_in_sentences(page, part)
    spans |= {f"{path}.cells.{slug}": span for slug, span in told.items()}
    others = [block for block in part.blocks[1:] if block not in cells.values()]
    is_shared = part.blocks[0] in cells.values() or (told and not cells)
    remainder = "" if is_shared else clean(page.text[first:rest])
    explanation = "\n\n".join(text for text in (remainder, joined(others)) if text)
    if explanation:
        spans[f"{path}.explanation"] = (first if remainder else others[0].span[0], part.span[1])
    item = {
        "slug": slug_from(title),
        "title": title_from(title),
        "claim": clean(page.text[slice(*claim)]),
        "cells": {slug: plain(clean(page.text[slice(*span)])) for slug, span in told.items()},
        "explanation": explanation,
    }
    return {key: value for key, value in item.items() if value}


def _claim(page: Page, part: Part) -> tuple[Span, int, int]:
    """The claim is a short first paragraph that stands alone, else the first sentence.

    Returns its span, and from where to where the first paragraph goes on after it.
    """
    block = part.blocks[0]
    start, end = block.text_span if part.heading else block.body_span
    if len(part.blocks) > 1 and len(page.text[start:end].split()) <= MAX_CLAIM_WORDS:
        return (start, end), end, end
    sentences = sentence_spans(page.text, (start, end)) or [(start, end)]
    return sentences[0], sentences[0][1], end


def _cells(page: Page, blocks: list[Block]) -> dict[str, Block]:
    """One paragraph for each card that begins with its name. Only when every card has one is that clear."""
    found: dict[str, Block] = {}
    for block in blocks:
        name = block.label.text if block.label else block.text
        slug = page.subjects.named(name) if block.label else page.subjects.opening(name)
        if slug:
            found.setdefault(slug, block)
    wanted = _wanted(page)
    return found if len(wanted) >= 2 and wanted <= found.keys() else {}


def _wanted(page: Page) -> set[str]:
    """The methods that a comparison of this document sets against each other."""
    cards = {subject.slug for subject in page.subjects.known if subject.is_card}
    return cards if len(cards) >= 2 else {subject.slug for subject in page.subjects.known}


def _told_in_sentences(page: Page, part: Part) -> dict[str, Span]:
    """A trait of one paragraph whose sentences begin with the cards' names in turn."""
    cards = _wanted(page)
    found: dict[str, Span] = {}
    if len(part.blocks) > 1 or len(cards) < 2:
        return found
    block = part.blocks[0]
    last = ""
    for start, end in sentence_spans(page.text, block.text_span if part.heading else block.body_span):
        slug = page.subjects.opening(page.text[start:end])
        if slug and slug not in found:
            last, found[slug] = slug, (start, end)
        elif last and slug in ("", last):
            found[last] = (found[last][0], end)
        else:
            return {}
    return found if cards <= found.keys() else {}
