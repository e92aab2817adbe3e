"""The quiz about doors, and attempts at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from enablement.models import Lesson, Person
from quizzes.attempts import start_attempt, submit_attempt
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from quizzes.models import AnswerKey, Attempt, Quiz
from tests.bringing import bring
from tests.chat.conftest import model
from tests.quizzes.doors import DOORS, Answering, save
from tests.quizzes.every_kind import EVERY_KIND

__all__ = ["model"]


@pytest.fixture
def doors_file(tmp_path: Path) -> Path:
    folder = tmp_path / "doors"
    folder.mkdir()
    path = folder / "quiz.yaml"
    path.write_text(DOORS, encoding="utf-8")
    return path


@pytest.fixture
def quiz(released_lesson: Lesson, doors_file: Path) -> Quiz:
    return loaded(doors_file, released_lesson)


@pytest.fixture
def attempt(quiz: Quiz, ada: Person) -> Attempt:
    """An open attempt of Ada's with nothing answered."""
    return start_attempt(ada, quiz)


@pytest.fixture
def every_kind(released_lesson: Lesson, tmp_path: Path, ada: Person) -> Attempt:
    """An open attempt of Ada's at a quiz with a question of every kind."""
    path = tmp_path / "quiz-every-kind.yaml"
    path.write_text(EVERY_KIND, encoding="utf-8")
    return start_attempt(ada, loaded(path, released_lesson))


def loaded(path: Path, lesson: Lesson) -> Quiz:
    """The quiz of a file, for a lesson that is loaded."""
    file = read_quiz_file(path)
    bring(f"{file.item.model_dump_json()} {lesson.pk}", lambda: load_quiz(file))
    return Quiz.objects.get(slug=file.item.slug)


@pytest.fixture
def hand_in() -> Answering:
    """Start, answer and hand in: everything right, except what is given by slug (None: left open)."""

    def do(person: Person, quiz: Quiz, **wrong: str | None) -> Attempt:
        attempt = start_attempt(person, quiz)
        by_slug = {slug.replace("_", "-"): chosen for slug, chosen in wrong.items()}
        for key in AnswerKey.objects.filter(question__answers__attempt=attempt).select_related("question"):
            slug = key.question.slug
            chosen = by_slug.get(slug, "") if slug in by_slug else key.correct
            if chosen is not None:
                save(attempt, slug, *([chosen] if isinstance(chosen, str) else chosen))
        return submit_attempt(attempt, person)

    return do
