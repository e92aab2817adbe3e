"""Cards, comparisons and analogies, in the styles that authors use."""

from __future__ import annotations

from enablement.lessons.reading import read_document

PARAGRAPHS = """\
Caching
What it is: A copy kept near the reader.
What it does: Answers repeated reads. It spares the origin.
It also saves power.
Where it comes from: Operating systems of the sixties.
What makes it distinct: The copy may be stale.
Indexing
What it is: A sorted way in.
What it does: Finds rows.
Comparison
Each row below is one trait of the two methods.
Freshness and staleness
A cache trades freshness for speed. An index does not.
When the origin changes, the cache still answers with what it had before the change was made.
Cost
Caching costs memory, which is billed by the hour on every machine that holds a copy of the data.
Indexing costs disk, and a little time with each write, however rarely the data is read again later.
Word List For Calls
| Avoid | Use |
|---|---|
| "Instant" | "Fast when reads repeat" |
The Library Desk
Library analogy: The shelf of popular books at the desk.
A reader finds them at once. Caching works the same way.
Where it holds: Both keep copies near. Both hold what is asked for often.
Where it breaks: A book does not go stale. In a customer conversation, say so: a cache is no archive.
"""
LISTED = """\
# Guide

## Caching

In short.

- **What it is:** A copy.
- **How it works**: Near.
- Origin: Old.
"""
HEADED = (
    "# Caching\n\n### What is it?\n\nA copy.\n\n### How it works\n\n- near\n- fast\n\n### History\n\nOld.\n"
)


def test_labelled_paragraphs_make_a_card() -> None:
    caching, indexing = read_document(PARAGRAPHS).of_kind("card")
    assert caching.item == {
        "slug": "caching",
        "title": "Caching",
        "what_it_is": "A copy kept near the reader.",
        "what_it_does": "Answers repeated reads. It spares the origin.\n\nIt also saves power.",
        "where_it_comes_from": "Operating systems of the sixties.",
        "what_makes_it_distinct": "The copy may be stale.",
    }
    assert "where_it_comes_from" not in indexing.item


def test_each_field_is_linked_to_its_place() -> None:
    card = read_document(PARAGRAPHS).of_kind("card")[0]
    assert PARAGRAPHS[slice(*card.spans["what_it_is"])] == "A copy kept near the reader."
    assert PARAGRAPHS[slice(*card.spans["title"])] == "Caching"
    assert PARAGRAPHS[slice(*card.span)].endswith("may be stale.")


def test_labelled_list_items_make_a_card() -> None:
    item = read_document(LISTED).of_kind("card")[0].item
    assert (item["summary"], item["what_it_is"], item["what_it_does"]) == ("In short.", "A copy.", "Near.")
    assert item["where_it_comes_from"] == "Old."


def test_sub_headings_make_a_card() -> None:
    item = read_document(HEADED).of_kind("card")[0].item
    assert (item["what_it_is"], item["what_it_does"]) == ("A copy.", "- near\n- fast")


def test_one_label_alone_is_no_card() -> None:
    assert read_document("# Caching\n\nHistory: it is old.\n").of_kind("card") == []


def test_a_section_a_trait_makes_a_comparison() -> None:
    comparison = read_document(PARAGRAPHS).of_kind("comparison")[0].item
    assert comparison["title"] == "Caching vs Indexing"
    assert comparison["cards"] == ["caching", "indexing"]
    assert comparison["summary"].startswith("Each row below")
    freshness, cost = comparison["traits"]
    assert freshness["claim"] == "A cache trades freshness for speed. An index does not."
    assert freshness["explanation"].startswith("When the origin changes")
    assert "cells" not in freshness
    assert cost["cells"]["caching"].startswith("Caching costs memory")
    assert cost["cells"]["indexing"].startswith("Indexing costs disk")


def test_a_table_with_a_column_a_card_makes_a_comparison() -> None:
    table = "| | Caching | Indexing |\n|:--|:-:|--:|\n| Speed | high | a\\|b |\n| Cost | low | |\n"
    text = f"# Caching vs Indexing\n\nIntro.\n\n{table}"
    draft = read_document(text).of_kind("comparison")[0]
    speed, cost = draft.item["traits"]
    assert speed == {"slug": "speed", "title": "Speed", "cells": {"caching": "high", "indexing": "a|b"}}
    assert cost["cells"] == {"caching": "low"}
    assert text[slice(*draft.spans["traits.1.cells.caching"])] == "low"


def test_the_documents_own_title_is_no_comparison() -> None:
    text = "# Caching vs Indexing\n\n## Caching\n\nOne.\n\n## Indexing\n\nTwo.\n"
    assert read_document(text).of_kind("comparison") == []


def test_an_analogy_is_split_into_propositions() -> None:
    draft = read_document(PARAGRAPHS).of_kind("analogy")[0]
    assert draft.item == {
        "slug": "the-library-desk",
        "title": "The Library Desk",
        "familiar": "The shelf of popular books at the desk",
        "mapping": "A reader finds them at once. Caching works the same way.",
        "holds": ["Both keep copies near.", "Both hold what is asked for often."],
        "breaks": ["A book does not go stale."],
        "caution": "In a customer conversation, say so: a cache is no archive.",
        "card": "caching",
    }
    assert PARAGRAPHS[slice(*draft.spans["holds.1"])] == "Both hold what is asked for often."


def test_an_analogy_with_lists_under_sub_headings() -> None:
    text = (
        "# Caching\n\n## The desk analogy\n\nCaching is a desk.\n\n### Similarities\n\n- Near.\n- Small.\n\n"
        "### Where the analogy breaks down\n\n1. Books stay true.\n"
    )
    item = read_document(text).of_kind("analogy")[0].item
    assert item["holds"] == ["Near.", "Small."]
    assert item["breaks"] == ["Books stay true."]


def test_a_sentence_that_likens_a_method_is_an_analogy() -> None:
    text = (
        "Caching vs Indexing\n\nCaching is like keeping books at the desk. Fast.\n\nTea is like water. So.\n"
    )
    drafts = read_document(text).of_kind("analogy")
    assert [draft.item["card"] for draft in drafts] == ["caching"]
    assert drafts[0].item["familiar"] == "keeping books at the desk"
    assert "holds" not in drafts[0].item
