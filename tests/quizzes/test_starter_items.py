"""The bank that comes with the product: enough of each, nothing twice, and nothing that can be read off."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from config.embedded.addresses import ROOT
from enablement.lessons.folder import read_lesson_folder
from quizzes.files import read_quiz_file
from quizzes.gold_items import read_gold_quiz
from quizzes.kinds import QuestionKind
from quizzes.likeness import content_words, likeness
from quizzes.schema import AnyItem, FlipPairItem, OrderItem

LESSONS = sorted(path.parent for path in (ROOT / "fixtures").glob("*/quiz.yaml"))
ALIKE = 0.5


def items_of(folder: Path) -> list[AnyItem]:
    files = [read_quiz_file(path) for path in sorted(folder.glob("quiz*.yaml"))]
    return [item for file in [*files, read_gold_quiz(folder)] for item in file.item.questions]


ITEMS = [item for folder in LESSONS for item in items_of(folder)]


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("folder", LESSONS, ids=lambda folder: folder.name)
def test_no_item_is_an_example_that_can_be_read(folder: Path) -> None:
    lessons = [read_lesson_folder(path) for path in LESSONS]
    entries = [entry for lesson in lessons for entry in lesson.guide_entries]
    examples = {words(text) for entry in entries for text in (*entry.breaks, *entry.fine)}
    examples |= {words(row.text) for lesson in lessons for d in lesson.distinctions for row in d.statements}
    asked = [text for item in items_of(folder) for text in (item.prompt, *item.tells, *item.option_texts)]
    assert asked
    assert [text for text in asked if words(text) in examples] == []


def test_there_are_enough_items_of_every_kind_and_difficulty() -> None:
    kinds = Counter(item.kind for item in ITEMS)
    assert len(ITEMS) >= 80
    assert kinds["flip_pair"] >= 12
    assert set(kinds) == set(QuestionKind)
    assert min(kinds.values()) >= 3
    assert min(Counter(item.difficulty for item in ITEMS).values()) >= 10


def test_every_item_sends_to_a_card_and_says_why() -> None:
    assert [item.slug for item in ITEMS if not item.card or len(item.explanation.split()) < 8] == []


def test_no_item_is_a_rewording_of_another() -> None:
    said = {
        item.slug: content_words(" ".join((item.prompt, *item.tells, *item.option_texts))) for item in ITEMS
    }
    assert len(said) == len(ITEMS)
    near = [(a, b) for a, b in combinations(said, 2) if likeness(said[a], said[b]) >= ALIKE]
    assert near == []


def test_which_story_gets_which_answer_tells_nothing() -> None:
    """In no pair list is the first story always the one with the earlier answer."""
    pairs = [item for item in ITEMS if isinstance(item, FlipPairItem)]
    earlier = [
        item.answers.index(item.stories[0].answer) < item.answers.index(item.stories[1].answer)
        for item in pairs
    ]
    assert 0.25 <= sum(earlier) / len(earlier) <= 0.75


def test_no_order_is_stored_as_it_is_right() -> None:
    assert all(item.option_texts != item.steps for item in ITEMS if isinstance(item, OrderItem))
