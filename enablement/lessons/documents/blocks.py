"""The blocks that every converter ends in, and the Markdown they are written as."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

INDENT = "    "
MAX_HEADING_WORDS = 14
MAX_HEADING = 110
BOLD_LINE = re.compile(r"\*\*(?P<title>[^*]+)\*\*")
HEADING_MARK = re.compile(r"#{1,6}\s")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\u2061-\u2064\ufeff\ufffc\ufffe\uffff]"
)
LIGATURES = re.compile("[\ufb00-\ufb06]")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    CODE = "code"
    DRAWING = "drawing"


@dataclass(frozen=True, slots=True)
class Block:
    """`level` is a heading's (1 to 6) or how deep an item lies (from 0).

    `number` is an ordered item's. `marked` says that the first of a table's rows is its header. `inside`
    is a paragraph that goes on with the item above it. A drawing's lines are kept as they stand.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    number: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    marked: bool = False
    inside: bool = False


def write_markdown(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown: `#` headings, `-` and `1.` lists, pipe tables, fenced code."""
    pieces: list[str] = []
    for place, block in enumerate(blocks):
        written = _written(block)
        if not written:
            continue
        pieces.append(("\n" if place and _adjoins(blocks[place - 1], block) else "\n\n") + written)
    return "".join(pieces).strip("\n") + "\n" if pieces else ""


def headed_by_bold_lines(blocks: Sequence[Block]) -> list[Block]:
    """Make headings of paragraphs that are one short bold line over something else.

    They stand one level below the last heading that was marked as one, or on the second where there is none.
    """
    result: list[Block] = []
    level = 1
    for place, block in enumerate(blocks):
        title = bold_title(block)
        below = blocks[place + 1] if place + 1 < len(blocks) else None
        if title and below is not None and not bold_title(below):
            block = Block(Kind.HEADING, title, min(level + 1, 6))
        elif block.kind is Kind.HEADING:
            level = block.level
        result.append(block)
    return result


def bold_title(block: Block) -> str:
    """Return the words of a paragraph that is bold as a whole and worded as a heading, else ""."""
    match = BOLD_LINE.fullmatch(block.text) if block.kind is Kind.PARAGRAPH and not block.inside else None
    return match["title"] if match and is_heading_worded(match["title"]) else ""


def is_heading_worded(text: str) -> bool:
    """Return whether a line may be a heading: short, with a letter, not a sentence and not a label."""
    return (
        len(text) <= MAX_HEADING
        and len(text.split()) <= MAX_HEADING_WORDS
        and text[-1:] not in ".,;:!…"
        and any(character.isalpha() for character in text)
    )


def plain_text(text: str) -> str:
    """Return text without characters that are not seen, with plain blanks and without joined letters."""
    text = LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return UNSEEN.sub("", text.replace("\xa0", " ").replace("\u202f", " ").replace("\u2009", " "))


def about_pictures(count: int) -> list[str]:
    """Return the note about pictures that were not read, if there were any."""
    if count < 1:
        return []
    return ["A picture was left out." if count == 1 else f"{count} pictures were left out."]


def _adjoins(above: Block, below: Block) -> bool:
    """Whether two blocks are items of one list, one of them perhaps nested in the other's."""
    if not (above.kind is below.kind is Kind.ITEM):
        return False
    return above.level != below.level or (above.number is None) == (below.number is None)


def _written(block: Block) -> str:
    if block.kind is Kind.TABLE:
        return _table(block)
    if block.kind is Kind.CODE:
        return f"```\n{block.text}\n```" if block.text.strip() else ""
    if block.kind is Kind.DRAWING:
        return block.text
    text = " ".join(block.text.split())
    if not text:
        return ""
    if block.kind is Kind.HEADING:
        return f"{'#' * block.level} {text.replace('**', '')}"
    if block.kind is Kind.ITEM:
        marker = "-" if block.number is None else f"{block.number}."
        return f"{INDENT * block.level}{marker} {text}"
    # What a paragraph begins with is not a mark of ours.
    text = "\\" + text if HEADING_MARK.match(text) else text
    return INDENT * (block.level + 1) + text if block.inside else text


def _table(block: Block) -> str:
    width = max((len(row) for row in block.rows), default=0)
    rows = [row + ("",) * (width - len(row)) for row in block.rows]
    if not rows or not any(any(row) for row in rows):
        return ""
    # Markdown has no table without a header; an empty one says that the author gave none.
    header = [] if block.marked else [("",) * width]
    lines = [_row(row) for row in [*header, *rows]]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "<br>".join(line for line in lines if line).replace("|", "\\|")
