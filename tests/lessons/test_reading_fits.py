"""Fits: where a method fits, where it does not help, what it costs, and advice."""

from __future__ import annotations

import pytest

from enablement.lessons.reading import Draft, read_document

TITLE = "Caching vs Indexing\n\nBoth of these make reads faster, each in a way of its own.\n\n"


def fits(text: str) -> list[Draft]:
    return read_document(TITLE + text).of_kind("fit")


def short(text: str) -> list[tuple[str, str, str]]:
    return [(draft.item["kind"], draft.item.get("card", ""), draft.item["title"]) for draft in fits(text)]


def test_a_list_under_its_line() -> None:
    text = (
        "When caching is enough\n\nMostly.\n\nCaching works best when:\n\n  • Reads repeat\n"
        "  • Stale — a little — is fine\n"
    )
    assert short(text) == [("fits", "caching", "Reads repeat"), ("fits", "caching", "Stale")]
    assert fits(text)[1].item["text"] == "Stale — a little — is fine"


def test_labelled_paragraphs_under_the_heading() -> None:
    text = "When indexing really helps\n\nLarge tables: A scan takes long.\n\nSorted output: It is there.\n"
    assert short(text) == [("fits", "indexing", "Large tables"), ("fits", "indexing", "Sorted output")]
    assert fits(text)[0].item["text"] == "A scan takes long."


def test_conditions_as_lines_over_their_explanation() -> None:
    text = (
        "When to use caching\nUse caching when:\nReads repeat a lot\n"
        "A page that all open is read from memory.\n"
        "Example: the home page.\nThe origin is slow\nThen each spared read counts.\nNote: measure it.\n"
    )
    assert short(text) == [
        ("fits", "caching", "Reads repeat a lot"),
        ("fits", "caching", "The origin is slow"),
    ]
    assert fits(text)[0].item["example"] == "the home page."
    assert fits(text)[1].item["text"] == "Then each spared read counts.\n\nNote: measure it."


def test_sub_headings_in_markdown() -> None:
    text = "# Caching\n\n## When it helps\n\n### Reads repeat\n\nOften.\n\n### Far away\n\n- slow lines\n"
    drafts = read_document(text).of_kind("fit")
    assert [(draft.item["title"], draft.item["text"]) for draft in drafts] == [
        ("Reads repeat", "Often."),
        ("Far away", "- slow lines"),
    ]


def test_prose_and_list_of_what_does_not_help() -> None:
    text = (
        "What caching does not fix\n\nA frequent hope is faster writes. It does not make them faster.\n\n"
        "Caching also does not fix:\n\n- Wrong data: it stays wrong\n- Cold starts\n"
    )
    assert short(text) == [
        ("does_not_help", "caching", "A frequent hope is faster writes"),
        ("does_not_help", "caching", "Wrong data"),
        ("does_not_help", "caching", "Cold starts"),
    ]


def test_hidden_costs_in_prose_take_their_card_from_the_text() -> None:
    text = "The hidden costs\n\nIndexing is never free. Each write pays for it.\n"
    assert short(text) == [("costs", "indexing", "Indexing is never free")]


def test_advice_on_data() -> None:
    text = (
        "# Tuning\n\n## Building a tuning dataset\n\nQuality counts.\n\nGood tuning data:\n\n"
        "- Varied\n- Clean\n"
    )
    drafts = read_document(text).of_kind("fit")
    assert [(draft.item["kind"], draft.item["title"]) for draft in drafts] == [
        ("advice", "Quality counts"),
        ("advice", "Varied"),
        ("advice", "Clean"),
    ]


def test_conditions_in_running_text_leave_the_paragraph_a_passage() -> None:
    text = "When caching wins\n\nThere are cases. If reads repeat, a copy answers them. That is all.\n"
    reading = read_document(TITLE + text)
    (draft,) = reading.of_kind("fit")
    assert draft.item["title"] == "If reads repeat"
    assert reading.text[slice(*draft.spans["text"])] == "If reads repeat, a copy answers them."
    assert "There are cases." in reading.passages[-1].text


def test_a_common_mistake_is_what_does_not_help() -> None:
    text = "On freshness\n\nThe most common mistake is caching to speed up writes. It cannot.\n"
    assert short(text) == [
        ("does_not_help", "caching", "The most common mistake is caching to speed up writes")
    ]
    assert short("On freshness\n\nThe most common mistake is to start late. It costs time.\n") == []


def test_the_heading_goes_with_the_first_fit() -> None:
    text = TITLE + "When caching is enough\n\n- Reads repeat\n- Reads are many\n"
    first, second = read_document(text).of_kind("fit")
    assert text[slice(*first.span)].startswith("When caching is enough")
    assert text[slice(*second.span)] == "- Reads are many"


def test_forms_of_a_name_are_one_card() -> None:
    text = (
        "# Fine-Tuning vs Prompting\n\n## When to fine tune\n\nx\n\nUse fine tuning when:\n\n- it is stable\n"
    )
    assert read_document(text).of_kind("fit")[0].item["card"] == "fine-tuning"


def test_two_fits_of_one_title_have_slugs_of_their_own() -> None:
    text = "Use caching when:\n\n- Reads repeat\n\nUse indexing when:\n\n- Reads repeat\n"
    assert [draft.item["slug"] for draft in fits(text)] == ["reads-repeat", "reads-repeat-2"]


@pytest.mark.parametrize(
    "heading", ["When to use caching\n", "When to use caching\n\n", "Use caching when:\n"]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "lines", [["Reads repeat", "The origin is slow", "Stale is fine"], ["a b", "c d", "e f"]]
)
def test_a_list_that_lost_its_bullets(heading: str, between: str, lines: list[str]) -> None:
    text = f"{heading}{between.join(lines)}\n\nWhen to use indexing\nTables are large\nOrder matters\n"
    assert [title for *_, title in short(text)] == [*lines, "Tables are large", "Order matters"]
    assert {card for _, card, _ in short(text)} == {"caching", "indexing"}


def test_a_list_that_lost_its_bullets_under_a_markdown_heading_and_in_sentences() -> None:
    text = "# Caching\n\n## When to use caching\n\nReads repeat.\nThe origin is slow.\nStale is fine.\n"
    titles = [draft.item["title"] for draft in read_document(text).of_kind("fit")]
    assert titles == ["Reads repeat", "The origin is slow", "Stale is fine"]


PROSE = "A copy answers what has been asked before, so that nobody has to wait for the origin again.\n"


CONTENTS = "When to use caching\nWhen to use indexing\nWhat it takes\nFigures\n"
SECTIONS = f"\nWhat it takes\n\n{PROSE}\nFigures\n\n{PROSE}"
WRAPPED = (
    "Most sites begin with it, since it costs\nnext to nothing and is there\nat once in all that is read.\n"
)


@pytest.mark.parametrize(
    "text",
    [
        CONTENTS + SECTIONS,
        f"When to use caching\n\nSmall sites\n\nLarge sites\n\n{PROSE}",
        f"When to use caching\n\n{WRAPPED}",
        "When to use caching\n\nIt is cheap. It takes an hour.\nMost begin there.\n",
        f"When to use caching\nReads repeat\n\nWhat It Takes\n\n{PROSE}",
    ],
    ids=["table of contents", "headings", "wrapped prose", "sentences", "one line"],
)
def test_other_short_lines_under_such_a_heading_are_no_list(text: str) -> None:
    assert short(text) == []


def test_the_heading_of_the_next_section_is_not_in_the_list() -> None:
    text = f"When to use caching\nReads repeat\nThe origin is slow\n\nWhat It Takes\n\n{PROSE}"
    assert [title for *_, title in short(text)] == ["Reads repeat", "The origin is slow"]
