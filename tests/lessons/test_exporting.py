"""A lesson out and in again is the same lesson."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enablement.lessons.canonical import canonical, content_hash
from enablement.lessons.exporting import read_lesson
from enablement.lessons.folder import parse_card, read_lesson_folder
from enablement.lessons.folder_writing import (
    NotALessonFolder,
    card_text,
    lesson_texts,
    write_lesson_folder,
)
from enablement.lessons.load import load_lessons
from enablement.lessons.schema import CardItem
from enablement.lessons.yaml_lines import load_located
from enablement.lessons.yaml_text import list_text
from enablement.models import Card, Lesson, Source, State
from tests.small_lesson import small_lesson

STARTERS = sorted(path.parent for path in Path("fixtures").glob("*/lesson.yaml"))


@pytest.mark.parametrize("folder", STARTERS, ids=lambda folder: folder.name)
def test_a_folder_written_and_read_has_the_same_hash(folder: Path, tmp_path: Path) -> None:
    item = read_lesson_folder(folder)
    write_lesson_folder(item, tmp_path / "out")
    assert content_hash(read_lesson_folder(tmp_path / "out")) == content_hash(item)


def test_the_order_of_links_says_nothing_and_that_of_propositions_does() -> None:
    item = small_lesson()
    links, lines = item.model_copy(deep=True), item.model_copy(deep=True)
    links.comparisons[0].cards.reverse()
    links.cards.reverse()
    lines.guide_entries[0].breaks.reverse()
    assert content_hash(links) == content_hash(item)
    assert content_hash(lines) != content_hash(item)


@pytest.mark.django_db
def test_out_wiped_and_in_again_gives_the_same_hash(tmp_path: Path) -> None:
    lesson = load_lessons([small_lesson()])[0]
    first = read_lesson(lesson)
    assert content_hash(first) == lesson.content_hash == content_hash(small_lesson())
    write_lesson_folder(first, tmp_path)
    lesson.delete()
    Source.objects.all().delete()
    again = load_lessons([read_lesson_folder(tmp_path)])[0]
    assert again.content_hash == content_hash(first)
    assert read_lesson(again) == first


@pytest.mark.django_db
def test_the_starter_lessons_go_out_and_in_again(tmp_path: Path) -> None:
    slugs = [folder.name for folder in STARTERS]
    load_lessons([read_lesson_folder(folder) for folder in STARTERS])
    before = {slug: Lesson.objects.get(slug=slug).content_hash for slug in slugs}
    items = [read_lesson(Lesson.objects.get(slug=slug)) for slug in slugs]
    for item in items:
        write_lesson_folder(item, tmp_path / item.slug)
    Lesson.objects.filter(slug__in=slugs).delete()
    Source.objects.all().delete()
    load_lessons([read_lesson_folder(tmp_path / slug) for slug in slugs])
    assert {slug: Lesson.objects.get(slug=slug).content_hash for slug in slugs} == before
    assert [read_lesson(Lesson.objects.get(slug=slug)) for slug in slugs] == items


@pytest.mark.django_db
def test_a_retired_card_stays_behind_with_what_hangs_on_it(tmp_path: Path) -> None:
    lesson = load_lessons([small_lesson()])[0]
    Card.objects.filter(slug="door-lock").update(state=State.ARCHIVED)
    item = read_lesson(lesson)
    assert "door-lock" not in {card.slug for card in item.cards}
    assert "door-lock" not in " ".join(lesson_texts(item).values())
    write_lesson_folder(item, tmp_path)
    lesson.delete()
    load_lessons([read_lesson_folder(tmp_path)])


def test_a_second_export_removes_what_is_gone_and_leaves_other_files(tmp_path: Path) -> None:
    item = small_lesson()
    write_lesson_folder(item, tmp_path)
    (tmp_path / "quiz.yaml").write_text("another reader's")
    write_lesson_folder(item.model_copy(update={"cards": item.cards[:1], "terms": []}), tmp_path)
    assert [path.stem for path in (tmp_path / "cards").iterdir()] == [item.cards[0].slug]
    assert not (tmp_path / "terms.yaml").exists()
    assert (tmp_path / "quiz.yaml").read_text() == "another reader's"


def test_a_folder_in_other_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada")
    with pytest.raises(NotALessonFolder, match="holds other files"):
        write_lesson_folder(small_lesson(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_heading_inside_a_field_comes_back_in_that_field() -> None:
    card = (
        small_lesson().cards[0].model_copy(update={"what_it_does": "It shuts.\n\n## What it is\n\nA trap."})
    )
    assert parse_card(Path(f"{card.slug}.md"), card_text(card), []) == card


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), min_size=1, max_size=300
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({"text": TEXTS, "breaks": st.lists(TEXTS, max_size=3)}), min_size=1, max_size=3
    )
)
def test_any_text_survives_as_yaml(rows: list[dict[str, object]]) -> None:
    assert load_located(list_text(rows)).value == rows


FIELDS = ("what_it_is", "what_it_does", "where_it_comes_from", "what_makes_it_distinct")


@settings(max_examples=150, deadline=None)
@given(st.tuples(*[TEXTS.map(str.strip).filter(bool) for _ in FIELDS]))
def test_any_card_survives_as_markdown(texts: tuple[str, ...]) -> None:
    card = CardItem.model_validate(
        {"slug": "a-card", "title": "A card", **dict(zip(FIELDS, texts, strict=True))}
    )
    problems: list[object] = []
    assert parse_card(Path("a-card.md"), card_text(card), problems) == card  # type: ignore[arg-type]
    assert problems == []


def test_the_canonical_form_is_stable() -> None:
    once = canonical(small_lesson())
    assert canonical(once) == once
