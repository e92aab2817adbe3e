"""A dispute as a page shows it: who says what on one point, and what we say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from enablement.models import Disagreement, Lesson, Source
from enablement.words import content_words

# Of the shorter text's words, so many stand in the longer one too.
SAME_TEXT = 0.8

Rows = list[tuple[Source, Mapping[str, Any]]]
"""What was found in documents, each row with its document."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A sentence and who says it. `source` is None for a card of our own."""

    quote: str
    title: str
    url: str
    source: str | None = None
    level: str = ""
    stance: str = ""


@dataclass(slots=True)
class Dispute:
    """One point. `house` is our line; `others` hold otherwise than `voices`; `recorded` is where the point is
    written down already."""

    key: str
    kind: str
    title: str
    lesson: Lesson | None
    house: str = ""
    house_url: str = ""
    why: str = ""
    voices: list[Voice] = field(default_factory=list)
    others: list[Voice] = field(default_factory=list)
    recorded: Disagreement | None = None
    cards: list[str] = field(default_factory=list)

    @property
    def blocks(self) -> bool:
        """Whether one of its sentences is nothing that we let anybody say."""
        return any(voice.level == "block" for voice in self.voices)


def voice_of(source: Source, row: Mapping[str, Any], stance: str = "") -> Voice:
    """Return the sentence of a row, with a link to its place in the document."""
    url = reverse("document-detail", args=[source.slug]) + f"?show=all#t-{row['start']}"
    return Voice(row["quote"], source.title, url, source.slug, row.get("level", ""), stance)


def add_voice(voices: list[Voice], voice: Voice) -> None:
    """Add a sentence unless its source says it there already; of two forms of one the longer stays."""
    for at, known in enumerate(voices):
        if known.source == voice.source and _is_same(known.quote, voice.quote):
            voices[at] = max(known, voice, key=lambda one: len(one.quote))
            return
    voices.append(voice)


def _is_same(one: str, other: str) -> bool:
    """Whether two texts are one place of a document, with or without the heading above it."""
    words, others = set(content_words(one)), set(content_words(other))
    return len(words & others) >= SAME_TEXT * min(len(words), len(others))
