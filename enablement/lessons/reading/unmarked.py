"""Lists whose bullets were lost when the page was pasted: short lines under “Choose it if:”."""

from __future__ import annotations

from dataclasses import replace

from enablement.lessons.reading.lines import Line, Shape
from enablement.lessons.reading.wrapping import Wrapping

MAX_LENGTH = 90
MIN_LINES = 2
SENTENCE_ENDS = ".:;?!…"


def with_lost_bullets(written: list[Line], wrapping: Wrapping) -> list[Line]:
    """Return the lines, those of such lists with the shape of an item.

    The line above ends with a colon; the lines follow it and one another without a blank one, begin in lower
    case, do not end as sentences, and none is so full that the next only goes on with it.
    """
    found = list(written)
    for place, line in enumerate(written):
        if line.shape is Shape.TEXT and line.text.endswith(":"):
            end = place + 1
            while end < len(written) and _may_be_item(written[end - 1], written[end], wrapping):
                end += 1
            if end - place > MIN_LINES:
                found[place + 1 : end] = [
                    replace(item, shape=Shape.ITEM) for item in written[place + 1 : end]
                ]
    return found


def _may_be_item(above: Line, line: Line, wrapping: Wrapping) -> bool:
    short = len(line.text) <= MAX_LENGTH and line.text[-1] not in SENTENCE_ENDS
    follows = line.number == above.number + 1 and not wrapping.runs_on(above, line)
    return line.shape is Shape.TEXT and short and follows and line.text[0].islower()
