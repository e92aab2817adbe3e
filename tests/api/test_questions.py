"""The bank through the API: what an editor does on its pages, a program does here."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from enablement.models import AuditEvent, KeptResponse, Person, TokenScope
from enablement.tokens import make_token
from quizzes.kinds import QuestionKind
from quizzes.models import Attempt, Question
from tests.api.conftest import Program
from tests.quizzes.doors import CANARY

Programs = Callable[[Person], Program]
NEW: dict[str, Any] = {
    "kind": "one_choice",
    "topic": "parts",
    "prompt": "What holds the door?",
    "explanation": "The hinge holds it.",
    "options": [
        {"text": "The hinge", "correct": True},
        {"text": "The bell", "misconception": "A bell holds nothing."},
        {"text": "The mat", "misconception": "A mat lies before it."},
    ],
}


@pytest.fixture
def editor(every_kind: Attempt, program: Programs, nia: Person) -> Program:
    return program(nia)


def test_the_bank_is_listed_without_keys_and_read_with_them(editor: Program) -> None:
    listed = editor.get("questions/", lesson="doors", limit="50")
    assert CANARY not in listed.content.decode()
    assert {row["kind"] for row in listed.json()["results"]} == set(QuestionKind.values)
    for row in listed.json()["results"]:
        read = editor.get(f"questions/{row['slug']}/").json()
        assert CANARY in str(read["item"])
        assert CANARY not in str(read["preview"])
        assert read["quizzes"] == ["every-kind"]


NARROWED: list[Any] = [
    ({"kind": "one_choice"}, {"kind-one"}),
    ({"topic": "parts", "kind": "one_choice"}, {"kind-one"}),
    ({"state": "archived"}, set()),
    ({"waiting": "true"}, set()),
    ({"lesson": "nothing"}, set()),
]


def test_the_bank_is_narrowed(editor: Program) -> None:
    for filters, slugs in NARROWED:
        assert {row["slug"] for row in editor.get("questions/", **filters).json()["results"]} == slugs


def test_a_slip_in_a_filter_does_not_widen_the_list(editor: Program) -> None:
    for name, value in (("lessen", "doors"), ("kind", "riddle"), ("lesson", "%00")):
        refused = editor.get("questions/", **{name: value})
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [name])


def test_a_question_is_written_changed_and_brought_back(editor: Program, nia: Person) -> None:
    made = editor.post("questions/", {"lesson": "doors", "item": NEW})
    assert (made.status_code, made.json()["slug"]) == (201, "what-holds-the-door"), made.content
    place = "questions/what-holds-the-door/"
    item = editor.get(place).json()["item"]
    again = {"item": item | {"prompt": "What carries the door?"}, "version": 1}
    assert editor.post(place, again).json()["version"] == 2
    stale = editor.post(place, again | {"item": item | {"prompt": "What bears it?"}})
    assert (stale.status_code, stale.json()["code"]) == (409, "conflict")
    newest, first = editor.get(f"{place}versions/").json()
    assert (newest["version"], newest["by"], newest["changed"]) == (2, "Nia", ["The question"])
    back = editor.post(f"{place}versions/{first['version']}/restore/", {}).json()
    assert (back["version"], back["prompt"]) == (3, "What holds the door?")
    written = AuditEvent.objects.filter(actor=nia, verb="write_question", subject=made.json()["slug"])
    assert set(written.values_list("channel", flat=True)) == {"api"}
    assert written.count() == 3


def test_what_a_write_answers_is_kept_without_a_key(editor: Program) -> None:
    item = NEW | {"explanation": f"{CANARY} It holds."}
    sent = {"lesson": "doors", "item": item}
    made = [editor.post("questions/", sent, **{"Idempotency-Key": "once"}) for _ in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    assert CANARY not in made[1].content.decode() + KeptResponse.objects.get().body


def test_a_question_is_put_away_and_taken_in(editor: Program) -> None:
    for verb, state in (("retire", "archived"), ("release", "released")):
        assert editor.post(f"questions/kind-one/{verb}/", {}).json()["state"] == state
        assert Question.objects.get(slug="kind-one").state == state


def test_a_preview_saves_nothing_and_a_token_to_read_may_ask_for_it(editor: Program, nia: Person) -> None:
    reader = Program(make_token(nia, "a report", 7, TokenScope.READ)[1], editor.client)
    half = NEW | {"explanation": "", "options": NEW["options"][:2]}
    shown = reader.post("question-previews/", {"lesson": "doors", "item": half}).json()
    assert [choice["text"] for choice in shown["question"]["choices"]] == ["The hinge", "The bell"]
    assert "explanation" in shown["problems"]
    assert not Question.objects.filter(prompt=NEW["prompt"]).exists()
    assert reader.post("questions/", {"lesson": "doors", "item": NEW}).status_code == 403


def test_proposals_wait_until_they_are_taken_in(editor: Program) -> None:
    made = editor.post("question-proposals/", {"lesson": "doors"}).json()["made"]
    waiting = editor.get("questions/", waiting="true", state="draft").json()["results"]
    assert made
    assert {row["slug"] for row in waiting} == set(made)
    assert all(row["waits_for"] for row in waiting)
    assert editor.post("question-proposals/", {"lesson": "doors", "by": "model"}).status_code == 409


def test_readers_have_no_bank(every_kind: Attempt, program: Programs, ada: Person, max: Person) -> None:
    for person in (ada, max):
        for place in ("questions/", "questions/kind-one/", "questions/kind-one/versions/"):
            refused = program(person).get(place)
            assert refused.status_code == 404
            assert CANARY not in refused.content.decode()


# With DOSAY_FUZZ every kind, and each is saved as well as looked at.
WHOLE = bool(os.environ.get("DOSAY_FUZZ"))
ODD: list[Any] = [5, [{"text": 5, "met": 5, "says": "x"}], {"a": [1]}, "\x00", None, [[5]]]


@pytest.mark.parametrize("kind", QuestionKind.values if WHOLE else ["sort", "free_text"])
def test_an_item_that_is_none_is_said(editor: Program, kind: str) -> None:
    """Every field with values of wrong kinds: a sentence by the field, never a failure."""
    known = Question.objects.get(lesson__slug="doors", kind=kind)
    item = editor.get(f"questions/{known.slug}/").json()["item"]
    for field in item:
        for value in ODD if WHOLE else ODD[:3]:
            sent = {"lesson": "doors", "item": item | {"slug": "another", field: value}}
            shown = editor.post("question-previews/", sent)
            assert shown.status_code in (200, 400), (field, value, shown.content)
            if WHOLE:
                saved = editor.post("questions/", sent)
                assert saved.status_code in (201, 400), (field, value, saved.content)
                Question.objects.filter(slug="another").delete()


REFUSED: list[Any] = [
    ({"kind": "riddle"}, "item.kind"),
    ({"kind": None}, "item.kind"),
    ({"prompt": ""}, "item.prompt"),
    ({"options": NEW["options"][1:]}, "item.options"),
    ({"card": "nothing"}, "item"),
    ({"slug": "kind-one"}, "item"),
    ({"riddle": 1}, "item.riddle"),
]


def test_bad_input_is_said(editor: Program) -> None:
    for change, about in REFUSED:
        refused = editor.post("questions/", {"lesson": "doors", "item": NEW | change})
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [about]), refused.content
