"""Answers of a handed-in attempt that have no grade yet. Nothing of their keys is read."""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.grading import written_in
from quizzes.kinds import QuestionKind, Rules
from quizzes.models import Answer, Attempt, PendingGrade, PendingState
from quizzes.sheets.open_sheet import what_to_do


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question whose answer waits. `state` is `waiting` for a judge, or `needs_review` by a person."""

    number: int
    kind: str
    topic: str
    ask: str
    prompt: str
    text: str
    state: str

    @property
    def rules(self) -> Rules:
        return QuestionKind(self.kind).rules

    @property
    def label(self) -> str:
        return PendingState(self.state).label


def waiting_sheet(attempt: Attempt) -> list[WaitingQuestion]:
    """Return the waiting answers of `attempt` in its own order."""
    rows = PendingGrade.objects.filter(answer__attempt=attempt).order_by("answer__position")
    return [
        waiting_question(row.answer, row.state)
        for row in rows.select_related("answer__question__distinction")
    ]


def waiting_question(answer: Answer, state: str) -> WaitingQuestion:
    """Return the question of an answer that waits."""
    question = answer.question
    return WaitingQuestion(
        number=answer.position + 1,
        kind=question.kind,
        topic=question.topic,
        ask=what_to_do(question),
        prompt=question.prompt,
        text=written_in(answer.response),
        state=state,
    )
