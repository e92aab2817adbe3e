"""Quizzes out and in again are the same quizzes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from enablement.lessons.folder import read_lesson_folder
from enablement.lessons.load import load_lessons
from enablement.models import Lesson, State
from quizzes.exporting import read_quiz, write_quizzes
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from quizzes.models import Question, Quiz

STARTER = sorted(path.parent for path in (settings.ROOT / "fixtures").glob("*/quiz.yaml"))


def test_an_exported_quiz_is_the_file_it_was_loaded_from(
    quiz: Quiz, doors_file: Path, tmp_path: Path
) -> None:
    written = write_quizzes(quiz.lesson, tmp_path)
    assert [path.name for path in written] == ["quiz.yaml"]
    assert read_quiz_file(written[0]).item == read_quiz_file(doors_file).item


def test_loading_an_exported_quiz_changes_nothing(quiz: Quiz, tmp_path: Path) -> None:
    before = list(Question.objects.order_by("pk").values())
    assert load_quiz(read_quiz_file(write_quizzes(quiz.lesson, tmp_path)[0])).is_same
    assert list(Question.objects.order_by("pk").values()) == before


def test_each_further_quiz_has_a_file_of_its_own_and_drafts_stay(quiz: Quiz, tmp_path: Path) -> None:
    for slug, state in (("second", State.RELEASED), ("draft", State.DRAFT)):
        other = Quiz.objects.create(lesson=quiz.lesson, slug=slug, title=slug.title(), state=state)
        other.places.create(question=quiz.questions.get(slug="what-squeaks"))
    names = {path.name for path in write_quizzes(quiz.lesson, tmp_path)}
    assert names == {"quiz.yaml", "quiz-second.yaml"} == {path.name for path in tmp_path.glob("*.yaml")}


@pytest.mark.django_db
def test_the_starter_lessons_go_out_and_in_again_with_their_quizzes(tmp_path: Path) -> None:
    load_lessons([read_lesson_folder(folder) for folder in STARTER])
    before = {load_quiz(read_quiz_file(folder / "quiz.yaml")).quiz.content_hash for folder in STARTER}
    out = io.StringIO()
    call_command(
        "export_lesson", *[folder.name for folder in STARTER], "--to", tmp_path, "--json", stdout=out
    )
    told = {row["slug"]: row["content_hash"] for row in json.loads(out.getvalue())["lessons"]}
    kept = dict(Lesson.objects.values_list("slug", "content_hash"))
    Quiz.objects.all().delete()
    Question.objects.all().delete()
    Lesson.objects.all().delete()
    load_lessons([read_lesson_folder(tmp_path / folder.name) for folder in STARTER])
    for folder in STARTER:
        load_quiz(read_quiz_file(tmp_path / folder.name / "quiz.yaml"))
    assert dict(Lesson.objects.values_list("slug", "content_hash")) == kept == told
    assert set(Quiz.objects.values_list("content_hash", flat=True)) == before


@pytest.mark.django_db
def test_an_unknown_lesson_and_a_folder_in_other_use_are_refused_in_one_line(
    tmp_path: Path, quiz: Quiz
) -> None:
    out = tmp_path / "out"
    with pytest.raises(CommandError, match="There is no lesson “windows”"):
        call_command("export_lesson", "windows", "--to", out)
    (out / quiz.lesson.slug).mkdir(parents=True)
    (out / quiz.lesson.slug / "letter.txt").write_text("Dear Ada")
    with pytest.raises(CommandError, match="holds other files"):
        call_command("export_lesson", quiz.lesson.slug, "--to", out)


def test_the_questions_come_in_their_order(quiz: Quiz) -> None:
    asked = list(quiz.places.order_by("order").values_list("question__slug", flat=True))
    assert [question.slug for question in read_quiz(quiz).questions] == asked
