"""Gaps, fixed answers and pins through the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enablement.chat.gaps import open_gap
from enablement.models import (
    AuditEvent,
    Conversation,
    FixedAnswer,
    Gap,
    Lesson,
    Person,
    Pin,
    Revision,
    Turn,
    TurnState,
)
from enablement.trust.notices import notify
from tests.api.conftest import Program

Programs = Callable[[Person], Program]
ANSWER = {"lesson": "doors", "question": "What is a door?", "answer": "It opens and shuts."}


@pytest.fixture
def gap(released_lesson: Lesson, ada: Person, encoder: None) -> Gap:
    talk = Conversation.objects.create(person=ada, title="x")
    turn = Turn.objects.create(conversation=talk, question="How tall is a zebra?", state=TurnState.REFUSED)
    return open_gap(turn)


def test_a_gap_is_given_drafted_and_asked_again(
    gap: Gap, program: Programs, nia: Person, released_lesson: Lesson
) -> None:
    editor, place = program(nia), f"gaps/{gap.pk}/"
    (listed,) = editor.get("gaps/").json()["results"]
    assert (listed["question"], listed["times"]) == ("How tall is a zebra?", 1)
    assert editor.post(f"{place}assign/", {"person": "nia"}).json()["assignee"] == "nia"
    drafted = editor.post(f"{place}draft/", {"lesson": "doors", "slug": "zebra"}).json()
    assert Revision.objects.get(pk=drafted["draft"]).slug == "zebra"
    assert editor.post(f"{place}recheck/", {}).json() == {"closed": [], "left": ["How tall is a zebra?"]}
    assert editor.post(f"{place}draft/", {"lesson": "doors", "slug": "zebra"}).status_code == 409
    assert editor.post(f"{place}draft/", {"lesson": "doors", "slug": "Ze_bra"}).status_code == 400
    assert editor.post(f"{place}assign/", {"person": "ada"}).json()["errors"].keys() == {"person"}


def test_nothing_of_a_gap_says_who_asked(gap: Gap, program: Programs, nia: Person, ada: Person) -> None:
    shown = program(nia).get(f"gaps/{gap.pk}/").content.decode()
    assert ada.username not in shown


def test_a_fixed_answer_from_pinning_to_taking_out(
    released_lesson: Lesson, program: Programs, nia: Person, ada: Person, encoder: None
) -> None:
    editor = program(nia)
    made = editor.post("fixed-answers/", ANSWER)
    assert made.status_code == 201, made.content
    place = f"fixed-answers/{made.json()['id']}/"
    assert program(ada).get(place).json()["answer"] == "It opens and shuts."
    assert program(ada).post(place, ANSWER).status_code == 404
    assert program(ada).get("fixed-answers/").status_code == 404
    changed = editor.post(place, ANSWER | {"answer": "It swings."}).json()
    assert changed["answer"] == "It swings."
    assert editor.post(f"{place}verify/", {}).json()["verified_at"] > changed["verified_at"]
    assert editor.post(f"{place}delete/", {}).json()["answer"] == "It swings."
    assert not FixedAnswer.objects.exists()
    assert AuditEvent.objects.filter(actor=nia, verb="unpin_answer").exists()


def test_taking_out_sent_again_under_its_key_gets_the_same_answer(
    released_lesson: Lesson, program: Programs, nia: Person, encoder: None
) -> None:
    made = program(nia).post("fixed-answers/", ANSWER).json()
    key = {"Idempotency-Key": "once"}
    answers = [program(nia).post(f"fixed-answers/{made['id']}/delete/", {}, **key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content


def test_pins(released_lesson: Lesson, program: Programs, ada: Person) -> None:
    mine, lock = program(ada), {"kind": "card", "slug": "door-lock"}
    for _ in range(2):
        assert [row["slug"] for row in mine.post("pins/", lock).json()] == ["door-lock"]
    assert mine.post("pins/", {"kind": "card", "slug": "nothing"}).status_code == 404
    assert mine.post("pins/", {"kind": "person", "slug": "ada"}).status_code == 400
    assert mine.post("pins/remove/", lock).json() == mine.get("pins/").json() == []


def test_too_many_pins_are_a_conflict(
    released_lesson: Lesson, program: Programs, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enablement.at_hand.MOST_PINS", 1)
    mine = program(ada)
    mine.post("pins/", {"kind": "card", "slug": "door-lock"})
    refused = mine.post("pins/", {"kind": "card", "slug": "door-hinge"})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert Pin.objects.count() == 1


def test_a_piece_gets_an_owner_who_vouches_for_it(
    released_lesson: Lesson, program: Programs, nia: Person, ada: Person
) -> None:
    place = "pieces/card/door-lock/"
    assert program(ada).post(f"{place}verify/", {}).status_code == 409
    assert program(ada).post(f"{place}owner/", {"interval_days": 30}).status_code == 404
    owned = program(nia).post(f"{place}owner/", {"person": "nia", "interval_days": 30}).json()
    assert (owned["owner"], owned["state"]) == ("Nia", "due")
    assert [row["slug"] for row in program(nia).get("verify-queue/").json()["results"]] == ["door-lock"]
    assert program(nia).post(f"{place}verify/", {}).json()["state"] == "verified"
    assert program(ada).get(f"{place}trust/").json()["verified_by"] == "Nia"
    assert program(nia).get("verify-queue/").json()["results"] == []
    both = {"person": "nia", "team": "north", "interval_days": 30}
    assert program(nia).post(f"{place}owner/", both).json()["errors"].keys() == {"team"}
    nobody = {"person": "nobody", "interval_days": 30}
    assert program(nia).post(f"{place}owner/", nobody).json()["errors"].keys() == {"person"}


def test_messages_are_ones_own_and_are_read(released_lesson: Lesson, program: Programs, ada: Person) -> None:
    notify([ada], "outcome", "It was taken up.", url="/flags/")
    assert [row["title"] for row in program(ada).get("notices/").json()["results"]] == ["It was taken up."]
    assert [program(ada).post("notices/read/", {}).json()["read"] for _ in range(2)] == [1, 0]
