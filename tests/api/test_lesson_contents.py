"""A lesson looked after through the API: contents, order, sources, synonyms, reviews, release."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enablement.models import AuditEvent, Card, Lesson, Person, Source, Synonym
from tests.api.conftest import Program

Programs = Callable[[Person], Program]


@pytest.fixture
def editor(released_lesson: Lesson, program: Programs, nia: Person) -> Program:
    return program(nia)


def test_a_lesson_is_released_as_a_whole(editor: Program) -> None:
    draft = editor.post("drafts/", {"kind": "card", "slug": "door-lock"}).json()
    item = draft["item"] | {"title": "A lock that locks"}
    editor.post(f"drafts/{draft['id']}/", {"item": item, "edition": draft["edition"]})
    editor.post("drafts/", {"kind": "card", "lesson": "doors", "item": {"title": "A door bell"}})
    lines = {line["slug"]: line for line in editor.get("lessons/doors/contents/").json()["pieces"]}
    assert (lines["door-lock"]["draft"], lines["door-lock"]["state"]) == (draft["id"], "released")
    assert (lines["a-door-bell"]["state"], lines["a-door-bell"]["name"]) == (None, "A door bell")
    result = editor.post("lessons/doors/release/", {}).json()
    assert [version["slug"] for version in result["released"]] == ["door-lock"]
    assert [(left["draft"]["slug"], bool(left["why"])) for left in result["left"]] == [("a-door-bell", True)]
    assert Card.objects.get(slug="door-lock").title == "A lock that locks"
    versions = editor.get("pieces/card/door-lock/versions/").json()["results"]
    assert [version["state"] for version in versions] == ["released", "superseded"]
    assert editor.get("pieces/card/nothing/versions/").status_code == 404


def test_review_by_a_second_person_is_switched(editor: Program, nia: Person) -> None:
    for needed in (True, False):
        assert editor.post("lessons/doors/review/", {"needs_review": needed}).json()["needs_review"] is needed
    assert AuditEvent.objects.filter(actor=nia, verb="set review", channel="api").count() == 2


def test_a_piece_is_moved(editor: Program) -> None:
    cards = [
        line for line in editor.get("lessons/doors/contents/").json()["pieces"] if line["kind"] == "card"
    ]
    last = cards[-1]["slug"]
    assert editor.post(f"pieces/card/{last}/move/", {"way": "top"}).json() == {"place": 1, "of": len(cards)}
    assert editor.get("lessons/doors/contents/").json()["pieces"][0]["slug"] == last


def test_a_source_is_added_and_changed(editor: Program) -> None:
    added = editor.post("lessons/doors/sources/", {"title": "On latches", "url": "https://doors.example/"})
    assert (added.status_code, added.json()["slug"]) == (201, "on-latches"), added.content
    changed = editor.post("lessons/doors/sources/on-latches/", {"year": 2020}).json()
    assert (changed["title"], changed["year"], changed["is_document"]) == ("On latches", 2020, False)
    listed = editor.get("lessons/doors/sources/").json()["results"]
    assert "on-latches" in [source["slug"] for source in listed]
    assert editor.get("lessons/doors/sources/nothing/").status_code == 404
    assert AuditEvent.objects.filter(kind="source", subject="on-latches").count() == 2


def test_synonyms_are_kept_changed_and_removed(editor: Program) -> None:
    kept = editor.post("synonyms/", {"names": ["latch", "catch"], "lesson": "doors"})
    assert (kept.status_code, kept.json()["lesson"]) == (201, "doors"), kept.content
    place = f"synonyms/{kept.json()['id']}/"
    assert editor.post(place, {"names": ["latch", "snap"]}).json()["lesson"] == "doors"
    assert editor.post(place, {"names": ["latch", "snap"], "lesson": None}).json()["lesson"] is None
    again = editor.post("synonyms/", {"names": ["snap", "latch"]})
    assert again.json()["errors"] == {"names": ["These names are already kept as one."]}
    assert editor.get("synonyms/", lesson="doors").json()["count"] == 0
    assert editor.get("synonyms/").json()["results"][0]["names"] == ["latch", "snap"]
    assert editor.post(f"{place}delete/", {}).status_code == 200
    assert not Synonym.objects.exists()


REFUSED: list[Any] = [
    ("synonyms/", {"names": ["latch"]}, "names"),
    ("synonyms/", {"names": ["latch = catch", "x"]}, "names"),
    ("synonyms/", {"names": ["…", "—"]}, "names"),
    ("lessons/doors/sources/", {"title": ""}, None),
    ("lessons/doors/sources/", {"title": "x", "url": "javascript:alert(1)"}, "url"),
    ("lessons/doors/sources/", {"title": "x", "year": 12}, "year"),
    ("lessons/doors/review/", {}, "needs_review"),
    ("pieces/card/door-lock/move/", {"way": "left"}, "way"),
]


def test_bad_input_is_said(editor: Program) -> None:
    before = Source.objects.count()
    for path, body, about in REFUSED:
        refused = editor.post(path, body)
        assert refused.status_code == 400, refused.content
        assert list(refused.json().get("errors", {None: ""})) == [about]
        assert (Source.objects.count(), Synonym.objects.count()) == (before, 0)


def test_readers_look_after_nothing(
    released_lesson: Lesson, program: Programs, ada: Person, max: Person
) -> None:
    for person in (ada, max):
        for place in ("synonyms/", "lessons/doors/contents/", "lessons/doors/sources/"):
            assert program(person).get(place).status_code == 404
        assert program(person).post("lessons/doors/review/", {"needs_review": True}).status_code == 404
