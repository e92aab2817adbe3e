"""Content is checked like code: the starter lessons are clean, and each rule finds what it is for."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from enablement.lessons.folder_writing import write_lesson_folder
from enablement.lessons.lint import Said, check_lessons, readable_texts
from enablement.lessons.lint.completeness import OUTSIDE_IDEAS
from enablement.lessons.lint.ownlines import own_lines_that_break
from enablement.lessons.lint.reading_ease import count_syllables, long_sentences, reading_ease
from enablement.lessons.schema import CardItem, GuideEntryItem, LessonItem
from enablement.management.commands.lint_content import read_lessons
from enablement.management.commands.load_lessons import starter_folders
from enablement.models import Person
from tests.small_lesson import small_lesson


@pytest.fixture(scope="module")
def starters() -> list[LessonItem]:
    return read_lessons(starter_folders())


def copy_of(lessons: list[LessonItem]) -> list[LessonItem]:
    return [lesson.model_copy(deep=True) for lesson in lessons]


def test_the_starter_lessons_have_nothing_to_mend(starters: list[LessonItem]) -> None:
    assert [str(complaint) for complaint in check_lessons(starters, starter=True)] == []


@pytest.mark.usefixtures("starter_lessons")
def test_no_line_of_our_own_breaks_our_own_guide(starters: list[LessonItem], ada: Person) -> None:
    texts = [said for lesson in starters for said in readable_texts(lesson)]
    assert [str(complaint) for complaint in own_lines_that_break(texts, ada)] == []


@pytest.mark.usefixtures("starter_lessons")
def test_a_line_that_breaks_the_guide_is_found_where_it_stands(ada: Person) -> None:
    lines = ["Look at the answers first.", "We can train the model on your documents.", "A prompt is text."]
    texts = [Said("l", "card:c", f"line{n}", text, (), True) for n, text in enumerate(lines)]
    found = list(own_lines_that_break(texts, ada))
    assert [(complaint.field, complaint.rule) for complaint in found] == [("line1", "guide")]


@pytest.mark.usefixtures("starter_lessons")
def test_what_a_lesson_quotes_is_no_line_of_its_own(starters: list[LessonItem], ada: Person) -> None:
    quoted = [said for said in readable_texts(starters[0]) if said.field == "dont_say"]
    assert len(quoted) >= 24
    assert list(own_lines_that_break(quoted, ada)) == []


Change = Callable[[list[LessonItem]], object]


def set_card(field: str, text: str) -> Change:
    return lambda lessons: setattr(lessons[0].cards[0], field, text)


def drop(plural: str, keep: int) -> Change:
    return lambda lessons: setattr(lessons[0], plural, getattr(lessons[0], plural)[:keep])


def cover_nothing(lessons: list[LessonItem]) -> None:
    for entry in lessons[0].guide_entries:
        entry.covers.clear()


def forget_the_dates(lessons: list[LessonItem]) -> None:
    for card in lessons[0].cards:
        card.where_it_comes_from = "Long ago."


def pass_a_step_by(lessons: list[LessonItem]) -> None:
    for question in lessons[0].ladders[0].questions:
        if question.no_step == "add-examples":
            question.no_step = "improve-the-prompt"


CHANGES: dict[str, tuple[Change, str, str]] = {
    "no situation on a card": (drop("fits", 0), "completeness", "no situation says"),
    "too few terms": (drop("terms", 20), "completeness", "20 terms, and 25"),
    "too few phrasings": (
        lambda lessons: lessons[0].guide_entries[0].fine.__delitem__(slice(4, None)),
        "completeness",
        "4 phrasings, and 5",
    ),
    "an idea that nothing covers": (
        cover_nothing,
        "completeness",
        "no entry covers “lora-makes-easy”",
    ),
    "a spoken answer that takes a minute": (
        lambda lessons: setattr(lessons[0].scripts[0], "answer", "We look things up first. " * 30),
        "completeness",
        "150 words",
    ),
    "a dated card without its date": (
        forget_the_dates,
        "completeness",
        "where it comes from: 2021",
    ),
    "a way of the ladder that leads nowhere": (
        lambda lessons: setattr(lessons[0].ladders[0].questions[0], "yes_step", None),
        "completeness",
        "leads nowhere when answered yes",
    ),
    "a step that no question leads to": (
        pass_a_step_by,
        "completeness",
        "no question leads to the step “add-examples”",
    ),
    "a card that is not there": (
        lambda lessons: lessons[0].scripts[0].cards.append("unicorns"),
        "links",
        "no card “unicorns”",
    ),
    "a link that leads nowhere": (
        set_card("summary", "See [this](/cards/unicorns/)."),
        "links",
        "/cards/unicorns/ leads nowhere",
    ),
    "a source that nothing rests on": (
        lambda lessons: lessons[0].sources.append(lessons[1].sources[0]),
        "links",
        "nothing in the lesson rests",
    ),
    "a slug in two lessons": (
        lambda lessons: lessons[1].cards.append(lessons[0].cards[0]),
        "links",
        "two lessons use this slug",
    ),
    "the same sentence twice": (
        lambda lessons: setattr(lessons[0].cards[0], "what_it_is", lessons[1].cards[3].what_it_is),
        "repetition",
        "already",
    ),
    "a phrasing on both sides": (
        lambda lessons: lessons[0].guide_entries[0].fine.append(lessons[0].guide_entries[0].breaks[0]),
        "repetition",
        "(breaks) already",
    ),
    "a statement twice": (
        lambda lessons: (
            lessons[0].distinctions[0].statements.append(lessons[0].distinctions[0].statements[0])
        ),
        "repetition",
        "is given twice",
    ),
    "hard reading": (
        set_card(
            "what_it_is",
            "Organisational heterogeneity necessitates comprehensive interdepartmental harmonisation of "
            "procedural documentation requirements. Institutional stakeholders systematically operationalise "
            "multidimensional evaluation methodologies, facilitating interoperability considerations and "
            "organisational accountability. Subsequently, administrative responsibilities proliferate "
            "uncontrollably. Communicative inefficiencies characterise bureaucratic environments generally.",
        ),
        "reading",
        "reading ease",
    ),
    "a long sentence": (set_card("summary", "It goes on " + "and on " * 20 + "."), "reading", "words; 35"),
    "a year without its source": (set_card("what_it_does", "It began in 1931."), "figures", "the year 1931"),
    "a figure without a source": (
        lambda lessons: setattr(lessons[0], "summary", "It saves 40 per cent of the calls."),
        "figures",
        "“40 per cent”",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_rule_finds_what_it_is_for(starters: list[LessonItem], name: str) -> None:
    change, rule, message = CHANGES[name]
    lessons = copy_of(starters)
    change(lessons)
    found = check_lessons(lessons, starter=True)
    assert any(complaint.rule == rule and message in complaint.message for complaint in found), found


def test_every_idea_of_outside_evaluations_is_covered_and_every_entry_covers_one(
    starters: list[LessonItem],
) -> None:
    entries: list[GuideEntryItem] = [entry for lesson in starters for entry in lesson.guide_entries]
    assert {idea for entry in entries for idea in entry.covers} >= OUTSIDE_IDEAS
    assert all(entry.covers for entry in entries)


def test_invented_cases_and_lines_to_avoid_may_carry_figures() -> None:
    lesson = small_lesson()
    lesson.fits[0].example = "In 1931 the key turned 40 per cent harder."
    lesson.guide_entries[0].dont_say = "It saves 90 per cent of the oil."
    assert [row for row in check_lessons([lesson]) if row.rule == "figures"] == []


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("model", 2), ("tune", 1), ("tuned", 1), ("wanted", 2), ("answers", 2), ("tables", 2), ("retrieval", 3)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_reading_ease_matches_a_count_by_hand() -> None:
    # Six words of one syllable each in one sentence: 206.835 - 1.015 * 6 - 84.6 * 1.
    assert reading_ease("The cat sat on the mat.") == pytest.approx(116.145)
    assert reading_ease("") == 100.0


def test_a_sentence_of_thirty_five_words_is_just_short_enough() -> None:
    assert long_sentences("word " * 35 + ".") == []
    assert len(long_sentences("word " * 36 + ".")) == 1


def run(*arguments: object) -> tuple[int, dict[str, object]]:
    out = io.StringIO()
    try:
        call_command("lint_content", *map(str, arguments), "--without-guide", "--json", stdout=out)
    except SystemExit as left:
        return int(left.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_the_command_tells_programs_what_it_found(tmp_path: Path) -> None:
    lesson = small_lesson()
    lesson.cards.append(CardItem.model_validate({**lesson.cards[0].model_dump(), "slug": "door-bell"}))
    write_lesson_folder(lesson, tmp_path / "doors")
    status, told = run(tmp_path / "doors")
    assert (status, told["clean"], told["lessons"]) == (1, False, ["doors"])
    assert "card:door-bell" in {row["piece"] for row in told["complaints"]}  # type: ignore[attr-defined]


def test_the_command_is_content_with_the_starter_lessons() -> None:
    status, told = run()
    assert (status, told["complaints"]) == (0, [])
