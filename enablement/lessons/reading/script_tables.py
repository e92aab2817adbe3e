"""Scripts from tables: “Question | Answer”, “They say | You say”, “Objection | Response”."""

from __future__ import annotations

import re

from enablement.lessons.reading.blocks import Kind
from enablement.lessons.reading.columns import heading_key
from enablement.lessons.reading.page import Page
from enablement.lessons.reading.scripts import script_item
from enablement.lessons.reading.sentences import unquoted
from enablement.lessons.reading.tables import Row, cell_at, header_and_rows, spread

WHO = r"(?:the )?(?:they|buyer|customer|client|prospect|caller|user|people|you)s?"
ASKED = re.compile(
    rf"(?:if |when |what )?(?:{WHO} (?:may |might |will )?(?:says?|asks?|hears?)|questions?|objections?"
    rf"|concerns?|{WHO} questions?|worry|worries)$"
)
ANSWERED = re.compile(
    r"(?:what )?(?:you (?:can |should )?(?:say|answer|reply)|we (?:say|answer)|our answer"
    r"|(?:short |your |the )?answers?|responses?|reply|replies|rebuttals?|how to (?:answer|respond)|say)$"
)


def find_script_tables(page: Page) -> None:
    """Record a script for each row of each table that sets questions or objections against answers."""
    for table in page.free(page.outline.blocks):
        if table.kind is not Kind.TABLE or not (parsed := header_and_rows(table.rows)):
            continue
        columns = script_columns(parsed[0])
        kept = [row for row in parsed[1] if columns and all(cell_at(row, column) for column in columns)]
        if not columns or not kept:
            continue
        for row, span in zip(kept, spread(table.span, kept), strict=True):
            _keep(page, row, columns, span)
            page.taken_blocks.add(table.index)


def script_columns(header: Row) -> tuple[int, int] | None:
    """Return the columns of the question and of the answer, or None."""
    keys = [heading_key(cell.text) for cell in header.cells]
    asked = next((place for place, key in enumerate(keys) if ASKED.match(key)), -1)
    answered = next((place for place, key in enumerate(keys) if ANSWERED.match(key) and place != asked), -1)
    return (asked, answered) if asked >= 0 and answered >= 0 else None


def _keep(page: Page, row: Row, columns: tuple[int, int], span: tuple[int, int]) -> None:
    question, answer = (row.cells[column] for column in columns)
    item = script_item(unquoted(question.text), unquoted(answer.text))
    page.keep("script", item, {"question": question.span, "answer": answer.span}, [], span=span)
