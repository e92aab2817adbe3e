"""Fits: where a method fits, where it does not help, what it costs, advice; from lists and sub-headings."""

from __future__ import annotations

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.fit_prose import NEGATION, find_if_sentences, speaks_of
from enablement.lessons.reading.items import head_and_rest
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.roles import announced
from enablement.lessons.reading.sentences import sentence_spans, title_from
from enablement.lessons.reading.situations import SectionReader, keep_situation
from enablement.lessons.reading.vocabulary import EXAMPLES, NOTES
from enablement.lessons.reading.wordings import Role

MAX_LEAD_WORDS = 10
MIN_LABELLED = 2


def find_fits(page: Page) -> None:
    """Record the fits of every section, in document order."""
    before: dict[int, str] = {}
    for section in page.outline.sections:
        told = page.role(section)
        reader = SectionReader(page, section, told, subject_before=before.get(section.level, ""))
        if told is not None and told.subject:
            before[section.level] = told.subject
        blocks = page.free(section.blocks)
        labelled = sum(_is_labelled(block) for block in blocks) >= MIN_LABELLED
        for block in blocks:
            _read(reader, block, labelled=labelled)
        if reader.role is not None:
            _read_children(reader)
        for situation in reader.found:
            keep_situation(page, situation)


def _is_labelled(block: Block) -> bool:
    if block.kind is not Kind.PARAGRAPH or block.label is None or not block.body:
        return False
    return block.label.key not in EXAMPLES | NOTES


def _read(reader: SectionReader, block: Block, *, labelled: bool) -> None:
    key = block.label.key if block.label else ""
    if block.is_lead and block.kind is Kind.PARAGRAPH:
        reader.lead, reader.lead_told = block, announced(block.text)
        reader.unclear = reader.lead_told is None and NEGATION.search(block.text) is not None
        reader.unused_lead = block if len(block.text.split()) <= MAX_LEAD_WORDS else None
    elif reader.role is None or reader.unclear or block.kind in (Kind.TABLE, Kind.CODE, Kind.ARROW):
        return
    elif (key in EXAMPLES or key in NOTES) and reader.found:
        (reader.found[-1].example if key in EXAMPLES else reader.found[-1].text_blocks).append(block)
    elif block.kind is Kind.ITEM:
        _read_item(reader, block)
    elif labelled and _is_labelled(block) and block.label is not None:
        label_span = (block.text_span[0], block.body_span[0])
        reader.start(title_from(block.label.text), label_span, [block], from_body=True)
    else:
        _read_prose(reader, block)


def _read_item(reader: SectionReader, block: Block) -> None:
    last = reader.found[-1].text_blocks if reader.found else []
    follows = bool(last) and last[0].kind is Kind.ITEM and last[-1].index == block.index - 1
    if follows and block.indent > last[0].indent:
        last.append(block)
        return
    name = head_and_rest(reader.page.text, block)[0]
    reader.start(title_from(reader.page.text[slice(*name)]), name, [block])


def _read_prose(reader: SectionReader, block: Block) -> None:
    """A paragraph after a list ends what its lead-in announced; the heading's word still holds."""
    reader.lead = reader.lead_told = reader.unused_lead = None
    reader.unclear = False
    if reader.role is Role.FITS:
        find_if_sentences(reader.page, block, reader.card_for([block]))
    elif reader.role is not None and speaks_of(reader.role, block.text):
        first = sentence_spans(reader.page.text, block.text_span)[0]
        reader.start(title_from(reader.page.text[slice(*first)]), first, [block])


def _read_children(reader: SectionReader) -> None:
    for child in reader.page.outline.children(reader.section):
        blocks = reader.page.free(child.blocks)
        if not blocks or blocks != child.blocks or reader.page.role(child) is not None:
            continue
        if reader.page.subjects.named(child.title):
            # A part for each method: what stands in it says for itself whether it fits.
            continue
        body = [block for block in blocks if not (block.label and block.label.key in EXAMPLES)]
        situation = reader.start(title_from(child.title), child.span, body or blocks)
        situation.heading = child
        situation.example = [block for block in blocks if block not in body] if body else []
