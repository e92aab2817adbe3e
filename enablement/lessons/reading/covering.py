"""Headings and lead-ins go with the first thing that stands under them, so that no line is lost."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from enablement.lessons.reading.drafts import Draft, PassageDraft, Skipped, Span
from enablement.lessons.reading.outline import Section
from enablement.lessons.reading.page import Page

EMPTY_HEADING = "a heading with nothing under it"


def cover_headings(
    page: Page, drafts: list[Draft], passages: list[PassageDraft]
) -> tuple[list[Draft], list[PassageDraft], list[Skipped]]:
    """Widen the first draft or passage of each section to its heading; headings over nothing are skipped."""
    pieces: list[Draft | PassageDraft] = sorted([*drafts, *passages], key=lambda piece: piece.span)
    starts = [piece.span[0] for piece in pieces]
    skipped: list[Skipped] = []
    ends = _ends(page)
    for section in reversed(page.outline.sections):
        if not section.title or section.index in page.taken_headings:
            continue
        place = bisect_left(starts, section.span[0])
        if place < len(pieces) and starts[place] < ends[section.index]:
            # Sections are walked from the last to the first, so `starts` stays sorted.
            starts[place] = section.span[0]
            pieces[place] = replace(pieces[place], span=(section.span[0], pieces[place].span[1]))
        elif not _inside(pieces, starts, section.span):
            skipped.append(Skipped(section.title, section.span, EMPTY_HEADING))
    return (
        [piece for piece in pieces if isinstance(piece, Draft)],
        [piece for piece in pieces if isinstance(piece, PassageDraft)],
        skipped,
    )


def _ends(page: Page) -> dict[int, int]:
    """Where each section ends: at the next heading that is not below it."""
    ends: dict[int, int] = {}
    open_sections: list[Section] = []
    for section in page.outline.sections[1:]:
        while open_sections and open_sections[-1].level >= section.level:
            ends[open_sections.pop().index] = section.span[0]
        open_sections.append(section)
    return ends | {section.index: len(page.text) for section in open_sections}


def _inside(pieces: list[Draft | PassageDraft], starts: list[int], span: Span) -> bool:
    """Whether one of the pieces that begin just before a span reaches over it."""
    place = bisect_left(starts, span[0])
    return any(piece.span[1] >= span[1] for piece in pieces[max(0, place - 8) : place])
