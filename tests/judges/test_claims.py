"""Which pieces of a draft the wording check takes for one claim."""

from __future__ import annotations

import pytest

from enablement.judges.claims import LONGEST_JOINED, joined
from enablement.sentences import sentence_spans


def pieces(text: str) -> list[str]:
    return [text[slice(*span)] for span in joined(text, list(sentence_spans(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Does it ever err? Never.", ["Does it ever err? Never."]),
        ("Any file. Any format. Any mess.", ["Any file. Any format. Any mess."]),
        ("Thank you. We will call on Monday. Bye.", ["Thank you.", "We will call on Monday.", "Bye."]),
        ("Does it learn? It stays as it is.", ["Does it learn?", "It stays as it is."]),
        ("Pricing\n\nHow does it work?\n\nContact", ["Pricing", "How does it work?", "Contact"]),
    ],
)
def test_pieces_that_claim_nothing_alone_are_read_as_one(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_many_pieces_are_not_one_endless_claim() -> None:
    assert max(map(len, pieces("Ha! " * 500))) <= LONGEST_JOINED
