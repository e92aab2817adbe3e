"""Passages: what no recogniser took, in pieces that can be embedded."""

from __future__ import annotations

from enablement.lessons.reading import read_document


def test_a_line_over_a_list_makes_one_passage_with_it() -> None:
    reading = read_document("# Guide\n\nThings to bring to the day:\n\n- a torch\n- a map\n")
    assert [passage.text for passage in reading.passages] == [
        "Things to bring to the day:\n- a torch\n- a map"
    ]


def test_long_paragraphs_are_cut_between_sentences() -> None:
    sentence = "This sentence has a little more than forty letters. "
    reading = read_document("# Guide\n\n" + sentence * 100)
    assert len(reading.passages) > 4
    assert all(
        len(passage.text) <= 1_200 and passage.text.endswith("letters.") for passage in reading.passages
    )
