"""Lines are named as the passages that people are given."""

from __future__ import annotations

import pytest

from enablement.lessons.pieces import KINDS, read_piece
from enablement.models import Lesson
from enablement.retrieval.passages import passages_of
from enablement.trust.lines import lines_of


def test_every_passage_is_a_line_of_its_piece(released_lesson: Lesson) -> None:
    passages = [passage for passage in passages_of(released_lesson) if passage.kind != "lesson"]
    assert {passage.kind for passage in passages} == set(KINDS)
    for passage in passages:
        piece = KINDS[passage.kind].model._default_manager.get(slug=passage.slug)
        lines = lines_of(passage.kind, read_piece(piece))
        assert lines[passage.field].strip() == passage.text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_lines(kind: str, released_lesson: Lesson) -> None:
    piece = KINDS[kind].model._default_manager.filter(lesson=released_lesson).first()
    assert piece is not None
    assert lines_of(kind, read_piece(piece))
