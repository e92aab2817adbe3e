"""The gate, the composed answer, the check of a model's sentence: without a database."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enablement.chat.compose import LEANS, compose
from enablement.chat.evidence import weigh
from enablement.chat.prompt import build_messages
from enablement.chat.sentences import SentenceBuffer, cited_numbers
from enablement.chat.verify import check_sentence
from enablement.sentences import split_sentences
from enablement.words import content_words, stem
from tests.chat.passages import GRAPHITE, HINGE, LATCH, door_hits, hit

PASSAGES = {1: ("Hinge", HINGE), 2: ("Lock", GRAPHITE)}


def test_a_question_that_the_hits_cover_is_answered() -> None:
    assert weigh("What does a hinge carry?", door_hits(), {}).enough


@pytest.mark.parametrize(
    "question",
    ["Who won the football final?", "What does a Kwikset hinge cost on Amazon?", "the of and", "؟؟ ..."],
)
def test_a_question_about_something_else_is_not(question: str) -> None:
    far = [hit(HINGE, dense=0.2)]
    assert not weigh(question, far, {}).enough
    assert not weigh(question, [], {}).enough


def test_a_name_that_nobody_wrote_about_weighs_against_an_answer() -> None:
    hits = [hit(HINGE, dense=0.55)]
    assert weigh("Does a hinge carry a door?", hits, {}).enough
    found = weigh("Does a Blum or Hettich hinge carry a Jeld door?", hits, {})
    assert found.unknown == {"blum", "hettich", "jeld"}
    assert not found.enough


def test_without_the_encoder_the_words_must_carry_it_alone() -> None:
    hits = [hit(HINGE, dense=None)]
    assert weigh("Does a hinge carry the door?", hits, {}).enough
    assert not weigh("Does a hinge rust in winter?", hits, {}).enough


def test_words_that_help_to_find_a_passage_cover_a_question_too() -> None:
    bare = weigh("Is a pivot heavy?", [hit(HINGE)], {})
    helped = weigh("Is a pivot heavy?", [hit(HINGE)], {1: "pivot"})
    assert helped.coverage > bare.coverage


def test_an_answer_is_made_of_whole_sentences_of_the_passages() -> None:
    pieces = compose("What does a hinge do?", door_hits(), {})
    assert [piece.text for piece in pieces[:3]] == split_sentences(HINGE)
    for piece in pieces:
        assert piece.hit.text[piece.start : piece.end] in split_sentences(piece.hit.text)


def test_the_same_thing_is_not_said_twice() -> None:
    again = hit("The door is carried by a hinge. Brass lasts.", number=4, slug="door-frame")
    pieces = compose("What does a hinge do?", [*door_hits(), again], {})
    assert not any("is carried by" in piece.text for piece in pieces)


def test_what_the_approved_line_says_is_left_out() -> None:
    said = hit("A hinge carries the door.", number=9, kind="guide_entry", field="do_say")
    pieces = compose("What does a hinge do?", door_hits(), {}, said=said)
    assert "A hinge carries the door." not in [piece.text for piece in pieces]


def test_a_cell_of_a_table_and_an_outcomes_line_are_no_sentences_of_an_answer() -> None:
    cell = hit("Locks click.", kind="comparison", field="noise:cell-door-lock", dense=0.99)
    line = hit("That sounds like the lock.", number=2, kind="distinction", field="lock:say", dense=0.99)
    assert compose("What clicks?", [cell, line], {}) == []


sentence_texts = st.lists(
    st.sampled_from(
        ["A hinge carries.", "It squeaks.", "Locks click at night.", "Oil it.", "They last long."]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(
    st.lists(sentence_texts, min_size=1, max_size=6),
    st.sampled_from(["What squeaks?", "hinge", "Is oil good?"]),
)
def test_answers_are_short_and_never_begin_with_a_sentence_that_leans(
    texts: list[str], question: str
) -> None:
    hits = [hit(text, number=number, slug=f"s{number}") for number, text in enumerate(texts, 1)]
    pieces = compose(question, hits, {})
    assert len(pieces) <= 6
    for before, piece in pairwise([None, *pieces]):
        follows = before is not None and before.hit == piece.hit
        assert follows or piece.start == 0 or not LEANS.match(piece.text)


def test_a_sentence_in_the_passages_own_words_passes() -> None:
    for text in (*split_sentences(HINGE), "The door is carried by a hinge."):
        assert check_sentence(f"{text} [1]", PASSAGES) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "A hinge carries the door.",  # no citation
        "A hinge carries the door. [7]",  # a number that was not offered
        "A hinge carries the door. [2]",  # another passage
        "A hinge does not carry the door. [1]",  # turned round
        "It locks anything. [1]",  # a “not” left out
        "A hinge carries two doors. [1]",  # a number of its own
        "A Blum hinge carries the door. [1]",  # a name of its own
        "A hinge always carries the door. [1]",  # promises more
        "A hinge carries the door, says https://evil.example [1]",
        "A hinge carries the <b>door</b>. [1]",
        "A hinge carries the ![door](x). [1]",
        "Brass hinges are cheap and sold everywhere. [1]",  # claims of its own
        "So it is. [1]",  # says nothing
        "[1]",
        "",
    ],
)
def test_a_sentence_that_its_passage_does_not_say_is_dropped(sentence: str) -> None:
    assert check_sentence(sentence, PASSAGES) is None


def test_of_several_citations_only_those_that_support_are_kept() -> None:
    checked = check_sentence("A hinge carries the door. [1][2]", PASSAGES)
    assert checked is not None
    assert list(checked.spans) == [1]
    assert HINGE[slice(*checked.spans[1])] == "A hinge carries the door."


@given(st.text(max_size=300))
def test_no_text_at_all_breaks_the_check(text: str) -> None:
    checked = check_sentence(f"{text} [1]", PASSAGES)
    assert checked is None or "http" not in checked.text


ANSWER = (
    "A hinge carries the door. [1] Use e.g. Graphite once [2, 1]. It helps!\n- Brass lasts. [1][2]\nEnd [3]"
)


@given(st.lists(st.integers(0, len(ANSWER)), max_size=20))
def test_however_a_text_arrives_its_sentences_are_the_same(cuts: list[int]) -> None:
    bounds = [0, *sorted(cuts), len(ANSWER)]
    buffer = SentenceBuffer()
    pieces = (ANSWER[start:end] for start, end in pairwise(bounds))
    sentences = [sentence for piece in pieces for sentence in buffer.feed(piece)] + buffer.flush()
    assert sentences == [
        "A hinge carries the door. [1]",
        "Use e.g. Graphite once [2, 1].",
        "It helps!",
        "Brass lasts. [1][2]",
        "End [3]",
    ]
    assert [cited_numbers(sentence) for sentence in sentences] == [[1], [2, 1], [], [1, 2], [3]]


@pytest.mark.parametrize(
    "words", ["tune tunes tuned tuning", "policy policies", "document documents", "run running"]
)
def test_forms_of_a_word_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


def test_short_names_are_read_as_what_they_stand_for() -> None:
    assert content_words("RAG for LLMs") == content_words("retrieval for language models")


def test_the_prompt_fences_what_it_quotes_and_the_fence_is_new_each_time() -> None:
    first, second = (build_messages("Q?", PASSAGES)[1]["content"] for _ in range(2))
    assert first != second
    fence = first.split(" passage 1")[0]
    assert first.count(fence) == len(PASSAGES) + 2
    assert LATCH not in first
