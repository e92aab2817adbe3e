"""What a recogniser is given, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from enablement.lessons.reading.blocks import Block
from enablement.lessons.reading.drafts import Draft, Span
from enablement.lessons.reading.outline import Outline, Section
from enablement.lessons.reading.roles import Announced, announced
from enablement.lessons.reading.sentences import title_from
from enablement.lessons.reading.subjects import Subjects


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of text and where it stands."""

    text: str
    span: Span


@dataclass(slots=True)
class Page:
    """A document while it is read: the outline, what it is about, and what recognisers have taken so far."""

    outline: Outline
    subjects: Subjects
    taken_blocks: set[int] = field(default_factory=set)
    taken_headings: set[int] = field(default_factory=set)
    drafts: list[Draft] = field(default_factory=list)
    roles: dict[int, Announced | None] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The document."""
        return self.outline.text

    def role(self, section: Section) -> Announced | None:
        """Return what a section's heading announces."""
        if section.index not in self.roles:
            self.roles[section.index] = announced(section.title) if section.title else None
        return self.roles[section.index]

    def free(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks that no draft has taken."""
        return [block for block in blocks if block.index not in self.taken_blocks]

    def leading_free(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks up to the first that a draft has taken."""
        return list(takewhile(lambda block: block.index not in self.taken_blocks, blocks))

    def keep(
        self,
        kind: str,
        item: dict[str, Any],
        spans: dict[str, Span],
        blocks: list[Block],
        headings: list[Section] | None = None,
        span: Span | None = None,
    ) -> None:
        """Record a draft read from `blocks` and from the headings given; both are then taken.

        A draft read from a part of a block gives its own `span` and takes nothing.
        """
        heads = [heading for heading in headings or [] if heading.title]
        places = [block.span for block in blocks] + [heading.span for heading in heads]
        if span is None:
            span = (min(place[0] for place in places), max(place[1] for place in places))
        self.taken_blocks.update(block.index for block in blocks)
        self.taken_headings.update(heading.index for heading in heads)
        self.drafts.append(Draft(kind, {key: value for key, value in item.items() if value}, span, spans))


def joined(blocks: list[Block], *, first_body: bool = False) -> str:
    """Return the text of several blocks: paragraphs apart, list items with a dash."""
    pieces: list[str] = []
    for place, block in enumerate(blocks):
        text = block.body if first_body and place == 0 else block.text
        if not text:
            continue
        is_item = block.kind == "item" and not (first_body and place == 0)
        pieces.append(("\n- " if is_item else "\n\n") + text)
    return "".join(pieces).strip()


def span_of(blocks: list[Block], *, first_body: bool = False) -> Span:
    """Return the span from the first to the last of several blocks."""
    start = blocks[0].body_span[0] if first_body and blocks[0].body else blocks[0].span[0]
    if first_body and not blocks[0].body and len(blocks) > 1:
        start = blocks[1].span[0]
    return start, max(block.span[1] for block in blocks)


def heading_title(section: Section) -> str:
    """Return a section's title without the kind of box it was set in (“Callout: …”)."""
    head, colon, rest = section.title.partition(": ")
    is_box = colon and head.lower() in {"callout", "sidebar", "box", "analogy", "example", "note", "lesson"}
    return title_from(rest if is_box else section.title)
