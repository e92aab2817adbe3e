"""The line to be said: only where it answers just what was asked."""

from __future__ import annotations

import numpy as np
import pytest

from enablement.chat import approved
from enablement.chat.approved import find_approved_line
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
