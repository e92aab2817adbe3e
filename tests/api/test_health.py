"""The health of the knowledge base through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enablement.models import Lesson, Notice, Ownership, Person
from tests.api.conftest import Program

LOCK, HINGE = ({"kind": "card", "slug": f"door-{name}"} for name in ("lock", "hinge"))


@pytest.fixture
def editor(released_lesson: Lesson, program: Callable[[Person], Program], nia: Person) -> Program:
    return program(nia)


def test_pieces_are_counted_listed_and_assigned(editor: Program, ada: Person, max: Person) -> None:
    before = editor.get("health/", lesson="doors").json()
    unowned = editor.get("health/pieces/", trust="unowned", limit="200").json()
    assert unowned["count"] == before["pieces"]["unowned"] > 2
    assert (before["never_read"], before["trusted"]) == (unowned["count"], None)
    assert editor.get("health/pieces/", lesson="nothing").json()["count"] == 0
    assert editor.post("health/assign/", {"pieces": [LOCK, HINGE], "person": "nia"}).json() == {"assigned": 2}
    assert Ownership.objects.filter(person__username="nia").count() == 2
    assert editor.get("health/").json()["pieces"]["unowned"] == unowned["count"] - 2


REFUSED: list[Any] = [
    ({"person": "nobody"}, "person"),
    ({"person": "nia", "team": "north"}, "team"),
    ({"team": "nothing"}, "team"),
    ({"person": "nia", "pieces": []}, "pieces"),
    ({"person": "nia", "pieces": [LOCK, {"kind": "card", "slug": "nothing"}]}, "pieces"),
    ({"person": "nia", "pieces": [{"kind": "person", "slug": "ada"}]}, "pieces.0.kind"),
]


def test_bad_input_is_said_and_nothing_assigned(editor: Program) -> None:
    for change, about in REFUSED:
        refused = editor.post("health/assign/", {"pieces": [LOCK]} | change)
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [about]), refused.content
        assert not Ownership.objects.exists()
        assert not Notice.objects.exists()
