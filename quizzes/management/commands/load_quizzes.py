"""Load the quizzes of the lesson folders."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from enablement.lessons.folder import ContentError, Problem
from enablement.management.json_command import BadInput, JsonCommand
from quizzes.coach.loading import load_coaching
from quizzes.demo import make_demo_history, make_demo_managing
from quizzes.files import QuizFile, read_quiz_file
from quizzes.gold_items import gold_folders, read_gold_quiz
from quizzes.loader import Loaded, load_quiz


class Command(JsonCommand):
    help = "Load the quizzes of the lesson folders (default: fixtures/*/quiz*.yaml). Run load_lessons first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument("--demo", action="store_true", help="give the demo people a few attempts, once")

    def answer(self, **options: Any) -> dict[str, Any]:
        files = read_files(options["files"]) if options["files"] else read_starter_quizzes()
        loaded = load_files(files)
        return {
            "scenarios": [] if options["files"] else load_scenarios(),
            "quizzes": [_as_json(one) for one in loaded],
            "demo_attempts": make_demo_history() if options["demo"] else 0,
            "demo_managing": make_demo_managing() if options["demo"] else 0,
        }

    def describe(self, result: dict[str, Any]) -> str:
        changed = [quiz for quiz in result["quizzes"] if not quiz["same"]]
        number = len(result["quizzes"])
        files = "1 quiz" if number == 1 else f"{number} quizzes"
        lines = [f"{files}; " + ("loaded:" if changed else "nothing has changed.")]
        for quiz in changed:
            counts = ", ".join(f"{len(quiz[what])} {what}" for what in ("added", "changed", "removed"))
            lines.append(f"  {quiz['slug']}: {counts}")
        if result["scenarios"]:
            lines.append(f"  {len(result['scenarios'])} scenarios of coach mode")
        if result["demo_attempts"]:
            lines.append(f"  {result['demo_attempts']} attempts of demo people")
        return "\n".join(lines)


def starter_files() -> list[Path]:
    """Return the quizzes that come with the product."""
    return sorted((settings.ROOT / "fixtures").glob("*/quiz*.yaml"))


def read_starter_quizzes() -> list[QuizFile]:
    """Read all that comes with the product, the questions of the gold set too. Raises BadInput."""
    files, problems = read_files(starter_files()), []
    for folder in gold_folders(settings.ROOT / "fixtures"):
        try:
            files.append(read_gold_quiz(folder))
        except ContentError as error:
            problems += error.problems
    _refuse(problems)
    return files


def load_scenarios() -> list[str]:
    """Load the scenarios that come with the product; return those that changed. Raises BadInput."""
    changed, problems = [], []
    with transaction.atomic():
        for path in sorted((settings.ROOT / "fixtures").glob("*/coaching.yaml")):
            try:
                changed += load_coaching(path)
            except ContentError as error:
                problems += error.problems
        _refuse(problems)
    return changed


def read_files(paths: list[Path]) -> list[QuizFile]:
    """Read every file. Raises BadInput naming each file and line that is wrong."""
    files, problems = [], []
    for path in paths:
        try:
            files.append(read_quiz_file(path))
        except ContentError as error:
            problems += error.problems
    _refuse(problems)
    return files


def load_files(files: list[QuizFile]) -> list[Loaded]:
    """Load all of the files or, when anything is wrong with one, nothing. Raises BadInput."""
    loaded, problems = [], []
    with transaction.atomic():
        for file in files:
            try:
                loaded.append(load_quiz(file))
            except ContentError as error:
                problems += error.problems
        _refuse(problems)
    return loaded


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise BadInput("Nothing was loaded.\n" + "\n".join(str(problem) for problem in problems))


def _as_json(loaded: Loaded) -> dict[str, Any]:
    return {
        "slug": loaded.quiz.slug,
        "same": loaded.is_same,
        "added": loaded.added,
        "changed": loaded.changed,
        "removed": loaded.removed,
    }
