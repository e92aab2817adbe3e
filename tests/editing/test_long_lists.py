"""A guide entry may have hundreds of phrasings: they are folded up, and new ones are added above."""

from __future__ import annotations

from django.http import QueryDict

from enablement.editing.boxes import MANY_LINES, Form
from enablement.editing.choices import Choice
from enablement.editing.parsing import parse_item

MANY = [f"It lasts for {number} years." for number in range(MANY_LINES + 1)]


class Nothing:
    """An offer of no choices."""

    def of(self, name: str) -> list[Choice]:
        return []

    def columns(self, name: str) -> list[Choice]:
        return []


def box(lines: list[str]) -> str:
    item = {"slug": "lasting", "breaks": lines}
    boxes = Form("guide_entry", item, Nothing()).boxes()
    return next(one.widget for one in boxes if one.name == "breaks")


def test_a_long_list_is_folded_up_and_a_short_one_is_not() -> None:
    assert (box(MANY), box(MANY[:3])) == ("many", "lines")


def test_what_is_added_comes_last() -> None:
    data = QueryDict(mutable=True)
    data.update({"breaks": "\r\n".join(MANY), "breaks.more": "It lasts for ever.\r\n"})
    item = parse_item("guide_entry", data, {"slug": "lasting"})
    assert item["breaks"] == [*MANY, "It lasts for ever."]


def test_statements_are_added_to_their_outcome() -> None:
    data = QueryDict(mutable=True)
    data.update({"statements-of-both": "One.", "statements-of-both.more": "Two. // Why"})
    item = parse_item("distinction", data, {"slug": "kind", "statements": []})
    assert item["statements"] == [
        {"text": "One.", "outcome": "both", "why": ""},
        {"text": "Two.", "outcome": "both", "why": "Why"},
    ]
