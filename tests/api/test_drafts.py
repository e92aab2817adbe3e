"""Writing content through the API: what an editor does on the pages, a program does here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enablement.models import AuditEvent, Card, Lesson, Person, Revision, State
from tests.api.conftest import Program

Programs = Callable[[Person], Program]
LOCK = {"kind": "card", "slug": "door-lock"}


@pytest.fixture
def editor(released_lesson: Lesson, program: Programs, nia: Person) -> Program:
    return program(nia)


@pytest.fixture
def draft(editor: Program) -> dict[str, Any]:
    begun = editor.post("drafts/", LOCK)
    assert begun.status_code == 201, begun.content
    return dict(begun.json())


def save(editor: Program, draft: dict[str, Any], **change: Any) -> Any:
    body = {"item": draft["item"] | change, "edition": draft["edition"], "reason": "Said better."}
    return editor.post(f"drafts/{draft['id']}/", body)


def test_a_piece_is_changed_and_released(editor: Program, draft: dict[str, Any], nia: Person) -> None:
    saved = save(editor, draft, title="A lock that locks").json()
    assert (saved["edition"], saved["problems"]) == (draft["edition"] + 1, {})
    assert Card.objects.get(slug="door-lock").title != "A lock that locks"
    (listed,) = editor.get("drafts/").json()["results"]
    assert (listed["id"], listed["title"]) == (draft["id"], "A lock that locks")
    released = editor.post(f"drafts/{draft['id']}/release/", {"changes_meaning": False}).json()
    assert released["state"] == "released"
    assert Card.objects.get(slug="door-lock").title == "A lock that locks"
    assert AuditEvent.objects.filter(actor=nia, verb="release", subject="door-lock").exists()


def test_two_programs_do_not_write_over_one_another(editor: Program, draft: dict[str, Any]) -> None:
    answers = [save(editor, draft, title=title) for title in ("One", "Two")]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert editor.get(f"drafts/{draft['id']}/").json()["item"]["title"] == "One"


def test_a_release_is_taken_back_and_a_draft_put_away(editor: Program, draft: dict[str, Any]) -> None:
    before = Card.objects.get(slug="door-lock").title
    save(editor, draft, title="Another")
    editor.post(f"drafts/{draft['id']}/release/", {})
    back = editor.post(f"drafts/{draft['id']}/take-back/", {}).json()
    assert (back["state"], Card.objects.get(slug="door-lock").title) == ("released", before)
    again = editor.post(f"drafts/{draft['id']}/restore/", {}).json()
    assert (again["state"], again["item"]["title"]) == ("draft", "Another")
    assert editor.post(f"drafts/{again['id']}/discard/", {}).json()["state"] == "discarded"
    assert editor.post(f"drafts/{again['id']}/discard/", {}).status_code == 409


def test_a_new_piece_and_a_new_lesson(editor: Program) -> None:
    lesson = editor.post("drafts/", {"kind": "lesson", "item": {"slug": "gates", "title": "Gates"}})
    assert lesson.status_code == 201, lesson.content
    card = editor.post("drafts/", {"kind": "card", "lesson": "gates", "item": {"title": "A gate latch"}})
    assert (card.status_code, card.json()["slug"]) == (201, "a-gate-latch")
    assert card.json()["problems"]
    refused = editor.post(f"drafts/{card.json()['id']}/release/", {})
    assert refused.status_code == 400
    assert all(name.startswith("item.") for name in refused.json()["errors"])


def test_review_by_a_second_person(editor: Program, draft: dict[str, Any], program: Programs) -> None:
    place = f"drafts/{draft['id']}/"
    save(editor, draft, title="Another")
    assert editor.post(f"{place}review/", {}).json()["state"] == "in_review"
    assert editor.post(f"{place}approve/", {}).status_code == 409
    assert editor.post(f"{place}send-back/", {"note": "Shorter."}).json()["review_note"] == "Shorter."


def test_a_piece_is_retired_and_brought_back(editor: Program) -> None:
    for undo, state in ((False, State.ARCHIVED), (True, State.RELEASED)):
        assert editor.post("pieces/card/door-lock/retire/", {"undo": undo}).status_code == 200
        assert Card.objects.get(slug="door-lock").state == state
    assert editor.post("pieces/card/nothing/retire/", {}).status_code == 404
    assert editor.post("pieces/person/ada/retire/", {}).status_code == 404


def test_readers_write_nothing(released_lesson: Lesson, program: Programs, ada: Person, max: Person) -> None:
    for person in (ada, max):
        assert program(person).post("drafts/", LOCK).status_code == 404
        assert program(person).get("drafts/").status_code == 404
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    "item",
    [
        {"title": 5},
        {"aliases": {"a": 1}},
        {"fits": 3},
        {"nothing": ""},
        {"\x00": ""},
        {"title": "x" * 5_000},
        {"sources": [[]]},
    ],
)
def test_an_item_that_is_none_is_said(editor: Program, draft: dict[str, Any], item: dict[str, Any]) -> None:
    refused = save(editor, draft, **item)
    assert refused.status_code == 400
    assert all(name.startswith("item.") for name in refused.json()["errors"]), refused.content
    assert Revision.objects.get(pk=draft["id"]).edition == draft["edition"]


def test_a_distinction_of_the_wrong_types_is_said(editor: Program) -> None:
    values = [5, {"a": 1}, [5], [[5]], [{"name": 5, "signals": 5, "outcome": []}], True]
    for field in ("signals", "outcomes", "statements", "title", "slug"):
        for value in values:
            item = {"slug": "odd-one", "title": "Odd", field: value}
            sent = editor.post("drafts/", {"kind": "distinction", "lesson": "doors", "item": item})
            assert sent.status_code == 400, (field, value, sent.content)


@pytest.mark.parametrize(
    ("body", "about"),
    [
        ({"kind": "card"}, "slug"),
        ({"kind": "card", "item": {}}, "lesson"),
        ({"kind": "lesson", "lesson": "doors", "item": {}}, "lesson"),
        ({"kind": "person", "slug": "ada"}, "kind"),
        ({"kind": "card", "slug": "door-lock", "itme": {}}, "itme"),
    ],
)
def test_bad_input_is_said(editor: Program, body: dict[str, Any], about: str) -> None:
    refused = editor.post("drafts/", body)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [about])
