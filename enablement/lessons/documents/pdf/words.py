"""A page of a PDF as words, each with its place, its size and whether it is bold."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

HYPHEN = "\ue010"
"""Stands at the end of a word that is broken there; PDFium reports such a hyphen as 2, or as FFFE."""
BROKEN = {0x02: HYPHEN, 0xFFFE: HYPHEN, 0xAD: HYPHEN}
BOLD_WEIGHT = 600
FORCED_BOLD = 1 << 18
BOLD_NAME = (b"bold", b"black", b"heavy", b"semibold", b"demi")
MAX_CHARACTERS = 60_000
NEW_SIZE = 0.12


@dataclass(frozen=True, slots=True)
class Word:
    """Places are in points; `y` is the baseline and grows downwards. `size` is that of the letters."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page's coordinates are turned so that its text stands upright."""

    quarters: int
    height: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return a point as (right, down) for a reader who holds the page so that the text stands upright."""
        if self.quarters == 1:
            return y, x
        if self.quarters == 2:
            return -x, y
        if self.quarters == 3:
            return -y, -x
        return x, self.height - y


def read_words(text: object, height: float) -> tuple[list[Word], Turn, int]:
    """Return a text page's words in the order in which they were written, and how many stood askew."""
    count = min(pdfium.FPDFText_CountChars(text), MAX_CHARACTERS)
    pieces = list(_pieces(text, count))
    angles = [_quarters(pdfium.FPDFText_GetCharAngle(text, first)) for first, _, _ in pieces]
    usual = Counter(angle for angle in angles if angle is not None).most_common(1)
    turn = Turn(usual[0][0] if usual else 0, height)
    is_bold = _bold_reader(text)
    words = [
        _word(text, piece, turn, is_bold)
        for piece, angle in zip(pieces, angles, strict=True)
        if angle == turn.quarters
    ]
    return words, turn, len(pieces) - len(words)


def _pieces(text: object, count: int) -> Iterator[tuple[int, int, str]]:
    """Yield (first character, last character, letters) between blanks and at changes of size."""
    letters: list[str] = []
    first, size = 0, 0.0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        letter = BROKEN.get(code) or (
            chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        )
        if letter.isspace():
            if letters:
                yield first, index - 1, "".join(letters)
                letters = []
            continue
        now = pdfium.FPDFText_GetFontSize(text, index)
        if letters and letter is not HYPHEN and abs(now - size) > NEW_SIZE * size:
            yield first, index - 1, "".join(letters)
            letters = []
        if not letters:
            first, size = index, now
        letters.append(letter)
        if letter is HYPHEN:
            yield first, index, "".join(letters)
            letters = []
    if letters:
        yield first, count - 1, "".join(letters)


def _word(text: object, piece: tuple[int, int, str], turn: Turn, is_bold: Callable[[int], bool]) -> Word:
    first, last, letters = piece
    if letters.endswith(HYPHEN) and last > first:
        last -= 1
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, first, x, y)
    origin = turn.place(x.value, y.value)
    sides: list[float] = []
    for index in (first, last):
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        sides += [turn.place(left.value, bottom.value)[0], turn.place(right.value, top.value)[0]]
    size = pdfium.FPDFText_GetFontSize(text, first) * _scale(text, first)
    # Letters begin at their origin; how far their shape lies from it differs from letter to letter.
    return Word(letters, min(origin[0], max(sides)), max(sides), origin[1], size, is_bold(first))


def _scale(text: object, index: int) -> float:
    """How much larger than its nominal size a letter is drawn."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, index, matrix):
        return 1.0
    return math.hypot(matrix.c, matrix.d) or 1.0


def _quarters(angle: float) -> int | None:
    """Return an angle in radians as quarter turns, or None when it is askew (a watermark, say)."""
    quarters = angle / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < 0.06 else None


def _bold_reader(text: object) -> Callable[[int], bool]:
    """Return a function that tells whether a letter is set in bold, by its font's name or weight."""
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()

    @cache
    def by_name(name: bytes, flags: int) -> bool:
        return bool(flags & FORCED_BOLD) or any(word in name.lower() for word in BOLD_NAME)

    def is_bold(index: int) -> bool:
        pdfium.FPDFText_GetFontInfo(text, index, buffer, 256, flags)
        return by_name(buffer.value, flags.value)

    return is_bold
