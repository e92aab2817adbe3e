"""Differences between versions, as a person reads them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from enablement.lessons import schema
from enablement.lessons.difference import ADDED, REMOVED, SAME, compare, compare_text
from enablement.lessons.live import item_type
from tests.small_lesson import small_lesson


def item(kind: str, **values: Any) -> dict[str, Any]:
    plural = {"card": "cards", "distinction": "distinctions", "guide_entry": "guide_entries"}[kind]
    piece: schema.Item = getattr(small_lesson(), plural)[0]
    return {**piece.model_dump(mode="json"), **values}


def spelled(lines: Any) -> list[list[tuple[str, str]]]:
    return [[(piece.op, piece.text) for piece in line] for line in lines]


def test_words_that_went_and_came_are_marked() -> None:
    pieces = [(p.op, p.text) for p in compare_text("It adds facts.", "It never adds facts.")]
    assert pieces == [(SAME, "It"), (ADDED, " never"), (SAME, " adds facts.")]


def test_a_replaced_phrase_is_marked_as_a_whole() -> None:
    pieces = [(p.op, p.text) for p in compare_text("the old brass lock", "the new steel lock")]
    assert pieces == [(SAME, "the "), (REMOVED, "old brass"), (ADDED, "new steel"), (SAME, " lock")]


def test_a_sentence_written_anew_is_not_cut_into_crumbs() -> None:
    pieces = compare_text(
        "A lock that is made of brass holds.", "A bolt whose shaft is forged in steel holds."
    )
    assert [piece.op for piece in pieces] == [SAME, REMOVED, ADDED, SAME]


def test_breaks_that_only_wrap_a_paragraph_are_not_shown() -> None:
    old, new = (
        item("card", what_it_is="One\ntwo.\n\n- a\n- b"),
        item("card", what_it_is="One two.\n\n- a\n- c"),
    )
    (change,) = compare("card", schema.CardItem, old, new)
    assert "".join(piece.text for piece in change.lines[0] if piece.op != ADDED) == "One two.\n\n- a\n- b"
    assert compare("card", schema.CardItem, old, {**old, "what_it_is": "One two.\n\n- a\n- b"}) == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    pieces = compare_text(old, new)
    assert "".join(p.text for p in pieces if p.op != ADDED) == old
    assert "".join(p.text for p in pieces if p.op != REMOVED) == new


def test_equal_versions_have_no_difference() -> None:
    for kind in ("card", "distinction", "guide_entry"):
        assert compare(kind, item_type(kind), item(kind), item(kind)) == []


def test_the_order_of_sources_is_no_difference() -> None:
    old, new = item("card", sources=["a", "b"]), item("card", sources=["b", "a"])
    assert compare("card", schema.CardItem, old, new) == []


def test_a_changed_line_of_a_list_stands_beside_its_old_self() -> None:
    old = item("guide_entry", fine=["Every lock can be broken in time", "Locks delay a burglar"])
    new = item("guide_entry", fine=["Every lock can be picked in time", "Locks delay a burglar", "Ask us"])
    (change,) = compare("guide_entry", schema.GuideEntryItem, old, new)
    assert change.label == "Phrasings near it that are fine"
    lines = spelled(change.lines)
    assert lines[0][1:3] == [(REMOVED, "broken"), (ADDED, "picked")]
    assert lines[1] == [(ADDED, "Ask us")]


def test_a_row_is_named_and_its_changed_field_shown() -> None:
    old, new = item("distinction"), item("distinction")
    new["outcomes"][0]["say"] = "That sounds like the cylinder."
    (change,) = compare("distinction", schema.DistinctionItem, old, new)
    assert change.label == "Outcomes › A lock problem › Line to say"
    assert change.field == "outcomes"


def test_rows_added_removed_and_moved_are_told() -> None:
    old, new = item("distinction"), item("distinction")
    new["signals"].reverse()
    new["statements"] = new["statements"][1:]
    changes = compare("distinction", schema.DistinctionItem, old, new)
    assert [(c.label, c.note) for c in changes if c.note] == [("Signals", "In another order.")]
    gone = [c for c in changes if c.field == "statements"]
    assert {piece.op for c in gone for line in c.lines for piece in line} == {REMOVED}
