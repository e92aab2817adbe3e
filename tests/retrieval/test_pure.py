"""The pure parts of retrieval."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from enablement.retrieval.fusion import fuse_ranks
from enablement.retrieval.quotes import best_sentence
from enablement.retrieval.sentences import sentence_spans, split_sentences

RANKINGS = st.lists(st.lists(st.integers(0, 30), unique=True), max_size=4)


def test_what_both_arms_find_comes_first() -> None:
    assert fuse_ranks([["a", "b"], ["b", "c"]])[0][0] == "b"


@given(RANKINGS)
def test_fusion_loses_nothing_and_sorts_by_score(rankings: list[list[int]]) -> None:
    fused = fuse_ranks(rankings)
    assert {key for key, _ in fused} == {key for ranking in rankings for key in ranking}
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
