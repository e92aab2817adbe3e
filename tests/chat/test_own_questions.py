"""The questions of our own on the starter lessons: the gate, and a right citation among the first three."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from enablement.chat import turns
from enablement.management.json_command import command_person
from enablement.models import Surface, TurnState

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "questions.yaml").read_text("utf-8")
)
TO_ANSWER = [row for row in QUESTIONS if "gold" in row]
TO_REFUSE = [row for row in QUESTIONS if "refuse" in row]


@pytest.mark.django_db
def test_the_gate_and_the_citations_on_the_questions_of_our_own(starter_lessons: None) -> None:
    person = command_person()
    answers = {row["text"]: turns.answer_now(person, row["text"], Surface.API) for row in QUESTIONS}
    refused = [row["text"] for row in TO_ANSWER if answers[row["text"]].state != TurnState.DONE]
    answered = [row["text"] for row in TO_REFUSE if answers[row["text"]].state != TurnState.REFUSED]
    assert len(refused) <= 1, refused
    assert answered == []
    without = [
        row["text"]
        for row in TO_ANSWER
        if not {cited.slug for cited in answers[row["text"]].citations.filter(n__lte=3)} & set(row["gold"])
    ]
    assert len(without) <= 0.15 * len(TO_ANSWER), without
