"""The check of a model's sentence against the words that it says it rests on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enablement.chat.lines import LineBuffer
from enablement.chat.verify import Claim, check_claim, find_quote, has_words_of, read_claim
from enablement.sentences import split_sentences
from tests.chat.model_server import GOOD
from tests.chat.passages import GRAPHITE, HINGE

PASSAGES = {1: ("Hinge", HINGE), 2: ("Lock", GRAPHITE)}
CARRIES = "A hinge carries the door."


@pytest.mark.parametrize("sentence", [*split_sentences(HINGE), "The door is carried by a hinge."])
def test_a_sentence_in_the_passages_own_words_passes(sentence: str) -> None:
    quote = sentence if sentence in HINGE else CARRIES
    checked = check_claim(Claim(sentence, 1, quote), PASSAGES)
    assert checked is not None
    assert HINGE[checked.start : checked.end] in split_sentences(HINGE)


@pytest.mark.parametrize(
    ("sentence", "passage", "quote"),
    [
        (CARRIES, 7, CARRIES),  # a number that was not offered
        (CARRIES, 2, CARRIES),  # a quote that stands in another passage
        (CARRIES, 1, "A hinge carries every door."),  # a quote of its own
        (CARRIES, 1, "A hinge"),  # a quote that stands anywhere
        ("It is made of brass.", 1, CARRIES),  # a quote that says something else
        ("A hinge does not carry the door.", 1, CARRIES),  # turned round
        ("It locks anything at all.", 1, "lock anything. A hinge"),  # no such stretch
        ("A hinge carries two doors.", 1, CARRIES),  # a number of its own
        ("A Blum hinge carries the door.", 1, CARRIES),  # a name of its own
        ("A hinge always carries the door.", 1, CARRIES),  # promises more
        ("A hinge carries the door, says https://evil.example", 1, CARRIES),
        ("A hinge carries the <b>door</b>.", 1, CARRIES),
        ("A hinge carries the ![door](x).", 1, CARRIES),
        ("A hinge carries the door [1].", 1, CARRIES),  # a citation that is not ours
        ("So it is.", 1, CARRIES),  # says nothing
    ],
)
def test_a_sentence_that_its_quote_does_not_say_is_dropped(sentence: str, passage: int, quote: str) -> None:
    assert check_claim(Claim(sentence, passage, quote), PASSAGES) is None


def test_a_quote_that_leaves_out_the_not_does_not_turn_the_sentence_round() -> None:
    text = "A hinge does not lock the door of a house."
    claim = Claim("A hinge can lock the door of a house.", 1, "lock the door of a house")
    assert check_claim(claim, {1: ("Hinge", text)}) is None


def test_a_name_with_digits_may_stand_in_the_title_and_an_amount_may_not() -> None:
    assert has_words_of("BM25 is a formula for ranking.", "Glossary › BM25", "A formula for ranking.")
    assert not has_words_of("Two formulas for ranking.", "Two words", "A formula for ranking.")


def test_line_breaks_and_the_shape_of_quotation_marks_do_not_count_in_a_quote() -> None:
    text = "The guide says “carry\nthe door” and means it."
    assert find_quote('says "carry the door" and means', text) is not None
    assert find_quote("carry the doo", text) is None


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "7", '{"sentence": 1}', '{"sentence": "a", "passage": "1", "quote": "b"}', "[" * 9000],
)
def test_a_line_in_another_form_is_no_claim(line: str) -> None:
    assert read_claim(line) is None


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_text_at_all_breaks_the_check(sentence: str, quote: str) -> None:
    checked = check_claim(Claim(sentence, 1, quote), PASSAGES)
    assert checked is None or "http" not in checked.text


@given(st.lists(st.integers(0, len(GOOD)), max_size=20))
def test_however_a_text_arrives_its_lines_are_the_same(cuts: list[int]) -> None:
    bounds = [0, *sorted(cuts), len(GOOD)]
    buffer = LineBuffer()
    pieces = (GOOD[start:end] for start, end in pairwise(bounds))
    assert [line for piece in pieces for line in buffer.feed(piece)] + buffer.flush() == GOOD.split("\n")
