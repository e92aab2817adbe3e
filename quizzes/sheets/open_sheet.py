"""The questions of an attempt and what has been answered so far. No key, no explanation, no feedback link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from quizzes.grading import LONGEST_TEXT, chosen_in, written_in
from quizzes.kinds import QuestionKind, Rules, part_of, parts_in
from quizzes.models import Answer, Attempt, Question


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, by name, and whether it is chosen."""

    name: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question that is answered by itself. Most questions are one part without name and text."""

    name: str
    text: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question as it is asked. `ask` is what to do; for a sort, `prompt` is the statement to sort.

    `text` is what was written so far, where the question is answered in one's own words.
    """

    id: int
    number: int
    kind: str
    ask: str
    prompt: str
    parts: list[Part]
    text: str
    client_seq: int
    saved_at: datetime | None
    is_answered: bool

    @property
    def rules(self) -> Rules:
        return QuestionKind(self.kind).rules

    @property
    def guessed_one_in(self) -> int:
        """Somebody who guesses is right once in so many times."""
        return round(1 / self.rules.guessing_rate([choice.name for choice in self.choices]))

    @property
    def longest(self) -> int:
        """The most characters that a written answer may have."""
        return LONGEST_TEXT

    @property
    def choices(self) -> list[Choice]:
        return [choice for part in self.parts for choice in part.choices]


def open_sheet(attempt: Attempt) -> list[OpenQuestion]:
    """The questions of `attempt` in its own order."""
    return [open_question(answer) for answer in with_choices(attempt.answers.all())]


def with_choices(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """`answers` with everything that showing the questions and their options needs."""
    return answers.select_related("question__distinction").prefetch_related(
        "question__options", "question__distinction__outcomes"
    )


def open_question(answer: Answer) -> OpenQuestion:
    """Return the question of an answer as it is asked."""
    question = answer.question
    return OpenQuestion(
        id=question.pk,
        number=answer.position + 1,
        kind=question.kind,
        ask=what_to_do(question),
        prompt=question.prompt,
        parts=_parts(answer),
        text=written_in(answer.response),
        client_seq=answer.client_seq,
        saved_at=answer.saved_at,
        is_answered=answer.is_given,
    )


def _parts(answer: Answer) -> list[Part]:
    question, chosen = answer.question, chosen_in(answer.response)
    rules, texts = question.rules, question.option_texts()
    return [
        Part(
            part,
            rules.part_text(part, texts, question.stories),
            [
                Choice(name, rules.choice_text(name, texts), name in chosen)
                for name in answer.option_order
                if part_of(name) == part
            ],
        )
        for part in parts_in(answer.option_order)
    ]


def what_to_do(question: Question) -> str:
    """The instruction that goes with a question."""
    return question.rules.ask if question.distinction is None else question.distinction.question
