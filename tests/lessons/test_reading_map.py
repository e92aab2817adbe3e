"""The page that says where the sources' substance lives names only pieces that exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from enablement.lessons.folder import read_lesson_folder

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "starter-lessons.md").read_text(encoding="utf-8")
FIRST = "fine-tuning-vs-prompting"
NAMED = re.findall(r"(?<![\w-])(?:([\w-]+)/)?([a-z]+):([a-z0-9-]+)(?=[,\s])", PAGE)
SOURCES = re.findall(r"^## `([\w-]+)`", PAGE, re.M)


@cache
def pieces(lesson: str) -> frozenset[tuple[str, str]]:
    """Every piece of a lesson, as (kind, slug)."""
    read = read_lesson_folder(ROOT / "fixtures" / lesson)
    found = {
        "card": read.cards,
        "fit": read.fits,
        "guide": read.guide_entries,
        "analogy": read.analogies,
        "comparison": read.comparisons,
        "trait": [trait for comparison in read.comparisons for trait in comparison.traits],
        "disagreement": read.disagreements,
        "distinction": read.distinctions,
        "ladder": read.ladders,
        "step": [step for ladder in read.ladders for step in ladder.steps],
        "question": [question for ladder in read.ladders for question in ladder.questions],
        "script": read.scripts,
        "term": read.terms,
    }
    return frozenset((kind, item.slug) for kind, items in found.items() for item in items)


@pytest.mark.parametrize(
    ("lesson", "kind", "slug"), sorted(set(NAMED)), ids=lambda part: part or "first lesson"
)
def test_every_piece_named_exists(lesson: str, kind: str, slug: str) -> None:
    assert (kind, slug) in pieces(lesson or FIRST)


def test_every_row_names_a_piece_or_says_why_not() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "heading |" not in line]
    assert len(rows) > 30
    for row in rows:
        assert re.search(r"[a-z]+:[a-z0-9-]+", row) or "left out" in row or "stands above" in row, row


def test_the_four_sources_are_the_lessons() -> None:
    known = {source.slug for source in read_lesson_folder(ROOT / "fixtures" / FIRST).sources}
    assert len(SOURCES) == 4
    assert set(SOURCES) <= known
