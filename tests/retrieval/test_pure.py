"""The pure parts of retrieval."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enablement.retrieval.fusion import fuse_scores
from enablement.retrieval.quotes import best_sentence
from enablement.sentences import sentence_spans, split_sentences

ARMS = st.dictionaries(st.integers(0, 30), st.floats(-5, 5), max_size=12)


def test_what_both_arms_find_comes_first() -> None:
    assert fuse_scores({"a": 0.9, "b": 0.8, "c": 0.1}, {"b": 7.0, "d": 1.0})[0][0] == "b"


def test_an_arm_that_sets_one_key_far_apart_is_trusted_for_it() -> None:
    sure = {"a": 0.91, **{f"n{n}": 0.3 + n / 1000 for n in range(9)}}
    unsure = {f"n{n}": 2.0 + n / 1000 for n in range(9)}
    assert fuse_scores(sure, unsure)[0][0] == "a"


def test_one_arm_alone_keeps_its_order() -> None:
    assert [key for key, _ in fuse_scores({}, {"a": 3.0, "b": 2.0})] == ["a", "b"]
    assert [key for key, _ in fuse_scores({"a": 0.3, "b": 0.2}, {})] == ["a", "b"]
    assert fuse_scores({}, {}) == []


def test_scores_are_standard_deviations_and_reciprocal_ranks() -> None:
    # Dense: mean 2, spread 1; lexical: mean 5, spread 1. What an arm did not find has its lowest score, -1.
    fused = dict(fuse_scores({"a": 3.0, "b": 1.0}, {"a": 6.0, "c": 4.0}))
    first, second = 10 / 11, 10 / 12
    expected = {"a": 1.6 + 2 * first, "b": -1 - 0.6 + second, "c": -1 - 0.6 + second}
    assert fused == pytest.approx(expected)


@given(ARMS, ARMS)
def test_fusion_loses_nothing_and_sorts_by_score(dense: dict[int, float], lexical: dict[int, float]) -> None:
    fused = fuse_scores(dense, lexical)
    assert {key for key, _ in fused} == {*dense, *lexical}
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


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
