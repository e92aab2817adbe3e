"""Lines joined into blocks: paragraphs, list items, tables, arrow lines, code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.labels import Label, label_of
from enablement.lessons.reading.lines import Line, Shape, is_separator
from enablement.lessons.reading.sentences import clean
from enablement.lessons.reading.tables import Row, read_row
from enablement.lessons.reading.wrapping import Wrapping


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    ARROW = "arrow"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """`text` is without list marker; `body` also without label. `span` covers all, the others their part."""

    index: int
    kind: Kind
    section: int
    span: Span
    text: str
    text_span: Span
    label: Label | None
    body: str
    body_span: Span
    indent: int = 0
    ordered: bool = False
    rows: tuple[Row, ...] = ()

    @property
    def is_lead(self) -> bool:
        """Whether it only announces what follows (“Use it when:”)."""
        return self.kind in (Kind.PARAGRAPH, Kind.ITEM) and self.text.rstrip("*_ ").endswith(":")


def make_blocks(text: str, lines: list[Line], section: int, first: int, wrapping: Wrapping) -> list[Block]:
    """Return the blocks of one section's lines; they are numbered from `first`."""
    blocks: list[Block] = []
    for group in _groups(lines, wrapping):
        blocks.append(_block(text, group, section, first + len(blocks)))
    return blocks


def _groups(lines: list[Line], wrapping: Wrapping) -> list[list[Line]]:
    groups: list[list[Line]] = []
    in_code = False
    for line in lines:
        adjoins = bool(groups) and groups[-1][-1].number == line.number - 1
        if in_code or (adjoins and _joins(groups[-1], line, wrapping)):
            groups[-1].append(line)
        else:
            groups.append([line])
        in_code ^= line.shape is Shape.FENCE
    return groups


def _joins(group: list[Line], line: Line, wrapping: Wrapping) -> bool:
    if group[0].shape is Shape.FENCE:
        return False
    if line.shape is Shape.ROW or (is_separator(line.text) and line.shape is not Shape.RULE):
        return group[-1].shape is Shape.ROW or ("|" in group[-1].text and is_separator(line.text))
    if "|" in line.text and len(group) > 1 and is_separator(group[1].text):
        return True
    return wrapping.continues(group[0], group[-1], line)


def _block(text: str, group: list[Line], section: int, index: int) -> Block:
    first, last = group[0], group[-1]
    span = (first.span[0], last.span[1])
    kind = _kind(group)
    text_start = first.body_start if kind is Kind.ITEM else span[0]
    content = clean(text[text_start : span[1]]) if kind is not Kind.CODE else text[span[0] : span[1]]
    label = label_of(text[text_start : span[1]]) if kind in (Kind.PARAGRAPH, Kind.ITEM) else None
    body_start = text_start + (label.length if label else 0)
    return Block(
        index=index,
        kind=kind,
        section=section,
        span=span,
        text=content,
        text_span=(text_start, span[1]),
        label=label,
        body=clean(text[body_start : span[1]]),
        body_span=(body_start, span[1]),
        indent=first.indent,
        ordered=kind is Kind.ITEM and any(character.isdigit() for character in first.marker),
        rows=tuple(read_row(line) for line in group) if kind is Kind.TABLE else (),
    )


def _kind(group: list[Line]) -> Kind:
    shape = group[0].shape
    if shape is Shape.FENCE:
        return Kind.CODE
    if shape is Shape.ROW or (len(group) > 1 and is_separator(group[1].text) and "|" in group[0].text):
        return Kind.TABLE
    return {Shape.ITEM: Kind.ITEM, Shape.ARROW: Kind.ARROW}.get(shape, Kind.PARAGRAPH)
