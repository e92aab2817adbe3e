"""Guide entries and terms, from tables and from lists."""

from __future__ import annotations

import pytest

from enablement.lessons.reading import read_document

ENTRY = {"slug": "it-is-instant", "dont_say": "It is instant", "do_say": "It is fast", "why": "Nothing is."}
TWO = {key: ENTRY[key] for key in ("slug", "dont_say", "do_say")}


@pytest.mark.parametrize(
    "table",
    [
        (
            "| Don't say | Do say | Why it matters |\n|---|---|---|\n"
            '| "It is instant" | "It is fast" | Nothing is. |\n'
        ),
        (
            "| Why | Say instead | Never say |\n|:--|:-:|--:|\n"
            "| Nothing is. | “It is fast” | “It is instant” |\n"
        ),
        "**Avoid** | **Use** | **Reason**\n--- | --- | ---\n'It is instant' | It is fast | Nothing is.\n",
        "| | | |\n|---|---|---|\n| Don’t | Do | Because |\n| It is instant | It is fast | Nothing is. |\n",
        "Don't say\tDo say\tWhy\nIt is instant\tIt is fast\tNothing is.\n",
        '| Before | After | Why |\n|---|---|---|\n| "It is instant" | "It is fast" | Nothing is. |\n',
    ],
)
def test_tables_of_wordings_in_many_forms(table: str) -> None:
    reading = read_document("# Words\n\n" + table)
    assert [draft.item for draft in reading.of_kind("guide_entry")] == [ENTRY]
    assert reading.passages == ()


def test_two_columns_have_no_why() -> None:
    text = "# Words\n\n| Avoid | Use |\n|---|---|\n| It is instant | It is fast |\n"
    assert [draft.item for draft in read_document(text).of_kind("guide_entry")] == [TWO]


def test_a_before_and_after_table_of_other_things_is_a_passage() -> None:
    reading = read_document("# Prices\n\n| Before | After |\n|---|---|\n| 10 | 12 |\n| 20 | 25 |\n")
    assert reading.drafts == ()
    assert "| 20 | 25 |" in reading.passages[0].text


def test_each_cell_is_linked_and_the_header_goes_with_the_first_row() -> None:
    text = "# Words\n\n| Avoid | Use |\n|---|---|\n| It is instant | It is fast |\n| Free | Paid once |\n"
    first, second = read_document(text).of_kind("guide_entry")
    assert text[slice(*first.spans["do_say"])] == "It is fast"
    assert text[slice(*first.span)].startswith("# Words\n\n| Avoid")
    assert text[slice(*second.span)] == "| Free | Paid once |"


def test_a_row_with_an_empty_cell_lacks_that_field() -> None:
    text = "| Don't say | Do say | Why |\n|---|---|---|\n| Free | | It is billed. |\n"
    assert read_document(text).of_kind("guide_entry")[0].item == {
        "slug": "free",
        "dont_say": "Free",
        "why": "It is billed.",
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("- Instead of “It is instant”, say “It is fast”", ""),
        ("- Don't say “It is instant”; say “It is fast” because Nothing is.", "Nothing is"),
        ("Avoid “It is instant” — use “It is fast”.", ""),
        ("Don't say: It is instant\nSay: It is fast\nWhy: Nothing is.", "Nothing is."),
    ],
)
def test_lists_of_wordings(line: str, why: str) -> None:
    (draft,) = read_document("# Words\n\nSome words.\n\n" + line + "\n").of_kind("guide_entry")
    assert draft.item == TWO | ({"why": why} if why else {})


def test_a_term_table() -> None:
    text = (
        "Key Terms\n| Term | Meaning |\n|---|---|\n| Hit | Found in the copy |\n"
        "| TTL (time to live) | How long |\n"
    )
    hit, ttl = read_document(text).of_kind("term")
    assert hit.item == {"slug": "hit", "term": "Hit", "meaning": "Found in the copy"}
    assert (ttl.item["term"], ttl.item["aliases"]) == ("TTL", ["time to live"])
    assert text[slice(*hit.spans["meaning"])] == "Found in the copy"


def test_a_glossary_in_lines() -> None:
    text = (
        "# Caching vs Indexing\n\n## Glossary\n\n- **Caching** — keeping copies\n"
        "- Miss: not found\n- Hit - found\n"
    )
    items = [draft.item for draft in read_document(text).of_kind("term")]
    assert [(item["term"], item["meaning"]) for item in items] == [
        ("Caching", "keeping copies"),
        ("Miss", "not found"),
        ("Hit", "found"),
    ]
    assert items[0]["card"] == "caching"


def test_labelled_lines_elsewhere_are_no_terms() -> None:
    assert read_document("# Guide\n\n## Contacts\n\n- Ann: desk\n- Bob: lab\n").drafts == ()
