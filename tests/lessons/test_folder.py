"""Lesson folders: read whole or not at all, with file and line."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from enablement.lessons.folder import ContentError, read_lesson_folder
from enablement.lessons.load import LinkError, load_lessons
from enablement.lessons.schema import LessonItem
from enablement.management.json_command import BadInput
from enablement.models import Card, Fit, Lesson, Phrasing, Statement, Work
from tests.small_lesson import small_lesson

STARTER = settings.ROOT / "fixtures" / "fine-tuning-vs-prompting"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STARTER, tmp_path / "lesson"))


def problems(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read_lesson_folder(folder)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("path", sorted((settings.ROOT / "fixtures").glob("*/lesson.yaml")), ids=str)
def test_the_starter_lessons_can_be_read(path: Path) -> None:
    lesson = read_lesson_folder(path.parent)
    assert lesson.slug == path.parent.name
    assert len(lesson.cards) >= 10
    assert all(len(entry.breaks) >= 5 and len(entry.fine) >= 5 for entry in lesson.guide_entries)


def test_a_typing_slip_is_named_with_file_and_line(folder: Path) -> None:
    guide = folder / "guide.yaml"
    lines = guide.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if line.lstrip().startswith("do_say:"))
    lines[number] = lines[number].replace("do_say:", "dosay:")
    guide.write_text("\n".join(lines), encoding="utf-8")
    found = problems(folder)
    assert any(text.startswith(f"guide.yaml, line {number + 1}:") and "dosay" in text for text in found)


def test_what_is_not_yaml_is_named_with_its_line(folder: Path) -> None:
    (folder / "terms.yaml").write_text("- slug: a\n  term: 'A\n", encoding="utf-8")
    assert any(text.startswith("terms.yaml, line 3") for text in problems(folder))


def test_a_key_given_twice_is_named(folder: Path) -> None:
    (folder / "terms.yaml").write_text("- slug: a\n  term: A\n  term: B\n", encoding="utf-8")
    assert problems(folder) == ["terms.yaml, line 3: the key “term” is given twice"]


def test_a_card_without_a_field_is_named(folder: Path) -> None:
    card = folder / "cards" / "lora.md"
    text = card.read_text(encoding="utf-8")
    start, end = text.index("## What it does"), text.index("## Where it comes from")
    card.write_text(text[:start] + text[end:], encoding="utf-8")
    assert any("lora.md" in text and "what_it_does" in text for text in problems(folder))


def test_an_unknown_source_is_named(folder: Path) -> None:
    fits = folder / "fits.yaml"
    fits.write_text(fits.read_text(encoding="utf-8").replace("field-brief", "nowhere", 1), encoding="utf-8")
    assert any(text.startswith("fits.yaml, line") and "nowhere" in text for text in problems(folder))


def test_more_phrasings_and_statements_stand_in_files_of_their_own(folder: Path) -> None:
    before = read_lesson_folder(folder)
    (folder / "phrasings").mkdir(exist_ok=True)
    more = "- entry: lora-makes-it-easy\n  breaks: [LoRA does it all.]\n  fine: [LoRA trains little.]\n"
    (folder / "phrasings" / "zz.yaml").write_text(more, encoding="utf-8")
    told = "- text: It forgets our tone.\n  outcome: behaviour\n"
    (folder / "statements" / "problem-type.zz.yaml").write_text(told, encoding="utf-8")
    after = read_lesson_folder(folder)
    entry = next(entry for entry in after.guide_entries if entry.slug == "lora-makes-it-easy")
    assert (entry.breaks[-1], entry.fine[-1]) == ("LoRA does it all.", "LoRA trains little.")
    assert len(after.distinctions[0].statements) == len(before.distinctions[0].statements) + 1


def test_phrasings_of_an_unknown_entry_are_named(folder: Path) -> None:
    (folder / "phrasings").mkdir(exist_ok=True)
    (folder / "phrasings" / "zz.yaml").write_text("- entry: nowhere\n  breaks: [Yes.]\n", encoding="utf-8")
    assert problems(folder) == ["zz.yaml, line 1: there is no guide entry called “nowhere”"]


@pytest.mark.django_db
def test_one_broken_file_loads_nothing(folder: Path) -> None:
    (folder / "scripts.yaml").write_text("- slug: x\n  question: 3\n", encoding="utf-8")
    good = settings.ROOT / "fixtures" / "retrieval"
    with pytest.raises(BadInput, match=r"Nothing was loaded\.\nlesson/scripts\.yaml, line 2"):
        call_command("load_lessons", str(folder), str(good))
    assert not Lesson.objects.exists()


@pytest.mark.django_db
def test_the_same_lesson_twice_changes_nothing(lesson_item: LessonItem) -> None:
    assert [lesson.slug for lesson in load_lessons([lesson_item])] == ["doors"]
    before = list(Card.objects.values()), list(Phrasing.objects.values()), list(Statement.objects.values())
    assert load_lessons([lesson_item]) == []
    after = list(Card.objects.values()), list(Phrasing.objects.values()), list(Statement.objects.values())
    assert before == after


@pytest.mark.django_db
def test_a_link_that_leads_nowhere_loads_nothing(lesson_item: LessonItem) -> None:
    lesson_item.fits[0].card = "window"
    with pytest.raises(LinkError, match="window"):
        load_lessons([lesson_item])
    assert not Lesson.objects.exists()


@pytest.mark.django_db
def test_lessons_may_link_to_one_another_in_any_order() -> None:
    doors, gates = small_lesson("doors"), small_lesson("gates")
    doors.fits[0].card = "gate-lock"
    load_lessons([doors, gates])
    assert Fit.objects.get(slug="door-lock-oil").card.slug == "gate-lock"


@pytest.mark.django_db
def test_loading_asks_the_worker_to_index_and_to_learn() -> None:
    output = StringIO()
    call_command("load_lessons", "--json", stdout=output)
    assert json.loads(output.getvalue())["changed"] == ["fine-tuning-vs-prompting", "retrieval"]
    assert sorted(Work.objects.values_list("name", flat=True)) == [
        "index_lesson",
        "index_lesson",
        "train_sorting",
    ]
