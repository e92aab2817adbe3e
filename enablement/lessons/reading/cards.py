"""Cards: a section with labelled paragraphs, list items or sub-headings for the four fields."""

from __future__ import annotations

from enablement.lessons.reading.naming import card_name
from enablement.lessons.reading.outline import Outline, Section
from enablement.lessons.reading.page import Page, heading_title, joined, span_of
from enablement.lessons.reading.parts import Part, parts_of
from enablement.lessons.reading.sentences import slug_from
from enablement.lessons.reading.vocabulary import CARD_FIELDS

MIN_FIELDS = 2


def card_sections(outline: Outline) -> list[Section]:
    """Return the sections that read as cards: a heading over at least two of the four fields."""
    headed = [section for section in outline.sections if section.title]
    return [section for section in headed if len(_fields(outline, section)) >= MIN_FIELDS]


def find_cards(page: Page) -> None:
    """Record a draft for each card section."""
    for section in card_sections(page.outline):
        _keep_card(page, section)


def _fields(outline: Outline, section: Section) -> dict[str, Part]:
    """The first part of each field; a second one under the same label is not the same card's."""
    found: dict[str, Part] = {}
    for part in parts_of(outline, section)[1]:
        name = CARD_FIELDS.get(part.key)
        if name:
            found.setdefault(name, part)
    return found


def _keep_card(page: Page, section: Section) -> None:
    intro = parts_of(page.outline, section)[0]
    fields = _fields(page.outline, section)
    title = card_name(heading_title(section))
    item = {"slug": slug_from(title), "title": title, "summary": joined(intro)}
    spans = {"title": section.span}
    if intro:
        spans["summary"] = span_of(intro)
    for name, part in fields.items():
        item[name] = part.text
        spans[name] = part.span
    blocks = intro + [block for part in fields.values() for block in part.blocks]
    headings = [part.heading for part in fields.values() if part.heading]
    page.keep("card", item, spans, blocks, [section, *headings])
