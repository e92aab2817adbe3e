"""The text of a document in pieces, each with the fields of drafts that were read from it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Part:
    """A span of the text and what it was read into: a field (`path`) of a draft, or all of it (no path).

    `draft` 0 is no draft: a finding (`path` is its level) or a part that was skipped (`path` is the reason).
    """

    start: int
    end: int
    draft: int
    path: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text. `draft` is the one with the narrowest span here, 0 for none; `parts` are all
    fields that the piece belongs to, as `draft:path`; `finding` is a level, `skipped` a reason."""

    start: int
    text: str
    draft: int = 0
    parts: str = ""
    state: str = ""
    finding: str = ""
    skipped: str = ""


def cut(text: str, parts: Sequence[Part], findings: Sequence[Part], skipped: Sequence[Part]) -> list[Segment]:
    """Return the pieces of `text`, which add up to it. Spans beyond its end are cut off."""
    known = [*parts, *findings, *skipped]
    kinds = {
        id(part): name for name, group in (("finding", findings), ("skipped", skipped)) for part in group
    }
    opening: dict[int, list[Part]] = {}
    for part in known:
        if part.start < min(part.end, len(text)):
            opening.setdefault(part.start, []).append(part)
    edges = sorted({0, len(text), *opening, *(min(part.end, len(text)) for part in known)})
    segments: list[Segment] = []
    active: list[Part] = []
    for start, end in pairwise(edges):
        active = [part for part in active if part.end > start] + opening.get(start, [])
        segments.append(_segment(text[start:end], start, active, kinds))
    return segments


def _segment(text: str, start: int, active: Sequence[Part], kinds: dict[int, str]) -> Segment:
    drafts = sorted((part for part in active if part.draft), key=lambda part: part.end - part.start)
    other = {kinds[id(part)]: part.path for part in active if not part.draft}
    if not drafts:
        return Segment(start, text, finding=other.get("finding", ""), skipped=other.get("skipped", ""))
    return Segment(
        start,
        text,
        drafts[0].draft,
        " ".join(f"{part.draft}:{part.path}" for part in drafts),
        drafts[0].state,
        other.get("finding", ""),
        other.get("skipped", ""),
    )
