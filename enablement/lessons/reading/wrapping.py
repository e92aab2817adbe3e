"""Whether a line goes on with the paragraph of the line above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from enablement.lessons.reading.labels import label_of
from enablement.lessons.reading.lines import Line, Shape

MIN_WIDTH = 50
MAX_WIDTH = 110
MAX_LONG_SHARE = 0.05
RAGGED = 16
"""How far a full line may end before the width: about the longest usual word."""
SURE = 3
"""So many lines broken in mid-sentence show a hard-wrapped document beyond doubt."""
GOES_ON = re.compile(r"[a-z(]")
ENDS = '.!?:”"'


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a document breaks its lines: `width` is 0 when a line is a whole paragraph.

    `broken` counts the lines that are full and end in mid-sentence.
    """

    markdown: bool
    width: int
    broken: int

    def continues(self, first: Line, above: Line, line: Line) -> bool:
        """Return whether `line` goes on with the block that begins at `first` and has `above` over it."""
        if line.shape is not Shape.TEXT or first.shape not in (Shape.TEXT, Shape.ITEM):
            return False
        if not line.text[0].islower() and label_of(line.text):
            return False
        if first.shape is Shape.ITEM:
            return line.indent > first.indent or self._is_full(above, line)
        if self.markdown or self._is_full(above, line):
            return True
        return above.text[-1] not in ENDS and bool(GOES_ON.match(line.text))

    def runs_on(self, above: Line, line: Line) -> bool:
        """Return whether two lines are one broken only because the first was full."""
        return line.number == above.number + 1 and line.shape is Shape.TEXT and self._is_full(above, line)

    def _is_full(self, above: Line, line: Line) -> bool:
        """Return whether the first word of `line` would not have fitted on the line above it.

        A line that ends with its sentence may be full by chance; then the rest of the document decides.
        """
        if not self.width or (above.text[-1] in ENDS and self.broken < SURE):
            return False
        first_word = line.text[:80].split()[0]
        return above.indent + len(above.text) + 1 + len(first_word) > self.width


def wrapping_of(written: list[Line], *, markdown: bool) -> Wrapping:
    """Measure a document. It is hard-wrapped when next to no line of prose passes 110 characters."""
    prose = [line for line in written if line.shape in (Shape.TEXT, Shape.ITEM)]
    lengths = sorted(len(line.text) + line.indent for line in prose)
    usual = [length for length in lengths if length <= MAX_WIDTH]
    if not usual or len(lengths) - len(usual) > MAX_LONG_SHARE * len(lengths):
        return Wrapping(markdown, 0, 0)
    width = usual[-1]
    adjoining = [line for line, below in pairwise(prose) if below.number == line.number + 1]
    full = [line for line in adjoining if len(line.text) + line.indent > width - RAGGED]
    broken = sum(line.text[-1] not in ENDS for line in full)
    return Wrapping(markdown, width if width >= MIN_WIDTH and broken else 0, broken)
