"""Editors write questions: every change is a new version, and attempts keep the one they showed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from enablement import audit
from enablement.lessons.folder import ContentError
from enablement.lessons.yaml_lines import Located, YamlError, load_located
from enablement.lessons.yaml_text import mapping_text
from enablement.models import Lesson, Person, State
from quizzes.exporting import question_data
from quizzes.files import QuizFile
from quizzes.loader import links_of
from quizzes.models import Question, QuizQuestion
from quizzes.schema import QuizItem
from quizzes.upkeep import content_now
from quizzes.versions import bring_question


class CannotBeAsked(ValueError):
    """A question that cannot be asked as it is written. `problems` say why, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def question_text(question: Question) -> str:
    """Return a question as an editor writes it, key included."""
    return mapping_text({"slug": question.slug, **question_data(question)})


def write_question(lesson: Lesson, text: str, person: Person, *, of: Question | None = None) -> Question:
    """Write a question from its text, that of one question in a `quiz.yaml`. As `write_item`."""
    try:
        data = load_located(text).value
    except YamlError as error:
        raise CannotBeAsked([f"Line {error.line}: {error.message}."]) from error
    return write_item(lesson, data, person, of=of)


@transaction.atomic
def write_item(
    lesson: Lesson, data: Any, person: Person, *, of: Question | None = None, **about: str
) -> Question:
    """Write a question, or a new version `of` one; quizzes that ask it ask the new one. Raises CannotBeAsked.

    `about` as in `bring_question`.
    """
    file = _read(lesson, data)
    item = file.item.questions[0]
    if of is None and Question.objects.filter(slug=item.slug).exists():
        raise CannotBeAsked([f"There is a question “{item.slug}” already. Give this one another slug."])
    if of is not None and item.slug != of.slug:
        raise CannotBeAsked([f"The slug stays “{of.slug}”: it is how results name the question."])
    try:
        links = links_of(file)
    except ContentError as error:
        raise CannotBeAsked([_sentence(problem.message) for problem in error.problems]) from error
    question, made = bring_question(item, links, **about)
    if made:
        QuizQuestion.objects.filter(question__slug=question.slug).update(question=question)
        audit.record(person, "write_question", question, after={"version": question.version})
    return question


@transaction.atomic
def vouch_for(question: Question, person: Person, state: State = State.RELEASED) -> None:
    """Take a question into the bank as it is, against the content as it is now; or put it away."""
    before = question.state
    question.state, question.content_seen = state, content_now(question)
    question.save(update_fields=["state", "content_seen"])
    audit.record(person, "vouch_for_question", question, before={"state": before}, after={"state": state})


def _read(lesson: Lesson, data: Any) -> QuizFile:
    quiz: dict[str, Any] = {"slug": "bank", "lesson": lesson.slug, "title": "Bank", "questions": [data]}
    try:
        item = QuizItem.model_validate(quiz)
    except ValidationError as error:
        raise CannotBeAsked([_of(detail) for detail in error.errors()]) from error
    return QuizFile(Path(lesson.slug) / "bank", item, Located(item.model_dump(mode="json"), {}))


def _of(detail: Any) -> str:
    where = [str(part + 1 if isinstance(part, int) else part) for part in detail["loc"][3:]]
    message = _sentence(detail["msg"].removeprefix("Value error, "))
    return f"{' '.join(where)}: {message}" if where else message


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}".rstrip(".") + "."
