"""What no recogniser took, as passages under their headings; and the check that nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import PassageDraft, Span
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.sentences import clean, sentence_spans
from enablement.lessons.reading.unrecognised import why_unrecognised

MAX_CHARACTERS = 1_200
"""A passage is embedded whole: the encoder reads 256 word pieces, some 1,200 characters of English."""


def make_passages(page: Page) -> list[PassageDraft]:
    """Return a passage for each free paragraph, and one for each list together with the line over it."""
    found: list[PassageDraft] = []
    for group in _groups(page):
        path, why = _path(page, group[0]), why_unrecognised(page, group[0])
        if len(group) > 1:
            text = "\n".join(("- " if block.kind is Kind.ITEM else "") + block.text for block in group)
            found.append(PassageDraft(path, text, (group[0].span[0], group[-1].span[1]), why))
        else:
            found.extend(replace(piece, why=why) for piece in _pieces(page, group[0], path))
    return found


def _path(page: Page, block: Block) -> tuple[str, ...]:
    path = page.outline.sections[block.section].path
    title = page.outline.title
    return path if path or not title else (title,)


def _groups(page: Page) -> list[list[Block]]:
    groups: list[list[Block]] = []
    size = 0
    for block in page.free(page.outline.blocks):
        fits = size + len(block.text) <= MAX_CHARACTERS
        if groups and fits and _belongs(groups[-1][-1], block):
            groups[-1].append(block)
            size += len(block.text)
        else:
            groups.append([block])
            size = len(block.text)
    return groups


def _belongs(above: Block, block: Block) -> bool:
    if (
        above.index != block.index - 1
        or above.section != block.section
        or block.kind in (Kind.TABLE, Kind.CODE)
    ):
        return False
    listed = (Kind.ITEM, Kind.ARROW)
    return (above.is_lead and not block.is_lead) or (block.kind in listed and above.kind in listed)


def _pieces(page: Page, block: Block, path: tuple[str, ...]) -> list[PassageDraft]:
    """Cut a long paragraph between sentences, a long table or code between lines."""
    if len(block.text) <= MAX_CHARACTERS and block.kind is not Kind.TABLE:
        return [PassageDraft(path, block.text, block.span)]
    by_line = block.kind in (Kind.TABLE, Kind.CODE)
    units = _lines(page.text, block.span) if by_line else sentence_spans(page.text, block.span)
    found: list[PassageDraft] = []
    for start, end in _filled([piece for unit in units for piece in _cut(page.text, unit)]):
        raw = page.text[start:end]
        found.append(PassageDraft(path, raw if by_line else clean(raw), (start, end)))
    return found


def _lines(text: str, span: Span) -> list[Span]:
    lines: list[Span] = []
    start = span[0]
    for line in text[slice(*span)].split("\n"):
        if line.strip():
            lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _cut(text: str, unit: Span) -> list[Span]:
    """Cut a sentence that is itself too long between words, or anywhere where it has no blanks."""
    start, end = unit
    pieces: list[Span] = []
    while end - start > MAX_CHARACTERS:
        blank = text.rfind(" ", start, start + MAX_CHARACTERS)
        cut = blank if blank > start else start + MAX_CHARACTERS
        pieces.append((start, cut))
        start = cut + (text[cut] == " ")
    return [*pieces, (start, end)]


def _filled(units: list[Span]) -> list[Span]:
    """Join neighbours up to the greatest size of a passage."""
    filled: list[Span] = []
    for unit in units:
        if filled and unit[1] - filled[-1][0] <= MAX_CHARACTERS:
            filled[-1] = (filled[-1][0], unit[1])
        else:
            filled.append(unit)
    return filled
