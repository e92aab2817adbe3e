"""An answer in the knowledge base's own words reads like one: the point, whole, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enablement.chat.aloud import leans_back
from enablement.chat.answered_by import KnownAnswers, foretold, learn
from enablement.chat.compose import compose
from tests.chat.passages import LATCH, door_hits, hit

VECTOR = np.eye(4, dtype=np.float32)


def test_the_meaning_of_a_term_stands_under_its_name() -> None:
    latch = door_hits()[2]
    (piece,) = compose("What is a latch?", [latch], {})
    assert piece.text == "Latch: the bolt that a handle draws back."
    assert piece.hit.text[piece.start : piece.end] == LATCH
    says_it = replace(latch, text="A latch is the bolt that a handle draws back.")
    assert [piece.text for piece in compose("What is a latch?", [says_it], {})] == [says_it.text]


def test_a_meaning_is_not_begun_in_its_middle() -> None:
    latch = replace(door_hits()[2], text=f"{LATCH} Springs hold doors shut.")
    assert compose("Which springs hold doors shut?", [latch], {})[0].start == 0


def test_what_announces_a_list_is_left_out_where_the_list_is_cut() -> None:
    causes = (
        "Doors squeak at night. Three causes are common. The hinge is dry. The frame is bent. Wood swells."
    )
    said = compose("Why do doors squeak?", [hit(causes)], {})
    assert [piece.text for piece in said] == ["Doors squeak at night."]
    two = causes.replace("Three", "Two").replace("Doors squeak at night. ", "")
    assert len(compose("What are common causes?", [hit(two)], {})) == 3


def test_a_spoken_answer_begins_with_its_reply_only_where_its_own_question_is_asked() -> None:
    answer = hit("Only in winter. Graphite helps then.", kind="script", field="answer", title="Spoken answer")
    asked = {answer.passage_id: "Do I have to oil my lock?"}
    for question, first in (
        ("Must I oil the lock?", "Only in winter."),
        ("graphite?", "Graphite helps then."),
    ):
        assert compose(question, [answer], asked)[0].text == first


def test_a_question_put_back_to_the_buyer_is_not_told() -> None:
    answer = hit("Graphite helps a lock. Which one would that be?", kind="script", field="answer")
    assert [piece.text for piece in compose("Which lock?", [answer], {})] == ["Graphite helps a lock."]


def test_a_spoken_answer_does_not_put_its_last_question_in_the_middle() -> None:
    answer = hit("Graphite helps a lock. How old is the lock?", kind="script", field="answer")
    told = compose("Which lock?", [answer, hit("A lock holds a door.", number=2, slug="lock", dense=0.5)], {})
    assert [piece.text for piece in told] == ["Graphite helps a lock.", "A lock holds a door."]


def test_what_speaks_of_buyers_is_told_to_who_asks_about_them() -> None:
    both = hit("Oil makes a hinge quiet. A buyer who names a squeak needs oil. Begin with oil for a squeak.")
    told = [piece.text for piece in compose("How is a squeak cured?", [both], {})]
    assert told == ["Oil makes a hinge quiet."]
    told = [piece.text for piece in compose("My client names a squeak. What does she need?", [both], {})]
    assert "A buyer who names a squeak needs oil." in told


def test_what_is_left_of_a_passage_does_not_begin_with_its_other_half() -> None:
    halves = hit("Ask the buyer what squeaks. A squeak points to the hinge. A draught points to the frame.")
    assert compose("What does a squeak point to?", [halves], {}) == []


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Remove them or mark them before oiling.", True),
        ("At that size a door sticks.", True),
        ("The rust in it spreads.", True),
        ("If those hold, begin with one door.", True),
        ("Keep some aside.", True),
        ("Oil earns its place when a door squeaks.", False),
        ("Doors that stick need oil.", False),
        ("A hinge that squeaks is dry.", False),
        ("If a door sticks, oil it.", False),
    ],
)
def test_a_sentence_that_needs_the_one_before_it_does_not_begin(sentence: str, leans: bool) -> None:
    assert leans_back(sentence) == leans


def test_a_sentence_that_points_further_up_does_not_begin() -> None:
    two = hit("Oil the door or the lock. If the door sticks, it is the first cause.")
    assert compose("Why does the door stick?", [two], {})[0].start == 0


@pytest.mark.parametrize(("question", "first"), [("Why oil a hinge?", "card"), ("What is a hinge?", "term")])
def test_a_definition_that_nobody_asked_for_comes_later(question: str, first: str) -> None:
    term = hit("A hinge is a joint.", number=2, kind="term", field="meaning", slug="hinge", title="Hinge")
    why = hit(
        "Oil keeps it from squeaking. Rust does the rest.", field="what_it_does", slug="oil", title="Oil"
    )
    known = learn(KnownAnswers(VECTOR[:1], [["hinge", "oil"]], "an encoder", ""))
    hits = [replace(term, dense=0.9), why] if first == "term" else [term, replace(why, dense=0.9)]
    told = compose(question, hits, {}, foretold(VECTOR[0], known))
    assert told[0].hit.kind == first


def test_where_something_comes_from_is_told_to_who_asks_it() -> None:
    past = hit(
        "Smiths made the first hinge.", field="where_it_comes_from", title="Hinge › Where it comes from"
    )
    use = hit("A hinge carries a door.", number=2, slug="use", field="what_it_does", dense=0.7)
    for question, first in (("What is the origin of the hinge?", past), ("Why a hinge?", use)):
        assert compose(question, [past, use], {})[0].hit == first


def test_a_note_to_the_rep_leads_to_the_line_that_is_said() -> None:
    note = hit("A buyer who hears “lock” worries.", kind="guide_entry", field="why", slug="lock")
    line = hit("The bolt holds.", number=2, kind="guide_entry", field="do_say", slug="lock", dense=0.2)
    note, line = (replace(one, key=f"guide_entry:lock:{one.field}") for one in (note, line))
    assert compose("Why worry about a lock?", [note], {}, points={note.key: line})[0].hit == line
