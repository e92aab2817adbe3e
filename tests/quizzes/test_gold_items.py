"""The questions of the gold set are asked, with the very answers by which the grading is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.embedded.addresses import ROOT
from enablement.lessons.folder import ContentError
from quizzes.bench import read_bench
from quizzes.gold_items import gold_folders, read_gold_quiz
from quizzes.schema import WrittenItem

FOLDERS = gold_folders(ROOT / "fixtures")
ITEMS = [item for folder in FOLDERS for item in read_gold_quiz(folder).item.questions]


def test_every_question_of_the_gold_set_is_asked() -> None:
    assert {item.slug for item in ITEMS} == {sample.question for sample in read_bench(ROOT / "fixtures")}
    assert len(ITEMS) >= 20


def test_its_bench_says_of_each_known_answer_what_the_gold_set_says() -> None:
    wrong = []
    for sample in read_bench(ROOT / "fixtures"):
        item = next(item for item in ITEMS if item.slug == sample.question)
        assert isinstance(item, WrittenItem)
        (known,) = [row for row in item.bench if row.text == sample.answer]
        if (len(known.met) >= sample.rubric.needed) != sample.correct:
            wrong.append((sample.question, sample.answer))
    assert wrong == []


def test_an_answer_without_its_checks_is_named(tmp_path: Path) -> None:
    folder = FOLDERS[0]
    for name in ("free_text.yaml", "bench.yaml"):
        (tmp_path / name).write_text((folder / name).read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / "free_text.yaml").read_text(encoding="utf-8")
    at = text.index("    - [", text.index("meets:"))
    (tmp_path / "free_text.yaml").write_text(text[:at] + text[text.index("\n", at) + 1 :], encoding="utf-8")
    with pytest.raises(ContentError):
        read_gold_quiz(tmp_path)
