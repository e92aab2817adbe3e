"""Whole documents, read as a careful reader reads them: nothing is worse, or better, than is written down.

The expectations of a document stand beside it; docs/documents.md shows the figures.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from enablement.lessons.reading import Draft
from tests.lessons.careful_reader import Expected, WrongDraft, compare, says
from tests.lessons.reading_report import (
    Report,
    documents_of,
    is_known,
    report_on,
    shortcomings,
    total_table,
    written_documents,
)

DOCS = Path(__file__).parents[2] / "docs" / "documents.md"
ELSEWHERE = os.environ.get("DOSAY_DOCUMENTS", "")
"""A folder with documents that are not part of the project; the tests read those that are there."""
DOCUMENTS = written_documents() + (documents_of(Path(ELSEWHERE)) if ELSEWHERE else [])
WRITTEN = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


@cache
def report(document: Path) -> Report:
    return report_on(document)


@WRITTEN
def test_every_item_fares_as_written_down(document: Path) -> None:
    for row in report(document).found:
        told = f"{row.expected.kind} “{row.expected.name}” {row.faults or ''}"
        assert row.result == (row.expected.known or "recognised"), told


@WRITTEN
def test_every_shortcoming_says_why(document: Path) -> None:
    assert all(row.expected.why for row in report(document).found if row.expected.known)


@WRITTEN
def test_no_draft_is_wrong_but_those_written_down(document: Path) -> None:
    found = report(document)
    assert [draft.item for draft in found.wrong if not is_known(draft, found.known_wrong)] == []
    assert len(found.wrong) == len(found.known_wrong)


@WRITTEN
def test_each_field_stands_where_its_span_says(document: Path) -> None:
    """A field's first words stand in its span, apart from marks. A comparison may be titled by its cards."""
    text = report(document).text
    for draft in report(document).drafts:
        for name, (start, end) in draft.spans.items():
            value = draft.item.get(name)
            is_told = (draft.kind, name) != ("comparison", "title") and draft.kind != "decision_question"
            if isinstance(value, str) and is_told:
                assert letters(value)[:12] in letters(text[start:end]), (draft.kind, name)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


@pytest.mark.parametrize("document", written_documents(), ids=lambda path: path.name)
def test_the_documentation_has_these_figures(document: Path) -> None:
    shown = DOCS.read_text(encoding="utf-8")
    row = total_table([report(document)])[2]
    assert row in shown
    for line in shortcomings(report(document)):
        assert line in shown


def test_a_lost_field_a_wrong_field_and_a_field_too_many_are_seen() -> None:
    item = Expected("term", {"term": "Hit", "meaning": "Found … copy"})
    whole = Draft("term", {"slug": "hit", "term": "Hit", "meaning": "Found in the copy"}, (0, 9))
    lost = Draft("term", {"slug": "hit", "term": "Hit"}, (0, 9))
    more = Draft("term", whole.item | {"aliases": ["strike"]}, (0, 9))
    assert compare([item], [whole])[0][0].result == "recognised"
    assert compare([item], [lost])[0][0].faults == ("meaning",)
    assert compare([item], [more])[0][0].faults == ("aliases",)
    assert compare([item], [])[0][0].result == "missed"
    assert compare([], [whole])[1] == [whole]


@pytest.mark.parametrize(
    ("value", "wanted", "is_said"),
    [
        ("A copy, kept near.", "a copy kept near", True),
        ("A copy, kept near.", "A copy…", True),
        ("A copy, kept near.", "A copy … near", True),
        ("A copy, kept near. And more.", "A copy … near", False),
        ("A copy, kept near.", "A copy", False),
        ("", "…", False),
        (["One.", "Two."], ["one", "two"], True),
        (["One.", "Two."], ["one"], False),
    ],
)
def test_how_words_are_compared(value: object, wanted: object, is_said: bool) -> None:
    assert says(value, wanted) is is_said


def test_a_known_wrong_draft_is_told_by_its_first_words() -> None:
    draft = Draft("fit", {"title": "Keep the receipt"}, (0, 9))
    assert is_known(draft, [WrongDraft("fit", "Keep the")])
    assert not is_known(draft, [WrongDraft("fit", "Book early")])
