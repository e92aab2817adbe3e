"""What reps read in the guide and what the judges learn from does not answer a quiz word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.embedded.addresses import ROOT
from enablement.lessons.folder import read_lesson_folder
from quizzes.files import read_quiz_file
from quizzes.schema import ChoiceItem

LESSONS = sorted(path.parent for path in (ROOT / "fixtures").glob("*/quiz.yaml"))


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("folder", LESSONS, ids=lambda folder: folder.name)
def test_no_item_is_an_example_that_can_be_read(folder: Path) -> None:
    lessons = [read_lesson_folder(path) for path in LESSONS]
    entries = [entry for lesson in lessons for entry in lesson.guide_entries]
    examples = {words(text) for entry in entries for text in (*entry.breaks, *entry.fine)}
    examples |= {words(row.text) for lesson in lessons for d in lesson.distinctions for row in d.statements}
    items = read_quiz_file(folder / "quiz.yaml").item.questions
    asked = [item.prompt for item in items]
    asked += [option.text for item in items if isinstance(item, ChoiceItem) for option in item.options]
    assert items
    assert [text for text in asked if words(text) in examples] == []
