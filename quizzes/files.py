"""A quiz as a readable file: read it, and say exactly where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from enablement.lessons.folder import ContentError, Problem
from enablement.lessons.yaml_lines import Located, YamlError, load_located
from quizzes.kinds import QuestionKind
from quizzes.schema import QuizItem

KIND_TAGS = set(QuestionKind.values)


@dataclass(frozen=True, slots=True)
class QuizFile:
    """A quiz that was read, and where each part of it stands."""

    path: Path
    item: QuizItem
    located: Located

    def problem(self, message: str, *where: str | int) -> Problem:
        """A problem at the line of the part at `where`."""
        return Problem(f"{self.path.parent.name}/{self.path.name}", self.located.line_of(where), message)


def short_name(path: Path) -> str:
    """Return how a file is called in what is said about it: its folder and its name."""
    return f"{path.parent.name}/{path.name}"


def read_located(path: Path) -> Located:
    """Read a YAML file, keeping where each part of it stands. Raises ContentError."""
    name = short_name(path)
    try:
        return load_located(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(name, 1, f"this file cannot be read as text ({error})")]) from error
    except YamlError as error:
        raise ContentError([Problem(name, error.line, error.message)]) from error


def read_quiz_file(path: Path) -> QuizFile:
    """Read and check one `quiz.yaml`. Raises ContentError with every problem, each with its line."""
    name, located = short_name(path), read_located(path)
    try:
        item = QuizItem.model_validate(located.value)
    except ValidationError as error:
        raise ContentError(list(_problems(name, located, error))) from error
    quiz = QuizFile(path, item, located)
    repeated = list(_repeated_slugs(quiz))
    if repeated:
        raise ContentError(repeated)
    return quiz


def _problems(name: str, located: Located, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors():
        # Pydantic puts the kind of a question into the path; the file has no such level.
        where = tuple(part for index, part in enumerate(detail["loc"]) if index != 2 or part not in KIND_TAGS)
        message = detail["msg"].removeprefix("Value error, ")
        shown = ".".join(str(part) for part in where)
        yield Problem(name, located.line_of(where), f"{shown}: {message[:1].lower()}{message[1:]}")


def _repeated_slugs(quiz: QuizFile) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, question in enumerate(quiz.item.questions):
        if question.slug in seen:
            yield quiz.problem(f"the slug “{question.slug}” is given twice", "questions", index, "slug")
        seen.add(question.slug)
