"""The headings of text pasted from a web page: short lines without a full stop that stand over paragraphs."""

from __future__ import annotations

import re

from enablement.lessons.reading.headings import MAX_LENGTH, MAX_WORDS, Heading
from enablement.lessons.reading.labels import Label, label_of
from enablement.lessons.reading.lines import Line, Shape
from enablement.lessons.reading.sentences import plain
from enablement.lessons.reading.vocabulary import KNOWN_LABELS
from enablement.lessons.reading.ways import is_way
from enablement.lessons.reading.wrapping import Wrapping

MAX_LABELLED_WORDS = 10
MOST_IN_A_ROW = 2
MOST_AT_THE_TOP = 3
STARTS = re.compile(r"[^\W_]|[^\w\s\"“”'‘’(\[<>/\\]")
NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,4}\.)\s+(?=[^\W\d])")
SENTENCE_WITHIN = re.compile(r"(?<!vs)[.!?] \w")


def pasted_headings(written: list[Line], wrapping: Wrapping) -> list[Heading]:
    """Return the headings of lines that carry no marks.

    Several candidates in a row: title, section and part at the top, else section and part; more than that
    is a list of short lines, of which only the last can be a heading.
    """
    found: list[Heading] = []
    row: list[Line] = []
    for place, line in enumerate(written):
        if _may_head(written, place, wrapping):
            row.append(line)
            continue
        # A line over a “Yes →” is the question or the step that the arrow leaves, not a heading.
        heads = row[:-1] if is_way(line.text) else row
        most = MOST_AT_THE_TOP if heads and heads[0] is written[0] else MOST_IN_A_ROW
        heads = heads if len(heads) <= most else heads[-1:]
        found.extend(Heading(head, _title(head.text), 0) for head in heads)
        row = []
    return found


def _title(text: str) -> str:
    return plain(NUMBERED.sub("", text, count=1)) or text


def _may_head(written: list[Line], place: int, wrapping: Wrapping) -> bool:
    line = written[place]
    if line.shape is Shape.HEADING:
        return True
    if line.shape is not Shape.TEXT or not _is_worded_as_heading(line.text):
        return False
    above = written[place - 1] if place else None
    below = written[place + 1] if place + 1 < len(written) else None
    if (above and wrapping.runs_on(above, line)) or (below and wrapping.runs_on(line, below)):
        return False
    label = label_of(line.text)
    return label is None or _is_titled(line, label, [other for other in (above, below) if other])


def _is_worded_as_heading(text: str) -> bool:
    if len(text) > MAX_LENGTH or len(text.split()) > MAX_WORDS or SENTENCE_WITHIN.search(text):
        return False
    return (
        text[-1] not in '.,;:!…"”—'
        and not text[0].islower()
        and bool(STARTS.match(text))
        and not is_way(text)
    )


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
