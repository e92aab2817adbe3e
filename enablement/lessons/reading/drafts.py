"""What reading a document gives: drafts of lesson items, passages, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]
"""(start, end): character offsets in the text that was read, end exclusive."""

KINDS = (
    "card",
    "fit",
    "guide_entry",
    "analogy",
    "comparison",
    "term",
    "ladder_step",
    "decision_question",
    "script",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as far as the document gives it.

    `item` has the keys of the schema's item of that kind; what the document does not give is absent.
    `span` covers everything the draft was read from, with the heading it stands under. `spans` links each
    field to its place; inner values are named by a path (`holds.0`, `traits.2.cells.prompting`).
    """

    kind: str
    item: dict[str, Any]
    span: Span
    spans: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """What no recogniser took. `title_path` is the headings above it, outermost first; `why` says why not."""

    title_path: tuple[str, ...]
    text: str
    span: Span
    why: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of the document that is not content, with the reason in words."""

    text: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A document taken apart. `text` is what the spans count in; every list is in document order."""

    title: str
    text: str
    drafts: tuple[Draft, ...]
    passages: tuple[PassageDraft, ...]
    skipped: tuple[Skipped, ...]

    def of_kind(self, kind: str) -> list[Draft]:
        """Return the drafts of one kind, in document order."""
        return [draft for draft in self.drafts if draft.kind == kind]
