"""The pure parts of retrieval."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enablement.retrieval.fusion import DENSE_STEP, fuse_scores
from enablement.retrieval.pieces import split_pieces
from enablement.retrieval.quotes import best_sentence
from enablement.sentences import sentence_spans, split_sentences

ARMS = st.dictionaries(st.integers(0, 30), st.floats(-5, 5), max_size=12)


def ordered(arm: dict[int, float]) -> dict[int, float]:
    return dict(sorted(arm.items(), key=lambda pair: -pair[1]))


def test_what_both_arms_find_comes_first() -> None:
    assert fuse_scores({"a": 0.9, "b": 0.89, "c": 0.1}, {"b": 7.0, "d": 1.0})[0][0] == "b"


def test_an_arm_that_sets_one_key_far_apart_is_trusted_for_it() -> None:
    sure = {"a": 0.91, **{f"n{n}": 0.3 - n / 1000 for n in range(9)}}
    unsure = {f"n{n}": 2.0 - n / 1000 for n in range(9)}
    assert fuse_scores(sure, unsure)[0][0] == "a"


def test_one_arm_alone_keeps_its_order() -> None:
    assert [key for key, _ in fuse_scores({}, {"a": 3.0, "b": 2.0})] == ["a", "b"]
    assert [key for key, _ in fuse_scores({"a": 0.3, "b": 0.2}, {})] == ["a", "b"]
    assert fuse_scores({}, {}) == []


def test_each_arm_counts_as_much_as_it_is_certain() -> None:
    # One step ahead of the other: e/(1+e) of the certainty. The other arm's two are equal: one half.
    dense, lexical = {"a": 2 * DENSE_STEP, "b": DENSE_STEP}, {"c": 4.0, "a": 4.0}
    sure = (math.e / (1 + math.e)) / (math.e / (1 + math.e) + 0.5)
    first, second = 80 / 11, 80 / 12
    expected = {
        "a": sure * (1 + first) + (1 - sure) * second,
        "b": sure * (-1 + second),
        "c": -sure + (1 - sure) * first,
    }
    assert dict(fuse_scores(dense, lexical)) == pytest.approx(expected)


@given(ARMS, ARMS)
def test_fusion_loses_nothing_and_sorts_by_score(dense: dict[int, float], lexical: dict[int, float]) -> None:
    fused = fuse_scores(ordered(dense), ordered(lexical))
    assert {key for key, _ in fused} == {*dense, *lexical}
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


@given(st.text(alphabet="ab .!?\n", max_size=300), st.integers(1, 12))
def test_pieces_are_short_stand_in_the_text_and_lose_no_word(text: str, words: int) -> None:
    pieces = split_pieces(text, words)
    assert all(piece in text and 0 < len(piece.split()) <= words for piece in pieces)
    assert [word for piece in pieces for word in piece.split()] == text.split()


def test_pieces_end_with_paragraphs_where_they_can() -> None:
    assert split_pieces("One two.\n\nThree four. Five.\n\nSix.", 4) == [
        "One two.",
        "Three four. Five.\n\nSix.",
    ]


def test_sentences_are_split_after_their_end() -> None:
    text = "Ask first. “Is it tone?” Then, e.g. for format, prompt.\n\n- One\n- Two"
    assert split_sentences(text) == [
        "Ask first.",
        "“Is it tone?”",
        "Then, e.g. for format, prompt.",
        "- One",
        "- Two",
    ]


@given(st.text(alphabet='ab .!?\n"“”A1-', max_size=80))
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    spans = list(sentence_spans(text))
    covered = {index for start, end in spans for index in range(start, end)}
    assert all(index in covered for index, character in enumerate(text) if not character.isspace())
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


def test_the_quote_is_the_sentence_that_shares_most_with_the_question() -> None:
    text = "LoRA was published in 2021. It trains two small matrices."
    assert best_sentence(text, "which matrices does it train?") == "It trains two small matrices."
