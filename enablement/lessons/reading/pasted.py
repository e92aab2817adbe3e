"""The headings of text pasted from a web page: short lines without a full stop that stand over paragraphs."""

from __future__ import annotations

import re

from enablement.lessons.reading.headings import (
    MAX_LENGTH,
    MAX_WORDS,
    NUMBERED,
    Heading,
    heading_of,
    with_bare_numbers,
)
from enablement.lessons.reading.labels import Label, label_of
from enablement.lessons.reading.lines import Line, Shape, is_definition
from enablement.lessons.reading.vocabulary import KNOWN_LABELS
from enablement.lessons.reading.ways import is_way
from enablement.lessons.reading.wrapping import Wrapping

MAX_LABELLED_WORDS = 10
MOST_IN_A_ROW = 2
MOST_AT_THE_TOP = 3
STARTS = re.compile(r"[^\W_]|[^\w\s\"“”'‘’(\[<>/\\]")
ORDERED = re.compile(r"\d{1,2}[.)]$")
MIN_NUMBERED = 2
# A sentence that ends inside the line, or “a term - what it means”.
NO_TITLE = re.compile(r"(?<!vs)[.!?] \w|^[^–—]{2,50} [–—-] [a-z]")


def pasted_headings(written: list[Line], wrapping: Wrapping) -> list[Heading]:
    """Return the headings of lines that carry no marks.

    Several candidates in a row: title, section and part at the top, else section and part; more than that
    is a list of short lines, of which only the last can be a heading.
    """
    found: list[Heading] = []
    row: list[Line] = []
    numbered = _numbered_headings(written)
    for place, line in enumerate(written):
        if line.number in numbered or _may_head(written, place, wrapping):
            row.append(line)
            continue
        # A line over a “Yes →” is the question or the step that the arrow leaves, not a heading.
        heads = row[:-1] if is_way(line.text) else row
        most = MOST_AT_THE_TOP if heads and heads[0] is written[0] else MOST_IN_A_ROW
        heads = heads if len(heads) <= most else heads[-1:]
        found.extend(heading_of(head, head.text, 0) for head in heads)
        row = []
    return with_bare_numbers(found)


def _numbered_headings(written: list[Line]) -> set[int]:
    """The lines “2. Cost” that stand alone over text. In a list the next number follows without any text."""
    found: set[int] = set()
    for above, line, below in zip([None, *written], written, [*written[1:], None], strict=False):
        if line.shape is not Shape.ITEM or not ORDERED.match(line.marker):
            continue
        apart = above is None or above.number < line.number - 1
        if not apart or not _is_worded_as_heading(line.body):
            continue
        if below is None or (below.shape is Shape.ITEM and ORDERED.match(below.marker)):
            return set()
        found.add(line.number)
    return found if len(found) >= MIN_NUMBERED else set()


def _may_head(written: list[Line], place: int, wrapping: Wrapping) -> bool:
    line = written[place]
    if line.shape is Shape.HEADING:
        return True
    if line.shape is not Shape.TEXT or not _is_worded_as_heading(line.text):
        return False
    if place + 1 < len(written) and is_definition(written[place + 1].text):
        return False
    above = written[place - 1] if place else None
    below = written[place + 1] if place + 1 < len(written) else None
    if (above and wrapping.runs_on(above, line)) or (below and wrapping.runs_on(line, below)):
        return False
    label = label_of(line.text)
    return label is None or _is_titled(line, label, [other for other in (above, below) if other])


def _is_worded_as_heading(text: str) -> bool:
    if len(text) > MAX_LENGTH or len(text.split()) > MAX_WORDS or NO_TITLE.search(text):
        return False
    # After a number even words in quotation marks are a title; without one they are somebody's words.
    closing = ".,;:!…—" if NUMBERED.match(text) else '.,;:!…"”—'
    return text[-1] not in closing and not text[0].islower() and bool(STARTS.match(text)) and not is_way(text)


def _is_titled(line: Line, label: Label, neighbours: list[Line]) -> bool:
    """Whether “Topic: more of it” is a heading. Next to another such line it is a labelled entry."""
    if (
        label.key in KNOWN_LABELS
        or len(line.text.split()) > MAX_LABELLED_WORDS
        or label.length >= len(line.text)
    ):
        return False
    short = (other for other in neighbours if other.shape is Shape.TEXT and _is_worded_as_heading(other.text))
    return not any(label_of(other.text) for other in short)
