"""Words on one baseline as lines, and lines as running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from enablement.lessons.documents.pdf.words import HYPHEN, Word

SAME_LINE = 0.35
RAISED = 0.75
GAP = 1.2
"""Blanks wider than this many letter sizes part two cells or columns; justified text stays well below."""
GLUED = 0.08


@dataclass(frozen=True)
class Line:
    """Words side by side. `order` counts in the order in which the page was written."""

    words: tuple[Word, ...]
    order: int

    @cached_property
    def x0(self) -> float:
        """The left end."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """The right end."""
        return max(word.x1 for word in self.words)

    @cached_property
    def main(self) -> Word:
        """The word that size and baseline are taken from: the longest of the largest."""
        return max(self.words, key=lambda word: (round(word.size), len(word.text)))

    @property
    def y(self) -> float:
        """The baseline."""
        return self.main.y

    @cached_property
    def size(self) -> float:
        """The size of the letters, to a quarter of a point."""
        return round(self.main.size * 4) / 4

    @cached_property
    def bold(self) -> bool:
        """Whether every word with a letter in it is bold."""
        lettered = [word for word in self.words if any(letter.isalpha() for letter in word.text)]
        return bool(lettered) and all(word.bold for word in lettered)

    @cached_property
    def text(self) -> str:
        """The words, without marks of any kind."""
        return text_of([self], frozenset(), marked=False)


def segments_of(words: Iterable[tuple[int, Word]]) -> list[Line]:
    """Return runs of numbered words that stand side by side without a wide gap, in the order of the page."""
    runs: list[tuple[int, list[Word]]] = []
    for order, word in words:
        if runs and _goes_on(runs[-1][1], word):
            runs[-1][1].append(word)
        else:
            runs.append((order, [word]))
    return [Line(tuple(run), order) for order, run in runs]


def joined(segments: Sequence[Line]) -> list[Line]:
    """Join segments that follow one another on one baseline: the wide gap was a tab or justified text."""
    lines: list[Line] = []
    for segment in segments:
        last = lines[-1] if lines else None
        if last and abs(last.y - segment.y) <= SAME_LINE * segment.size and 0 <= segment.x0 - last.x1 < 120:
            lines[-1] = Line(last.words + segment.words, last.order)
        else:
            lines.append(segment)
    return lines


def _goes_on(run: list[Word], word: Word) -> bool:
    last = run[-1]
    size = max(last.size, word.size)
    # A raised figure lies higher than its line by up to half a letter.
    off = RAISED if min(last.size, word.size) < 0.8 * size else SAME_LINE
    return abs(word.y - last.y) <= off * size and -0.3 * size <= word.x0 - last.x1 <= GAP * size


def text_of(lines: Sequence[Line], known: frozenset[str], *, marked: bool = True) -> str:
    """Return lines as one text, words that were broken at a line's end made whole, bold parts between `**`.

    `known` are the words of the document, in lower case: they tell well-known from infor-mation.
    """
    pieces: list[str] = []
    bold = False
    last: Word | None = None
    for word in (word for line in lines for word in line.words):
        glue = "" if last is None or _is_glued(last, word) else " "
        if last is not None and last.text.endswith(HYPHEN):
            pieces[-1] = pieces[-1].removesuffix(HYPHEN) + _hyphen(last.text, word.text, known)
            glue = ""
        if marked and word.bold != bold and any(letter.isalnum() for letter in word.text):
            pieces.append("**" if bold else f"{glue}**")
            glue = glue if bold else ""
            bold = word.bold
        pieces.append(glue + word.text)
        last = word
    return "".join(pieces).replace(HYPHEN, "-") + ("**" if bold else "")


def _is_glued(last: Word, word: Word) -> bool:
    """Whether two words are one that only changes its size, as a raised figure does."""
    changes = abs(last.size - word.size) > 0.1 * word.size or last.bold != word.bold
    return changes and 0 <= word.x0 - last.x1 <= GLUED * max(last.size, word.size)


def _hyphen(before: str, after: str, known: frozenset[str]) -> str:
    """Return the hyphen between two halves of a word, or nothing where the word is written without one."""
    first, second = before.removesuffix(HYPHEN).lower(), after.lower()
    second = re.split(r"[^\w-]", second)[0]
    if not second[:1].isalpha() or after[:1].isupper():
        return "-"
    if first + second in known:
        return ""
    # Two halves that are words themselves are more likely a compound than a word that was broken.
    return "-" if f"{first}-{second}" in known or {first, second} <= known else ""
