"""Lines to blocks: which line goes on with the one above it, and what the block is that they make."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from enablement.lessons.documents.blocks import Block, Kind, plain_text
from enablement.lessons.documents.pdf.lines import Line, text_of
from enablement.lessons.documents.pdf.markers import Marked, marked
from enablement.lessons.documents.pdf.pages import Page, TablePart
from enablement.lessons.documents.pdf.sizes import SAME, Sizes
from enablement.lessons.documents.pdf.words import HYPHEN
from enablement.lessons.documents.tables import Cell, table_blocks

ENDS = re.compile(r"[.!?:;…][”\"’)\]]*$")
PITCH_SLACK = 1.3
INDENT = 0.8
NEIGHBOURS = 8
ASIDE = 30.0
MAX_HEADING_WORDS = 24


@dataclass
class Composer:
    """Takes pages one after the other. `known` are the document's words, for those broken at a line's end."""

    sizes: Sizes
    known: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    _open: list[Line] = field(default_factory=list)
    _rights: list[float] = field(default_factory=list)
    _item: Marked | None = None
    _level: int = 0
    _stack: list[float] = field(default_factory=list)
    _page: int = -1

    def add_page(self, page: Page) -> None:
        """Add a page's parts."""
        lines = page.lines
        place = 0
        for part in page.parts:
            if isinstance(part, TablePart):
                self._close()
                self._add_table(part)
                self._page = page.number
                continue
            right = _right_of(lines, place)
            place += 1
            self._add_line(part, right, page)
            self._page = page.number

    def finish(self) -> list[Block]:
        """Return all blocks."""
        self._close()
        return self.blocks

    def _add_line(self, line: Line, right: float, page: Page) -> None:
        level = self.sizes.level(line)
        item = marked(line, page.dots) if not level else None
        goes_on = bool(self._open) and level == self._level and self._goes_on(line, page.number)
        if item and (item.is_sure or not goes_on):
            self._close()
            self._item, line = item, item.line
        elif not goes_on:
            self._close()
        self._level = level
        self._open.append(line)
        self._rights.append(right)

    def _goes_on(self, line: Line, page: int) -> bool:
        """Whether a line goes on with the block at hand."""
        above, first = self._open[-1], self._open[0]
        step = line.y - above.y
        if self._level:
            return page == self._page and 0 < step <= 1.7 * line.size and abs(line.size - above.size) <= SAME
        runs_on = not ENDS.search(above.text) and (line.text[:1].islower() or above.text.endswith("-"))
        if page != self._page or step <= 0:
            return runs_on and abs(line.size - above.size) <= SAME and not above.bold
        if step > PITCH_SLACK * self.sizes.pitch * line.size or abs(line.size - above.size) > 2 * SAME:
            return False
        if all(other.bold for other in self._open) != line.bold and (above.bold or ENDS.search(above.text)):
            return above.bold and line.text[:1].islower()
        if self._is_set_apart(line, above, first) or _begins_with_a_label(line, above):
            return False
        return runs_on or not self._would_have_fitted(line, above)

    def _is_set_apart(self, line: Line, above: Line, first: Line) -> bool:
        """Whether a line's left end says that it begins something."""
        if self._item is not None:
            # An item's further lines hang under its first, or under its mark.
            return line.x0 < self._item.x - 2 or line.x0 > first.x0 + ASIDE
        indented = line.x0 - above.x0 > INDENT * line.size
        outdented = above.x0 - line.x0 > ASIDE and len(self._open) > 1
        return (indented and bool(ENDS.search(above.text))) or outdented

    def _would_have_fitted(self, line: Line, above: Line) -> bool:
        """Whether the line above ended before its column did: its author broke it there."""
        word = line.words[0]
        return above.x1 + (word.x1 - word.x0) + 0.6 * line.size < self._rights[-1]

    def _close(self) -> None:
        if not self._open:
            return
        text = plain_text(text_of(self._open, self.known))
        if self._level and len(text.split()) <= MAX_HEADING_WORDS:
            self.blocks.append(Block(Kind.HEADING, text, self._level))
            self._stack = []
        elif self._item is not None:
            self.blocks.append(Block(Kind.ITEM, text, self._depth(self._item.x), self._item.number))
        else:
            self.blocks.append(Block(Kind.PARAGRAPH, text))
            self._stack = []
        self._open, self._rights, self._item, self._level = [], [], None, 0

    def _depth(self, x: float) -> int:
        """How deep an item lies, by where the marks of the items above it stand."""
        while self._stack and self._stack[-1] > x + 3:
            self._stack.pop()
        if not self._stack or x > self._stack[-1] + 3:
            self._stack.append(x)
        return len(self._stack) - 1

    def _add_table(self, part: TablePart) -> None:
        self._stack = []
        rows = [[Cell(self._cell(cell.lines), cell.across, cell.down) for cell in row] for row in part.rows]
        blocks = table_blocks(rows)
        last = self.blocks[-1] if self.blocks else None
        if last and last.kind is Kind.TABLE and len(blocks) == 1 and _is_continued(last, blocks[0]):
            more = blocks[0].rows[1:] if blocks[0].rows[0] == last.rows[0] else blocks[0].rows
            self.blocks[-1] = Block(Kind.TABLE, rows=last.rows + more, marked=last.marked)
        else:
            self.blocks += blocks

    def _cell(self, lines: Sequence[Line]) -> str:
        """A cell's lines as one text; items in it each on a line."""
        groups: list[list[Line]] = []
        for line in lines:
            item = marked(line, ())
            if not groups or (item and item.is_sure):
                groups.append([])
            groups[-1].append(item.line if item and item.is_sure else line)
        return "\n".join(plain_text(text_of(group, self.known)) for group in groups)


def words_of(pages: Sequence[Page]) -> frozenset[str]:
    """Return the words of a document in lower case, without those that are broken at a line's end."""
    found: set[str] = set()
    for line in (line for page in pages for line in page.lines):
        for word in line.words:
            if HYPHEN not in word.text:
                found.add(word.text.lower().strip(".,;:!?()[]“”\"'’"))
    return frozenset(found)


def _is_continued(above: Block, below: Block) -> bool:
    """Whether a table goes on over a page's end: as wide, and with the same header or none."""
    if len(above.rows[0]) != len(below.rows[0]):
        return False
    return above.rows[0] == below.rows[0] or not below.marked


def _begins_with_a_label(line: Line, above: Line) -> bool:
    """Whether a line begins in bold, and the one above ended its sentence in plain type."""
    return line.words[0].bold and not above.words[-1].bold and bool(ENDS.search(above.text))


def _right_of(lines: Sequence[Line], place: int) -> float:
    """Return where the column of a line ends, by the lines around it that begin about where it does.

    Where each of them ends with its sentence nothing shows that a line was ever broken: there is no end.
    """
    line = lines[place]
    around = lines[max(place - NEIGHBOURS, 0) : place + NEIGHBOURS + 1]
    column = [
        other for other in around if abs(other.x0 - line.x0) <= ASIDE and abs(other.size - line.size) <= SAME
    ]
    if all(ENDS.search(other.text) for other in column):
        return math.inf
    return max(other.x1 for other in column)
