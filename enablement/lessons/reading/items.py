"""List items with what belongs to them: nested items and the paragraphs between them."""

from __future__ import annotations

from dataclasses import dataclass

from enablement.lessons.reading.blocks import Block, Kind
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.page import joined, span_of
from enablement.lessons.reading.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Entry:
    """A list item. `blocks` begins with the item itself."""

    blocks: tuple[Block, ...]

    @property
    def head(self) -> Block:
        """The item itself."""
        return self.blocks[0]

    @property
    def text(self) -> str:
        """The item and all that belongs to it, without its bullet or number."""
        rest = joined(list(self.blocks[1:]))
        return f"{self.head.text}\n{rest}" if rest else self.head.text

    @property
    def span(self) -> Span:
        """Where it stands, with its bullet or number."""
        return span_of(list(self.blocks))


def entries_of(blocks: list[Block]) -> list[Entry]:
    """Gather items that follow one another. Deeper items and indented paragraphs belong to the one above.

    In a numbered list a paragraph between two numbers belongs to the first of them.
    """
    entries: list[list[Block]] = []
    waiting: list[Block] = []
    for block in blocks:
        if block.kind is Kind.ITEM and (not entries or block.indent <= entries[0][0].indent):
            if waiting and block.ordered:
                entries[-1].extend(waiting)
            waiting = []
            entries.append([block])
        elif entries and (block.kind is Kind.ITEM or block.indent > entries[-1][0].indent):
            entries[-1].extend([*waiting, block])
            waiting = []
        elif entries and entries[-1][0].ordered and block.kind is Kind.PARAGRAPH:
            waiting.append(block)
        elif entries:
            break
    return [Entry(tuple(entry)) for entry in entries]


def head_and_rest(text: str, block: Block) -> tuple[Span, Span]:
    """Split an item into its name and its explanation: at its label, its dash, or after its first sentence.

    The second span is empty when there is no explanation.
    """
    start, end = block.text_span
    if block.label is not None and block.body:
        return (start, block.body_span[0]), block.body_span
    line_end = text.find("\n", start, end)
    for dash in (" — ", " – ", " - "):
        place = text.find(dash, start, line_end if line_end >= 0 else end)
        if place >= 0 and len(text[start:place].split()) <= 6:
            return (start, place), (place + len(dash), end)
    sentences = sentence_spans(text, (start, end))
    first = sentences[0] if sentences else (start, end)
    rest = (sentences[1][0], end) if len(sentences) > 1 else (end, end)
    return first, rest
