"""The line to be said: only where it answers just what was asked."""

from __future__ import annotations

import numpy as np
import pytest

from enablement.chat import approved
from enablement.chat.approved import find_approved_line, likely_line
from enablement.chat.relevance import shared
from enablement.models import Person
from enablement.retrieval.search import Hit
from tests.chat.passages import hit

SCRIPT = hit(
    "A hinge is oiled once a year.", number=5, kind="script", field="answer", slug="oil", title="Spoken"
)
CONTEXTS = {5: "How often is a hinge oiled?"}


def found(question: str, cosine: float | None, monkeypatch: pytest.MonkeyPatch, person: Person) -> Hit | None:
    """Look for a line where the question and what the line answers are `cosine` alike."""
    monkeypatch.setattr(approved, "vectors_of", lambda texts: [np.array([cosine]) for _ in texts])
    vector = None if cosine is None else np.array([1.0])
    return find_approved_line(question, vector, [SCRIPT, hit("A lock.", number=6)], CONTEXTS, person)


@pytest.mark.parametrize(
    ("question", "cosine", "is_found"),
    [
        ("How often do I oil a hinge?", 0.9, True),
        ("How often do I oil a hinge?", None, True),
        ("How often do I oil a hinge?", 0.3, False),
        ("Why does a hinge squeak after rain?", 0.8, False),
        ("Why does a hinge squeak after rain?", None, False),
        ("Who paints doors?", 0.99, False),
    ],
)
def test_a_line_is_given_where_it_answers_just_that(
    question: str, cosine: float | None, is_found: bool, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (found(question, cosine, monkeypatch, ada) == SCRIPT) == is_found


def test_words_in_common_are_a_share_of_both() -> None:
    assert shared("oil the hinge", "The hinge is oiled") == 1
    assert shared("oil the hinge", "") == 0
    assert shared("", "") == 0


@pytest.mark.parametrize(
    ("question", "likely", "is_given"),
    [
        ("What keeps a hinge quiet?", {"oil": 0.9}, True),
        ("What keeps a hinge quiet?", {"door-lock": 0.9, "oil": 0.7}, True),
        ("What keeps a hinge quiet?", {"oil": 0.4}, False),
        ("What keeps it quiet?", {"oil": 0.9}, False),
        ("What keeps a hinge quiet?", {}, False),
    ],
)
def test_what_is_written_to_be_said_is_the_line_where_it_is_likely_and_replies(
    question: str, likely: dict[str, float], is_given: bool
) -> None:
    hits = [hit("A lock.", number=6, slug="door-lock"), SCRIPT]
    assert (likely_line(question, hits, CONTEXTS, {}, likely) == SCRIPT) == is_given


def test_an_entrys_reason_is_never_said_its_line_is() -> None:
    why = hit("Buyers mistrust it.", number=7, kind="guide_entry", field="why", slug="oil")
    line = hit("We oil it.", number=8, kind="guide_entry", field="do_say", slug="oil")
    assert likely_line("Is it oiled?", [why], {}, {}, {"oil": 0.9}) is None
    assert likely_line("Is it oiled?", [why], {}, {why.key: line}, {"oil": 0.9}) == line
