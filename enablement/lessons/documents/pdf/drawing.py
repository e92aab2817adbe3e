"""What is drawn on a page beside its text: rules, the dots of lists, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from enablement.lessons.documents.pdf.words import Turn

MAX_OBJECTS = 20_000
MAX_SEGMENTS = 2_000
THIN = 2.6
SHORTEST = 6.0
DOT = (1.5, 8.0)
LARGE_PICTURE = 0.4


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight rule at `at`, from `start` to `end` in the other direction, in points."""

    at: float
    start: float
    end: float


@dataclass
class Drawing:
    """`across` are rules from left to right, `down` from top to bottom; `dots` are places (x, y)."""

    across: list[Edge] = field(default_factory=list)
    down: list[Edge] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    pictures: int = 0
    is_picture: bool = False

    def add_line(self, first: tuple[float, float], second: tuple[float, float]) -> None:
        """Keep a line if it runs along the page and not askew."""
        (x0, y0), (x1, y1) = first, second
        if abs(y0 - y1) <= 1 and abs(x0 - x1) >= SHORTEST:
            self.across.append(Edge((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= 1 and abs(y0 - y1) >= SHORTEST:
            self.down.append(Edge((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def read_drawing(page: object, turn: Turn, area: float) -> Drawing:
    """Return what is drawn on a page of `area` square points."""
    drawing = Drawing()
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(thing, turn, drawing)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            (x0, y0), (x1, y1) = _corners(thing, turn)
            drawing.pictures += 1
            drawing.is_picture |= abs((x1 - x0) * (y1 - y0)) >= LARGE_PICTURE * area
    return drawing


def _corners(thing: object, turn: Turn) -> tuple[tuple[float, float], tuple[float, float]]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    ends = turn.place(left.value, top.value), turn.place(right.value, bottom.value)
    (x0, y0), (x1, y1) = ends
    return (min(x0, x1), min(y0, y1)), (max(x0, x1), max(y0, y1))


def _read_path(path: object, turn: Turn, drawing: Drawing) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    (x0, y0), (x1, y1) = _corners(path, turn)
    width, height = x1 - x0, y1 - y0
    if DOT[0] <= width <= DOT[1] and abs(width - height) <= 1:
        drawing.dots.append(((x0 + x1) / 2, (y0 + y1) / 2))
    elif height <= THIN or width <= THIN:
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        wide = width >= height
        drawing.add_line(
            (x0, middle[1]) if wide else (middle[0], y0), (x1, middle[1]) if wide else (middle[0], y1)
        )
    elif stroke.value:
        for first, second in _lines(path, turn):
            drawing.add_line(first, second)


def _lines(path: object, turn: Turn) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the straight lines of a path, the one that closes it included."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    begin: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for index in range(min(pdfium.FPDFPath_CountSegments(path), MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn.place(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif last is not None and kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        if begin is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield point, begin
        last = point
