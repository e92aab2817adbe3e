"""Links that lead nowhere, and what nothing leads to. Pure.

What is wrong inside one folder is told by the reader of folders; here are the links between lessons.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from enablement.lessons import schema
from enablement.lessons.lint.complaints import Complaint
from enablement.lessons.lint.texts import PIECES, readable_texts

_LINK = re.compile(r"\]\(\s*(?P<url>[^)\s]+)")
_ADDRESS = re.compile(r"https://[^\s/.]+\.[^\s]+")


def dead_links(
    lessons: Sequence[schema.LessonItem], others: Sequence[schema.LessonItem] = ()
) -> Iterator[Complaint]:
    """Complain about cards and sources that are named and not there, and about addresses that are none."""
    everything = [*lessons, *others]
    cards = {card.slug for lesson in everything for card in lesson.cards}
    for lesson in lessons:
        sources = {source.slug for source in lesson.sources}
        for plural, kind in PIECES.items():
            for item in getattr(lesson, plural):
                piece = f"{kind}:{item.slug}"
                data = item.model_dump(mode="json")
                for slug in sorted(_named(data, "cards", "card", "cells") - cards):
                    yield _dead(lesson, piece, f"there is no card “{slug}”")
                for slug in sorted(_named(data, "sources") - sources):
                    yield _dead(lesson, piece, f"the lesson lists no source “{slug}”")
        for said in readable_texts(lesson):
            for match in _LINK.finditer(said.text):
                if not _leads_somewhere(match["url"], everything):
                    yield _dead(lesson, said.piece, f"the link to {match['url']} leads nowhere", said.field)


def loose_sources(lesson: schema.LessonItem) -> Iterator[Complaint]:
    """Complain about sources that nothing rests on, and about addresses that cannot be opened."""
    named = set()
    for plural in PIECES:
        for item in getattr(lesson, plural):
            named |= _named(item.model_dump(mode="json"), "sources")
    for source in lesson.sources:
        if source.slug not in named:
            yield _dead(lesson, f"source:{source.slug}", "nothing in the lesson rests on this source")
        if source.url and not _ADDRESS.fullmatch(source.url):
            yield _dead(lesson, f"source:{source.slug}", f"{source.url} is not an https address")


def shared_slugs(
    lessons: Sequence[schema.LessonItem], others: Sequence[schema.LessonItem] = ()
) -> Iterator[Complaint]:
    """Complain about a slug that two pieces of one kind have: it is an address, and there is one of each."""
    for plural, kind in PIECES.items():
        counts = Counter(item.slug for lesson in (*lessons, *others) for item in getattr(lesson, plural))
        for lesson in lessons:
            for item in getattr(lesson, plural):
                if counts[item.slug] > 1:
                    yield _dead(lesson, f"{kind}:{item.slug}", "two lessons use this slug")


def _named(value: Any, *keys: str) -> set[str]:
    """Every slug under one of `keys`, at any depth."""
    if isinstance(value, list):
        return {slug for child in value for slug in _named(child, *keys)}
    if not isinstance(value, dict):
        return set()
    found: set[str] = set()
    for key, child in value.items():
        if key in keys:
            found |= {child} if isinstance(child, str) else set(child or ())
        else:
            found |= _named(child, *keys)
    return found


def _leads_somewhere(url: str, lessons: Sequence[schema.LessonItem]) -> bool:
    folders = {"/cards/": "cards", "/guide/": "guide_entries", "/analogies/": "analogies"}
    for start, plural in folders.items():
        if url.startswith(start):
            slug = url[len(start) :].strip("/").partition("#")[0]
            return any(item.slug == slug for lesson in lessons for item in getattr(lesson, plural))
    return url.startswith(("/", "#")) or _ADDRESS.fullmatch(url) is not None


def _dead(lesson: schema.LessonItem, piece: str, message: str, field: str = "") -> Complaint:
    return Complaint(lesson.slug, piece, field, "links", message)
