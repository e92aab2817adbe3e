"""The questions of an attempt and what has been answered so far. No key, no explanation, no feedback link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from quizzes.grading import chosen_in
from quizzes.models import Answer, Attempt, Question, QuestionKind


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, by name, and whether it is chosen."""

    name: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question as it is asked. `ask` is what to do; for a sort, `prompt` is the statement to sort."""

    id: int
    number: int
    kind: str
    ask: str
    prompt: str
    choices: list[Choice]
    client_seq: int
    saved_at: datetime | None

    @property
    def is_sort(self) -> bool:
        return self.kind == QuestionKind.SORT

    @property
    def takes_several(self) -> bool:
        return self.kind == QuestionKind.SEVERAL_CHOICES

    @property
    def is_answered(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


def open_sheet(attempt: Attempt) -> list[OpenQuestion]:
    """The questions of `attempt` in its own order."""
    return [_open_question(answer) for answer in with_choices(attempt.answers.all())]


def with_choices(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """`answers` with everything that showing the questions and their options needs."""
    return answers.select_related("question__distinction").prefetch_related(
        "question__options", "question__distinction__outcomes"
    )


def _open_question(answer: Answer) -> OpenQuestion:
    question, chosen, texts = answer.question, chosen_in(answer.response), option_texts(answer.question)
    return OpenQuestion(
        id=question.pk,
        number=answer.position + 1,
        kind=question.kind,
        ask=what_to_do(question),
        prompt=question.prompt,
        choices=[Choice(name, texts.get(name, name), name in chosen) for name in answer.option_order],
        client_seq=answer.client_seq,
        saved_at=answer.saved_at,
    )


def what_to_do(question: Question) -> str:
    """The instruction that goes with a question."""
    if question.distinction is not None:
        return question.distinction.question
    return "Choose all that are right." if question.kind == QuestionKind.SEVERAL_CHOICES else "Choose one."


def option_texts(question: Question) -> Mapping[str, str]:
    """The text of each option of a question, by the option's name."""
    if question.distinction is not None:
        return {outcome.name: outcome.title for outcome in question.distinction.outcomes.all()}
    return {option.name: option.text for option in question.options.all()}
