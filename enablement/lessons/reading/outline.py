"""A document as a tree of sections over a flat list of blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enablement.lessons.reading.blocks import Block, make_blocks
from enablement.lessons.reading.boilerplate import find_boilerplate
from enablement.lessons.reading.drafts import Skipped, Span
from enablement.lessons.reading.headings import Heading, markdown_headings
from enablement.lessons.reading.levels import level_headings
from enablement.lessons.reading.lines import Line, Shape, split_lines
from enablement.lessons.reading.pasted import pasted_headings
from enablement.lessons.reading.unmarked import with_lost_bullets
from enablement.lessons.reading.ways import way_of
from enablement.lessons.reading.wrapping import Wrapping, wrapping_of

CODE_MARK = "a mark around a drawing"
DIVIDER = "a dividing line"
FRONT_MATTER = "settings at the top of a Markdown file"
SETTING = re.compile(r"[\w-]+:|- |#")


@dataclass(slots=True)
class Section:
    """A heading and what stands directly under it. Section 0 has no heading and holds the beginning."""

    index: int
    title: str
    level: int
    span: Span
    parent: int
    number: str
    path: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """`title` is "" when the document does not begin with one."""

    text: str
    title: str
    sections: list[Section]
    blocks: list[Block]
    skipped: list[Skipped]

    def children(self, section: Section) -> list[Section]:
        """Return the sections directly below one."""
        return [self.sections[index] for index in section.children]

    def below(self, section: Section) -> list[Section]:
        """Return all sections below one, at any depth, in document order."""
        end = section.index + 1
        while end < len(self.sections) and self.sections[end].level > section.level:
            end += 1
        return self.sections[section.index + 1 : end]


def outline_of(text: str) -> Outline:
    """Find the headings and blocks of a document, and the lines that are not its author's."""
    lines = split_lines(text)
    left_out = _front_matter(lines) or find_boilerplate(lines)
    left_out |= _drawing_marks(lines)
    written = [line for line in lines if line.shape is not Shape.BLANK and line.number not in left_out]
    marked = markdown_headings(written)
    wrapping = wrapping_of(written, markdown=marked is not None)
    written = with_lost_bullets(written, wrapping)
    headings = level_headings(pasted_headings(written, wrapping), written) if marked is None else marked
    underlines = {heading.line.number + 1 for heading in headings if heading.lines == 2}
    left_out |= {
        line.number: DIVIDER for line in written if line.shape is Shape.RULE and line.number not in underlines
    }
    sections = _sections(headings, lines)
    titled = bool(headings) and headings[0].line is written[0] and not headings[0].number
    title = headings[0].title if titled else ""
    outline = Outline(text, title, sections, [], _skipped(text, lines, left_out))
    _fill(outline, headings, [line for line in written if line.number not in left_out], wrapping)
    return outline


def _drawing_marks(lines: list[Line]) -> dict[int, str]:
    """The marks around a decision tree set as code: what they enclose is read as lines, not as code."""
    found: dict[int, str] = {}
    fences = [line for line in lines if line.shape is Shape.FENCE]
    for opening, closing in zip(fences[::2], fences[1::2], strict=False):
        inner = lines[opening.number + 1 : closing.number]
        if any(line.text.endswith("?") for line in inner) and any(way_of(line.text) for line in inner):
            found |= {opening.number: CODE_MARK, closing.number: CODE_MARK}
    return found


def _front_matter(lines: list[Line]) -> dict[int, str]:
    if lines[0].text != "---":
        return {}
    for line in lines[1:60]:
        if line.text == "---":
            return {inner.number: FRONT_MATTER for inner in lines[: line.number + 1] if inner.text}
        if line.text and not line.indent and not SETTING.match(line.text):
            break
    return {}


def _sections(headings: list[Heading], lines: list[Line]) -> list[Section]:
    sections = [Section(0, "", 0, (0, 0), -1, "", ())]
    for heading in headings:
        parent = sections[-1]
        while parent.level >= heading.level:
            parent = sections[parent.parent]
        span = (heading.line.span[0], lines[heading.line.number + heading.lines - 1].span[1])
        path = (*parent.path, heading.title)
        place = len(sections)
        section = Section(place, heading.title, heading.level, span, parent.index, heading.number, path)
        parent.children.append(section.index)
        sections.append(section)
    return sections


def _fill(outline: Outline, headings: list[Heading], written: list[Line], wrapping: Wrapping) -> None:
    starts = {heading.line.number: place for place, heading in enumerate(headings, 1)}
    skip = {heading.line.number + 1 for heading in headings if heading.lines == 2}
    own: list[list[Line]] = [[] for _ in outline.sections]
    current = 0
    for line in written:
        if line.number in starts:
            current = starts[line.number]
        elif line.number not in skip:
            own[current].append(line)
    for section in outline.sections:
        blocks = make_blocks(outline.text, own[section.index], section.index, len(outline.blocks), wrapping)
        section.blocks.extend(blocks)
        outline.blocks.extend(blocks)


def _skipped(text: str, lines: list[Line], left_out: dict[int, str]) -> list[Skipped]:
    """Lines left out for the same reason, with only blanks between them, make one part."""
    found: list[Skipped] = []
    open_reason = ""
    for line in lines:
        reason = left_out.get(line.number, "")
        if reason and reason == open_reason:
            span = (found[-1].span[0], line.span[1])
            found[-1] = Skipped(text[slice(*span)], span, reason)
        elif reason:
            found.append(Skipped(line.text, line.span, reason))
        open_reason = reason if line.text else open_reason
    return found
