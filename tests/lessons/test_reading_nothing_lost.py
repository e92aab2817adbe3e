"""What holds for any document: nothing is lost, readings repeat, and time grows with length only."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enablement.lessons.reading import Draft, PassageDraft, Reading, Skipped, read_document
from enablement.lessons.schema import (
    AnalogyItem,
    CardItem,
    ComparisonItem,
    DecisionQuestionItem,
    FitItem,
    GuideEntryItem,
    LadderStepItem,
    ScriptItem,
    TermItem,
)

ITEMS = {
    "card": CardItem,
    "fit": FitItem,
    "guide_entry": GuideEntryItem,
    "analogy": AnalogyItem,
    "comparison": ComparisonItem,
    "term": TermItem,
    "ladder_step": LadderStepItem,
    "decision_question": DecisionQuestionItem,
    "script": ScriptItem,
}
# The pieces that recognisers look for, in any order and number, between stretches of anything.
PIECES = (
    r"""
# |## |**|- |  - |1. |• |> |```|---|===|:|?|. |—|↓ No|↓ Yes → |├── Yes → |Yes: |- No: |Is it so?|“x”|مرحبا
When caching helps|Use caching when:|What it is: |What it does: |Where it holds: |Where it breaks:|Comparison
Glossary|Steps|FAQ|Q: |A: |Example: |Note: |5 min read|More Things|Skip to main content|Related articles
If it is so, do it. |Instead of "a", say "b"|Caching vs Indexing|Title Case Words|a sentence that ends.
caching is like a desk. |Decision tree|What caching does not fix|Hidden costs
""".strip()
    .replace("\n", "|")
    .split("|")
)
PIECES += [
    "| Don't say | Say | Why |",
    "| Term | Meaning |",
    "| a | b |",
    "|---|---|",
    "|",
    "\t",
    "\xa0",
    "\u200b",
]
LETTERS = st.characters(exclude_categories=["Cc", "Cs"])
DOCUMENTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.sampled_from(["\n", "\n", "\n\n"]), st.text(LETTERS, max_size=4)),
    max_size=50,
).map("".join)


def parts(reading: Reading) -> list[Draft | PassageDraft | Skipped]:
    return [*reading.drafts, *reading.passages, *reading.skipped]


def lost(reading: Reading) -> str:
    """The characters, other than blanks, that lie in no draft, passage or skipped part."""
    covered = bytearray(len(reading.text))
    for part in parts(reading):
        start, end = part.span
        covered[start:end] = b"\x01" * (end - start)
    return "".join(
        letter for letter, is_covered in zip(reading.text, covered, strict=True) if not is_covered
    ).strip()


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_every_line_lies_in_a_draft_a_passage_or_a_skipped_part(text: str) -> None:
    assert lost(read_document(text)) == ""


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_the_same_document_gives_an_equal_reading(text: str) -> None:
    assert read_document(text, "a.txt") == read_document(text, "a.txt")


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_drafts_are_in_order_with_fields_inside_them_and_slugs_of_their_own(text: str) -> None:
    reading = read_document(text)
    assert [draft.span[0] for draft in reading.drafts] == sorted(draft.span[0] for draft in reading.drafts)
    for draft in reading.drafts:
        assert set(draft.item) <= set(ITEMS[draft.kind].model_fields)
        for start, end in draft.spans.values():
            assert draft.span[0] <= start <= end <= draft.span[1]
    slugs = [(draft.kind, draft.item["slug"]) for draft in reading.drafts]
    assert len(slugs) == len(set(slugs))


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_passages_have_words_and_a_size_that_fits_the_encoder(text: str) -> None:
    for passage in read_document(text).passages:
        assert passage.text.strip()
        assert len(passage.text) <= 1_300


@pytest.mark.parametrize(
    "unit",
    [
        "Caching\nWhat it is: a copy.\nWhat it does: it answers.\n",
        "Use caching when:\n- reads repeat\n",
        "| Don't say | Say |\n|---|---|\n| a | b |\n\n",
        "Is it so?\n- Yes: Is it now?\n- No: b\n",
        "## Steps\n\n1. a\n\nb\n",
        "If it is so, do it. ",
        "- x\n",
        "**",
    ],
)
def test_time_grows_with_length_and_not_with_its_square(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "# Caching vs Indexing\n\n" + unit * (length // len(unit))
        started = time.process_time()
        read_document(text)
        return time.process_time() - started

    small = max(seconds(20_000), 0.02)
    assert seconds(160_000) < 8 * small * 4
