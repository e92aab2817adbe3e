"""Answers that wait on the desk."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from enablement.models import Person
from quizzes.attempts import save_answer, start_attempt, submit_attempt
from quizzes.grading.written import WrittenCheck
from quizzes.models import Answer, PendingGrade, PendingState, Quiz
from quizzes.written import rubric_of
from tests.quizzes.doors import answer_of


def let_wait(person: Person, quiz: Quiz, text: str, since: datetime) -> Answer:
    """An answer of the person's that the judge is not sure of; it takes the first four letters for words."""
    attempt = start_attempt(person, quiz)
    save_answer(attempt, answer_of(attempt, "kind-free").question, {"text": text}, 1)
    submit_attempt(attempt, person)
    answer = answer_of(attempt, "kind-free")
    rubric = rubric_of(answer)
    assert rubric is not None
    proposal = [
        asdict(WrittenCheck(check.name, False, check.title, "open", 0, 4, text[:4]))
        for check in rubric.checks
    ]
    waits = PendingGrade.objects.filter(answer=answer)
    waits.update(state=PendingState.NEEDS_REVIEW, proposal=proposal, since=since)
    PendingGrade.objects.filter(answer__attempt=attempt).exclude(answer=answer).delete()
    return answer
