"""The sizes of a document's letters: which one is the text's, and which ones are headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from enablement.lessons.documents.blocks import is_heading_worded
from enablement.lessons.documents.pdf.lines import Line
from enablement.lessons.documents.pdf.pages import Page, TablePart

LARGER = 1.12
"""A heading is set at least so much larger than the text; smaller steps lie between fonts of one text."""
SAME = 0.6
DEEPEST = 5
MOST = 0.5
USUAL_PITCH = 1.2


@dataclass(frozen=True, slots=True)
class Sizes:
    """`body` in points; `levels` are (size, heading level), the largest first; `pitch` is in letter sizes."""

    body: float
    levels: tuple[tuple[float, int], ...]
    pitch: float

    def level(self, line: Line) -> int:
        """Return the heading level that a line's size stands for, or 0."""
        return next((level for size, level in self.levels if line.size >= size - SAME), 0)

    def is_small(self, line: Line) -> bool:
        """Return whether a line is set like a footnote: a clear step below the text."""
        return line.size <= 0.88 * self.body


def measure(pages: Sequence[Page]) -> Sizes:
    """Measure a document: the text's size is the one that most letters have."""
    letters: Counter[float] = Counter()
    for line in (line for page in pages for line in all_lines(page)):
        letters[line.size] += sum(len(word.text) for word in line.words)
    if not letters:
        return Sizes(10.0, (), USUAL_PITCH)
    body = letters.most_common(1)[0][0]
    return Sizes(body, _levels(pages, letters, body), _pitch(pages, body))


def all_lines(page: Page) -> list[Line]:
    """Return the lines of a page, those in tables included."""
    lines: list[Line] = []
    for part in page.parts:
        if isinstance(part, TablePart):
            lines += [line for row in part.rows for cell in row for line in cell.lines]
        else:
            lines.append(part)
    return lines


def _levels(pages: Sequence[Page], letters: Counter[float], body: float) -> tuple[tuple[float, int], ...]:
    large = {
        line.size
        for page in pages
        for line in page.lines
        if line.size >= LARGER * body and is_heading_worded(line.text)
    }
    whole = letters.total()
    sizes: list[float] = []
    for size in sorted((size for size in large if letters[size] <= MOST * whole), reverse=True):
        if not sizes or sizes[-1] - size > SAME:
            sizes.append(size)
        else:
            sizes[-1] = size
    return tuple((size, min(rank, DEEPEST)) for rank, size in enumerate(sizes, start=1))


def _pitch(pages: Sequence[Page], body: float) -> float:
    """How far the text's baselines lie apart, in letter sizes: the most usual distance."""
    steps: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page.lines):
            step = (below.y - above.y) / body
            if above.size == below.size == body and 0.9 < step < 2.6:
                steps[round(step, 1)] += 1
    return steps.most_common(1)[0][0] if steps else USUAL_PITCH
