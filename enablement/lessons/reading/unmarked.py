"""Lists whose bullets were lost when the page was pasted: short lines under “Choose it if:” or a heading."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from enablement.lessons.reading.labels import label_of
from enablement.lessons.reading.levels import CLOSING, letter_case
from enablement.lessons.reading.lines import Line, Shape
from enablement.lessons.reading.roles import FIT_ROLES, role_of
from enablement.lessons.reading.ways import is_way
from enablement.lessons.reading.wrapping import Wrapping

MAX_LENGTH = 90
MAX_ANNOUNCING_WORDS = 12
MIN_LINES = 2
# One sentence a line is how some write prose; three in a row under “When to use X” are a list.
MIN_SENTENCES = 3
SENTENCE_ENDS = ".:;?!…"


def with_lost_bullets(written: list[Line], wrapping: Wrapping) -> list[Line]:
    """Return the lines, those of such lists with the shape of an item."""
    found = list(written)
    often = {text for text, count in Counter(line.text for line in written).items() if count > 1}
    for place, line in enumerate(written):
        end = _after_colon(written, place, wrapping)
        if end - place <= MIN_LINES:
            end = _after_announcement(written, place, wrapping, often)
        for at in range(place + 1, end if line.shape in (Shape.TEXT, Shape.HEADING) else place):
            found[at] = replace(written[at], shape=Shape.ITEM)
    return found


def _after_colon(written: list[Line], place: int, wrapping: Wrapping) -> int:
    """The end of a list under a line with a colon: what follows it and one another without a blank line,
    begins in lower case, does not end as a sentence, and is not so full that the next only goes on with it.
    """
    end = place + 1
    if written[place].shape is Shape.TEXT and written[place].text.endswith(":"):
        while end < len(written) and _may_be_item(written[end - 1], written[end], wrapping):
            end += 1
    return end


def _may_be_item(above: Line, line: Line, wrapping: Wrapping) -> bool:
    short = len(line.text) <= MAX_LENGTH and line.text[-1] not in SENTENCE_ENDS
    follows = line.number == above.number + 1 and not wrapping.runs_on(above, line)
    return line.shape is Shape.TEXT and short and follows and line.text[0].islower()


def _after_announcement(written: list[Line], place: int, wrapping: Wrapping, often: set[str]) -> int:
    """The end of a list under a line that announces situations (“When to use prompting”).

    Its lines begin and end alike. A line that stands twice is one of a table of contents.
    """
    line, first = written[place], place + 1
    words = line.body.split()
    announces = len(words) <= MAX_ANNOUNCING_WORDS and line.body[-1:] not in tuple(".;?!…")
    if not announces or line.text in often or role_of(line.body) not in FIT_ROLES:
        return place
    end = first
    while end < len(written) and _is_alike(written[first], written[end], often):
        if wrapping.runs_on(written[end - 1], written[end]):
            return place
        end += 1
    sentences = end > first and written[first].text.endswith(".")
    end -= _last_is_heading(written, first, end)
    return end if end - first >= (MIN_SENTENCES if sentences else MIN_LINES) else place


def _is_alike(first: Line, line: Line, often: set[str]) -> bool:
    """Whether a line may stand in one list with the `first`."""
    text = line.text
    if line.shape is not Shape.TEXT or len(text) > MAX_LENGTH or text in often or text.startswith("**"):
        return False
    alike = text[0].islower() == first.text[0].islower() and text.endswith(".") == first.text.endswith(".")
    one = text[-1] not in SENTENCE_ENDS[1:] and ". " not in text
    return alike and one and not (label_of(text) or is_way(text) or role_of(text) or CLOSING.match(text))


def _last_is_heading(written: list[Line], first: int, end: int) -> bool:
    """Whether the last of these lines stands over the prose that follows, and not in the list."""
    if end - first < MIN_LINES or written[end - 1].text.endswith("."):
        return False
    below = written[end] if end < len(written) else None
    if (
        below is None
        or below.shape is Shape.HEADING
        or (role_of(below.text) and len(below.text) <= MAX_LENGTH)
    ):
        return False
    last = written[end - 1]
    cases = {letter_case(line.text) for line in written[first : end - 1]}
    if letter_case(last.text) == "title" and "title" not in cases:
        return True
    return last.number > written[end - 2].number + 1 or below.number == last.number + 1
