"""A piece as data and back."""

from __future__ import annotations

from typing import Any

import pytest

from enablement.lessons.load import load_lessons
from enablement.lessons.pieces import KINDS, find_piece, read_piece, write_piece
from enablement.models import Lesson
from tests.small_lesson import small_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def doors() -> Lesson:
    return load_lessons([small_lesson()])[0]


def unordered(item: Any) -> Any:
    """Lists of slugs without their order, at every depth."""
    if isinstance(item, dict):
        return {
            key: sorted(value) if key in ("cards", "sources") and value else unordered(value)
            for key, value in item.items()
        }
    return [unordered(row) for row in item] if isinstance(item, list) else item


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_loaded_is_read_back(doors: Lesson, kind: str) -> None:
    for item in getattr(small_lesson(), KINDS[kind].plural):
        part = find_piece(kind, item.slug)
        assert part is not None
        assert unordered(read_piece(part).model_dump()) == unordered(item.model_dump())


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_read_is_written_without_a_change(doors: Lesson, kind: str) -> None:
    for row in KINDS[kind].model._default_manager.filter(lesson=doors):
        before = read_piece(row)
        written = write_piece(doors, kind, before)
        assert (written.pk, written.position, read_piece(written)) == (row.pk, row.position, before)


def test_a_new_piece_comes_last(doors: Lesson) -> None:
    item = small_lesson().terms[0].model_copy(update={"slug": "new-term", "card": None})
    written = write_piece(doors, "term", item)
    assert written.position == len(small_lesson().terms)
    assert written.state == "released"
