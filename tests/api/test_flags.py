"""What readers say about lines, through the API: both sides of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enablement.models import Flag, Lesson, Notice, Person
from tests.api.conftest import Program

Programs = Callable[[Person], Program]
LINE = {"kind": "guide_entry", "slug": "door-unbreakable", "reason": "wrong", "note": "It broke."}


def test_a_reader_says_it_and_hears_the_answer(
    released_lesson: Lesson, program: Programs, ada: Person, nia: Person
) -> None:
    made = program(ada).post("flags/", LINE)
    assert made.status_code == 201, made.content
    waiting = program(nia).get("flags/", state="open").json()["results"]
    assert [(row["person"], row["note"]) for row in waiting] == [("ada", "It broke.")]
    closed = program(nia).post(f"flags/{made.json()['id']}/answer/", {"state": "accepted", "answer": "Yes."})
    assert closed.json()["closed_by"] == "nia"
    assert program(ada).get(f"flags/{made.json()['id']}/").json()["answer"] == "Yes."
    assert Notice.objects.filter(person=ada, kind="outcome").exists()


def test_what_is_answered_is_not_answered_again(
    released_lesson: Lesson, program: Programs, ada: Person, nia: Person
) -> None:
    pk = program(ada).post("flags/", LINE).json()["id"]
    answers = [program(nia).post(f"flags/{pk}/answer/", {"state": "declined"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["code"] == "conflict"


def test_a_reader_does_not_answer_their_own(released_lesson: Lesson, program: Programs, ada: Person) -> None:
    pk = program(ada).post("flags/", LINE).json()["id"]
    assert program(ada).post(f"flags/{pk}/answer/", {"state": "accepted"}).status_code == 404
    assert Flag.objects.get().state == "open"


def test_a_proposal_and_an_example(
    released_lesson: Lesson, program: Programs, ada: Person, nia: Person
) -> None:
    proposed = program(ada).post(
        "flags/proposals/",
        {"lesson": "doors", "dont_say": "It locks itself.", "do_say": "You lock it.", "why": "It does not."},
    )
    example = program(ada).post(
        "flags/examples/", {"entry": "door-unbreakable", "text": "It never breaks.", "reason": "missed"}
    )
    assert [proposed.status_code, example.status_code] == [201, 201]
    taken = program(nia).post(f"flags/{proposed.json()['id']}/answer/", {"state": "accepted"}).json()
    assert taken["draft"] == Flag.objects.get(pk=taken["id"]).revision_id is not None


@pytest.mark.parametrize(
    ("change", "status", "about"),
    [
        ({"slug": "nothing"}, 404, None),
        ({"kind": "person"}, 404, None),
        ({"reason": "fine"}, 400, "reason"),
        ({"note": "x" * 2_001}, 400, "note"),
        ({"slug": 1}, 400, "slug"),
    ],
)
def test_bad_input_is_said(
    released_lesson: Lesson,
    program: Programs,
    ada: Person,
    change: dict[str, object],
    status: int,
    about: str | None,
) -> None:
    refused = program(ada).post("flags/", LINE | change)
    assert refused.status_code == status
    assert list(refused.json().get("errors", {})) == ([about] if about else [])
    assert not Flag.objects.exists()


def test_a_state_that_there_is_not_is_said(program: Programs, ada: Person) -> None:
    assert program(ada).get("flags/", state="x").json()["errors"].keys() == {"state"}
