"""Quiz files into the database."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from enablement.lessons.folder import ContentError
from enablement.models import Lesson, Person, State
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from quizzes.models import Assignment, Attempt, Option, Question, Quiz
from quizzes.schema import ChoiceItem, QuizItem, SortItem
from tests.quizzes.doors import DOORS

STARTER = sorted((settings.ROOT / "fixtures").glob("*/quiz.yaml"))


def problems_of(path: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load_quiz(read_quiz_file(path))
    return [str(problem) for problem in refused.value.problems]


def changed(path: Path, old: str, new: str) -> Path:
    assert old in DOORS
    path.write_text(DOORS.replace(old, new), encoding="utf-8")
    return path


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(DOORS.splitlines(), 1) if text in line)


def test_the_same_file_twice_changes_nothing(quiz: Quiz, doors_file: Path) -> None:
    before = list(Question.objects.order_by("pk").values())
    assert load_quiz(read_quiz_file(doors_file)).is_same
    assert list(Question.objects.order_by("pk").values()) == before


def test_a_changed_question_becomes_a_new_version_and_the_rest_stay(quiz: Quiz, doors_file: Path) -> None:
    loaded = load_quiz(read_quiz_file(changed(doors_file, "The name plate", "The letter box")))
    assert (loaded.added, loaded.changed, loaded.removed) == ([], ["what-squeaks"], [])
    assert list(quiz.questions.filter(slug="what-squeaks").values_list("version", flat=True)) == [2]
    assert Option.objects.filter(text="The name plate").exists()
    assert Question.objects.count() == 5


def test_a_question_that_left_the_file_leaves_the_quiz_and_is_kept(quiz: Quiz, doors_file: Path) -> None:
    text = DOORS[: DOORS.index("  - slug: what-squeaks")]
    doors_file.write_text(text, encoding="utf-8")
    assert load_quiz(read_quiz_file(doors_file)).removed == ["what-squeaks"]
    assert not quiz.questions.filter(slug="what-squeaks").exists()
    assert Question.objects.filter(slug="what-squeaks").exists()


def test_a_state_that_an_editor_set_survives_a_changed_file(quiz: Quiz, doors_file: Path) -> None:
    Quiz.objects.update(state=State.ARCHIVED)
    load_quiz(read_quiz_file(changed(doors_file, "Doors, tried", "Doors, tried again")))
    quiz.refresh_from_db()
    assert (quiz.state, quiz.title) == (State.ARCHIVED, "Doors, tried again")


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("pass_mark: 60", "pass_mark: 160", "pass_mark: 60", "less than or equal to 100"),
        ("kind: one_choice", "kind: one_chioce", "slug: what-to-promise", "one_chioce"),
        (
            "        correct: true\n      - text: It opens",
            "      - text: It opens",
            "It holds",
            "misconception",
        ),
        ("card: door-lock", "card: door-lokc", "card: door-lock", "no card called “door-lokc”"),
        (
            "guide_entry: door-unbreakable",
            "guide_entry: nope",
            "guide_entry:",
            "no guide entry called “nope”",
        ),
        ("lesson: doors", "lesson: windows", "lesson: doors", "no lesson called “windows”"),
        ("outcome: lock", "outcome: loc", "outcome: lock", "no outcome “loc”"),
        ("slug: what-squeaks", "slug: what-to-promise", "slug: what-squeaks", "given twice"),
        ("topic: parts", "topics: parts", "topic: parts", "topics: extra inputs are not permitted"),
        ("intro: About doors.", "intro: [", "questions:", "not valid YAML"),
    ],
)
def test_an_error_names_file_and_line(
    released_lesson: Lesson, doors_file: Path, old: str, new: str, at: str, message: str
) -> None:
    problems = problems_of(changed(doors_file, old, new))
    found = [problem for problem in problems if message in problem]
    assert found, problems
    assert found[0].startswith(f"doors/quiz.yaml, line {line_of(at)}: ")
    assert not Quiz.objects.exists()


def test_a_missing_misconception_of_a_sort_is_named(released_lesson: Lesson, doors_file: Path) -> None:
    text = DOORS.replace(', neither: "KEYCANARY-5f0d6d1e Scraping is a fault."', "")
    doors_file.write_text(text, encoding="utf-8")
    (problem,) = problems_of(doors_file)
    assert "wrong outcome “neither” is missing" in problem


def test_the_command_refuses_everything_when_one_file_is_wrong(
    released_lesson: Lesson, doors_file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(DOORS.replace("doors-quiz", "other-quiz").replace("card: door-lock", "card: x"))
    with pytest.raises(CommandError, match="no card called “x”") as refused:
        call_command("load_quizzes", str(doors_file), str(broken))
    assert refused.value.returncode == 2
    assert not Quiz.objects.exists()


def test_the_command_says_in_a_line_that_nothing_has_changed(quiz: Quiz, doors_file: Path) -> None:
    said = io.StringIO()
    call_command("load_quizzes", str(doors_file), stdout=said)
    assert said.getvalue() == "1 quiz; nothing has changed.\n"


def test_demo_history_is_made_once_and_for_demo_people_only(
    quiz: Quiz, doors_file: Path, ada: Person, zoe: Person
) -> None:
    Person.objects.filter(pk=ada.pk).update(is_demo=True)
    for _ in range(2):
        call_command("load_quizzes", str(doors_file), "--demo", stdout=io.StringIO())
    assert Attempt.objects.submitted().filter(person=ada).count() == 2
    assert not Attempt.objects.filter(person=zoe).exists()


def test_the_demo_manager_has_given_the_team_something_once(
    quiz: Quiz, doors_file: Path, ada: Person, max: Person
) -> None:
    Person.objects.update(is_demo=True)
    for _ in range(2):
        call_command("load_quizzes", str(doors_file), "--demo", stdout=io.StringIO())
    assignment = Assignment.objects.get()
    assert (assignment.made_by, assignment.places.get().person) == (max, ada)


def starter_items() -> list[QuizItem]:
    return [read_quiz_file(path).item for path in STARTER]


def test_the_starter_quizzes_have_enough_of_each() -> None:
    first, second = starter_items()
    sorts = [question for question in first.questions if isinstance(question, SortItem)]
    assert len(sorts) >= 8
    assert len(first.questions) - len(sorts) >= 8
    assert len(second.questions) >= 8


def choice_items() -> list[ChoiceItem]:
    return [item for quiz in starter_items() for item in quiz.questions if isinstance(item, ChoiceItem)]


def test_the_position_of_the_key_tells_nothing() -> None:
    places = Counter(
        [option.correct for option in item.options].index(True)
        for item in choice_items()
        if item.kind == "one_choice"
    )
    assert max(places.values()) - min(places.values()) <= 2
    assert len(places) == 4


def test_the_length_of_an_option_tells_nothing() -> None:
    for item in choice_items():
        lengths = [len(option.text) for option in item.options]
        assert max(lengths) <= 1.3 * min(lengths), item.slug
    longest = [
        item.options[max(range(len(item.options)), key=lambda index: len(item.options[index].text))].correct
        for item in choice_items()
        if item.kind == "one_choice"
    ]
    assert mean(longest) <= 0.5


def test_every_starter_question_sends_to_a_card() -> None:
    assert all(item.card for quiz in starter_items() for item in quiz.questions)
