"""A section taken apart by its labels: “What it is: …” in paragraphs, in a list, or as sub-headings."""

from __future__ import annotations

from dataclasses import dataclass

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.labels import label_key
from enablement.lessons.reading.outline import Outline, Section
from enablement.lessons.reading.page import joined, span_of


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one label. `key` is the label in lower case; `heading` is set for a sub-heading."""

    key: str
    blocks: tuple[Block, ...]
    heading: Section | None = None

    @property
    def text(self) -> str:
        """The part without its label."""
        return joined(list(self.blocks), first_body=self.heading is None)

    @property
    def span(self) -> Span:
        """Where the text stands, without its label."""
        return span_of(list(self.blocks), first_body=self.heading is None)


def parts_of(outline: Outline, section: Section) -> tuple[list[Block], list[Part]]:
    """Return the blocks before the first label, and the parts (without those that have no text)."""
    intro: list[Block] = []
    groups: list[list[Block]] = []
    for block in section.blocks:
        if block.label is not None and block.kind in (Kind.PARAGRAPH, Kind.ITEM):
            groups.append([block])
        elif groups:
            groups[-1].append(block)
        else:
            intro.append(block)
    parts = [Part(_key(group), tuple(group)) for group in groups if group[0].body or len(group) > 1]
    for child in outline.children(section):
        if child.blocks:
            parts.append(Part(label_key(child.title), tuple(child.blocks), child))
    return intro, parts


def _key(group: list[Block]) -> str:
    label = group[0].label
    return label.key if label else ""
