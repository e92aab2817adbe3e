"""Sentences of a document that break the guide, block by block, so that a long one shows how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from enablement.judges.wording import check_clean_text
from enablement.lessons.reading import Reading, Span
from enablement.models import Person

# Some 150 sentences: a second or two with the encoder on two busy cores.
BLOCK_CHARACTERS = 16_000
# Fewer words without a full stop name something and claim nothing. Exact phrasings count at any length.
SHORTEST_STATEMENT = 7


def check_against_guide(
    read: Reading, person: Person, note: Callable[[str, int, int], None] = lambda stage, done, total: None
) -> list[dict[str, Any]]:
    """Return a row (`type` guide, and a Finding's fields) for each sentence that says what the guide forbids.

    What the document tells its readers not to say is no conflict, nor is a menu around it. A hint is too weak
    to hold against somebody else's document. Raises EncoderUnavailable, NotTrained.
    """
    outside = [part.span for part in read.skipped]
    outside += [draft.spans["dont_say"] for draft in read.of_kind("guide_entry") if "dont_say" in draft.spans]
    blocks = list(_blocks(read.text))
    rows: list[dict[str, Any]] = []
    for done, (start, end) in enumerate(blocks):
        note("Checking it against the guide", done, len(blocks))
        for finding in check_clean_text(read.text[start:end], person):
            span = (finding.start + start, finding.end + start)
            weak = finding.level == "hint" or (finding.confidence < 1 and is_heading(finding.quote))
            if not weak and not any(_overlap(span, other) for other in outside):
                rows.append({"type": "guide", **finding.as_json(), "start": span[0], "end": span[1]})
    return rows


def is_heading(text: str) -> bool:
    """Whether a text is marked as a heading, or is too short and bare to state anything."""
    if text.startswith("#"):
        return True
    return len(text.split()) < SHORTEST_STATEMENT and not text.rstrip(" )”\"’'").endswith((".", "!", "…"))


def _blocks(text: str) -> Iterator[Span]:
    """The text in pieces that end at a blank line, or at a line where there is none."""
    start = 0
    while start < len(text):
        end = min(start + BLOCK_CHARACTERS, len(text))
        if end < len(text):
            breaks = (text.rfind("\n\n", start, end), text.rfind("\n", start, end))
            end = next((at + 1 for at in breaks if at > start), end)
        yield start, end
        start = end


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
