"""What a review is made of: fields by their paths, the text in pieces, two texts as one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from enablement.drafts.marks import Part, cut
from enablement.drafts.merging import joined, merge_fields, merged
from enablement.lessons.draft_fields import fields_of, with_values

COMPARISON: dict[str, Any] = {
    "slug": "a-or-b",
    "title": "A or B",
    "cards": ["a", "b"],
    "traits": [{"slug": "cost", "title": "Cost", "claim": "A is dear", "cells": {"a": "Dear"}}],
}
CARD = {"slug": "lock", "title": "Lock", "what_it_is": "Old", "aliases": ["bolt"], "sources": ["x"]}


def test_fields_carry_the_paths_of_their_spans() -> None:
    paths = {field.path: field for field in fields_of("comparison", COMPARISON)}
    assert paths["traits.0.cells.a"].value == "Dear"
    assert paths["traits.0.cells.b"].is_missing
    assert list(paths)[-1] == "slug"


def test_a_form_sets_fields_at_their_paths_and_empties_leave() -> None:
    changed = with_values(
        "comparison",
        COMPARISON,
        {"traits.0.cells.b": "Cheap", "title": " ", "cards": "a\n\nb\nc", "other": "x"},
    )
    assert changed["traits"][0]["cells"] == {"a": "Dear", "b": "Cheap"}
    assert "title" not in changed
    assert "other" not in changed
    assert changed["cards"] == ["a", "b", "c"]
    assert COMPARISON["traits"][0]["cells"] == {"a": "Dear"}


@given(
    st.text("ab \n<é", max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70), st.integers(0, 4)), max_size=12),
)
def test_the_pieces_add_up_to_the_text(text: str, spans: list[tuple[int, int, int]]) -> None:
    parts = [Part(start, end, draft, "title") for start, end, draft in spans if draft]
    findings = [Part(start, end, 0, "warn") for start, end, draft in spans if not draft]
    pieces = cut(text, parts, findings, [])
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        inside = {part.draft for part in parts if part.start <= piece.start < part.end}
        assert {int(name.split(":")[0]) for name in piece.parts.split()} == inside


def test_the_narrowest_draft_has_the_piece() -> None:
    pieces = cut("0123456789", [Part(0, 9, 1), Part(3, 5, 2, "title")], [], [])
    assert [(piece.text, piece.draft) for piece in pieces] == [("012", 1), ("34", 2), ("5678", 1), ("9", 0)]
    assert pieces[1].parts == "2:title 1:"


def test_only_what_differs_is_asked() -> None:
    fields = merge_fields("card", CARD, {"title": "Lock", "what_it_is": "New", "aliases": ["bar"]})
    assert {field.name: field.choice for field in fields} == {"what_it_is": "keep", "aliases": "both"}


def test_a_changed_document_offers_what_it_changed_and_leaves_the_rest() -> None:
    proposed = {"title": "The lock", "what_it_is": "New"}
    fields = merge_fields("card", CARD, proposed, {"title": "The lock", "what_it_is": "Old"})
    assert {field.name: field.choice for field in fields} == {"title": "keep", "what_it_is": "take"}


def test_choices_make_one_text_and_sources_of_both_stay() -> None:
    proposed = {
        "slug": "other",
        "title": "T",
        "what_it_is": "New",
        "aliases": ["bar", "Bolt"],
        "sources": ["y"],
    }
    given = {
        "choice-title": "own",
        "own-title": " Mine ",
        "choice-what_it_is": "take",
        "choice-aliases": "both",
    }
    assert merged("card", CARD, proposed, given) == {
        "slug": "lock",
        "title": "Mine",
        "what_it_is": "New",
        "aliases": ["bolt", "bar"],
        "sources": ["x", "y"],
    }


def test_rows_are_known_by_their_names() -> None:
    assert joined([{"slug": "cost", "claim": "old"}], [{"slug": "cost"}, {"slug": "speed"}]) == [
        {"slug": "cost", "claim": "old"},
        {"slug": "speed"},
    ]
