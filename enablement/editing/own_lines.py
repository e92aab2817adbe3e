"""The guide’s own check over a piece while it is written: which of its lines break the guide, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enablement.editing.bench import GUIDE_ENTRY
from enablement.editing.boxes import Box
from enablement.judges.findings import Finding
from enablement.lessons.lint.ownlines import sure_findings
from enablement.lessons.lint.texts import NOT_READ, PHRASINGS, QUOTED
from enablement.models import Person
from enablement.texts import tidy_text

_WRITTEN_IN = frozenset({"text", "line", "lines", "many"})


@dataclass(frozen=True, slots=True)
class Slip:
    """A line of our own that breaks the guide, and the field that it stands in."""

    box: Box
    finding: Finding


def slips_in(kind: str, boxes: Iterable[Box], person: Person) -> list[Slip]:
    """Return the lines in a form that break the guide as `person` sees it; what is quoted is left out.

    Nothing is stored. Raises EncoderUnavailable, NotTrained.
    """
    ours = [(box, text) for box in _written(kind, boxes) if (text := tidy_text(box.value))]
    found = sure_findings([text for _, text in ours], person) if ours else ()
    return [Slip(ours[at][0], finding) for at, finding in found]


def _written(kind: str, boxes: Iterable[Box]) -> Iterator[Box]:
    """The fields of a form that hold words in our own voice, rows and cells included."""
    others = QUOTED | NOT_READ | (PHRASINGS if kind == GUIDE_ENTRY else frozenset())
    for box in boxes:
        if box.widget in _WRITTEN_IN and box.name.rpartition("-")[2] not in others:
            yield box
        # A cell is called after its card.
        yield from box.boxes if box.widget == "cells" else ()
        for row in box.rows:
            yield from _written(kind, row.boxes)
