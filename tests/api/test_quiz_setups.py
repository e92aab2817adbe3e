"""Quizzes set up through the API: made, given rules, released, archived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enablement.models import AuditEvent, Person
from quizzes.attempts import start_attempt
from quizzes.models import Attempt, Quiz
from tests.api.conftest import Program

Programs = Callable[[Person], Program]
MADE = {"lesson": "doors", "title": "Doors by rule", "draws": 3, "rules": [{"count": 2, "topic": "parts"}]}


@pytest.fixture
def editor(every_kind: Attempt, program: Programs, nia: Person) -> Program:
    return program(nia)


def test_a_quiz_is_made_released_and_archived(
    editor: Program, program: Programs, ada: Person, nia: Person
) -> None:
    made = editor.post("quiz-setups/", MADE)
    assert made.status_code == 201, made.content
    quiz = made.json()["quiz"]
    assert (quiz["slug"], quiz["state"], quiz["from_bank"]) == ("doors-by-rule", "draft", True)
    assert made.json()["rules"] == [{"count": 2, "topic": "parts", "difficulty": ""}]
    assert len(made.json()["drawn"]["example"]) == made.json()["drawn"]["questions"] == 3
    assert program(ada).get("quizzes/doors-by-rule/").status_code == 404
    place = "quiz-setups/doors-by-rule/"
    released = editor.post(place, {"state": "released", "pass_mark": 70}).json()
    assert (released["quiz"]["pass_mark"], released["quiz"]["draws"], len(released["rules"])) == (70, 3, 1)
    assert program(ada).get("quizzes/doors-by-rule/").json()["questions"] == 3
    attempt = start_attempt(ada, Quiz.objects.get(slug="doors-by-rule"))
    editor.post(place, {"state": "archived"})
    assert attempt.answers.count() == 3
    assert program(ada).get("quizzes/doors-by-rule/").status_code == 404
    assert AuditEvent.objects.filter(actor=nia, verb="save_quiz", subject="doors-by-rule").count() == 3


def test_quizzes_are_listed_and_narrowed(editor: Program) -> None:
    editor.post("quiz-setups/", MADE)
    for filters, slugs in (
        ({}, {"every-kind", "doors-by-rule"}),
        ({"state": "draft"}, {"doors-by-rule"}),
        ({"lesson": "nothing"}, set()),
    ):
        assert {row["slug"] for row in editor.get("quiz-setups/", **filters).json()["results"]} == slugs
    assert editor.get("quiz-setups/", stat="draft").status_code == 400


def test_listed_questions_stay_until_others_are_sent(editor: Program) -> None:
    place = "quiz-setups/every-kind/"
    before = editor.get(place).json()["questions"]
    assert editor.post(place, {"intro": "About doors."}).json()["questions"] == before
    assert editor.post(place, {"questions": ["kind-one"]}).json()["questions"] == ["kind-one"]
    for questions in ([], ["nothing"]):
        refused = editor.post(place, {"questions": questions, "from_bank": False})
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["questions"])
    assert editor.get(place).json()["questions"] == ["kind-one"]


def test_a_quiz_is_made_of_the_statements_of_a_distinction(editor: Program) -> None:
    made = editor.post("sort-quizzes/", {"distinction": "door-problem"})
    assert made.status_code == 200, made.content
    assert made.json()["quiz"]["slug"] == "sort-door-problem"
    assert editor.post("sort-quizzes/", {"distinction": "nothing"}).status_code == 404


def test_readers_set_up_nothing(every_kind: Attempt, program: Programs, ada: Person, max: Person) -> None:
    for person in (ada, max):
        assert program(person).post("quiz-setups/", MADE).status_code == 404
        assert program(person).post("quiz-setups/every-kind/", {"pass_mark": 0}).status_code == 404
        assert program(person).get("quiz-setups/every-kind/").status_code == 404
    assert Quiz.objects.get().pass_mark == 60


REFUSED: list[Any] = [
    ({"title": "…"}, None),
    ({"pass_mark": 101}, "pass_mark"),
    ({"draws": 0}, "draws"),
    ({"time_limit": 0}, "time_limit"),
    ({"state": "gone"}, "state"),
    ({"rules": [{"count": 0}]}, "rules.0.count"),
    ({"rules": [{"count": 1, "subject": "parts"}]}, "rules.0.subject"),
    ({"questions": [5]}, "questions.0"),
]


def test_bad_input_is_said(editor: Program) -> None:
    for change, about in REFUSED:
        refused = editor.post("quiz-setups/", MADE | change)
        assert refused.status_code == 400
        assert list(refused.json().get("errors", {None: ""})) == [about]
        assert Quiz.objects.count() == 1
