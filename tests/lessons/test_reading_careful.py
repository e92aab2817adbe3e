"""What looks like an item and is none: a wrong draft costs an editor more than a missed one."""

from __future__ import annotations

import pytest

from enablement.lessons.reading import read_document

TITLE = "# Caching vs Indexing\n\nBoth make reads faster.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "## Prices\n\n| Plan | Month | Year |\n|---|---|---|\n| Small | 3 | 30 |\n| Large | 9 | 90 |\n",
        "## Conduct\n\n| Do | Don't |\n|---|---|\n| Keep the receipt | Pay for others |\n",
        "## Contacts\n\n**Ann**: desk\n\n**Bob**: lab\n\n**Cleo**: van\n",
        "## Offices\n\n- **Leeds** – open from eight\n- **Ghent** – closed\n- **Graz** – by appointment\n",
        "## Timeline\n\n1. Report\n2. Reply\n3. Rest\n",
        "## People\n\n| Question | Person |\n|---|---|\n| Visa | Dana |\n",
        "## Differences\n\n- One is red.\n- One is blue.\n",
        "## Minutes\n\nAnn: the room is booked\nBob: “Do we need it?”\n",
        "## Checklist\n\n- ✅ box packed\n- ❌ label missing\n",
        "## After lunch\n\nFirst we walked. Then we sat. If that was dull, nobody said so.\n",
        "## Two rooms\n\n- **Hall**\n  - Chairs: forty\n  - Tables: ten\n- **Lab**\n  - Chairs: six\n",
    ],
    ids=lambda text: text.split("\n")[0][3:],
)
def test_it_stays_a_passage(text: str) -> None:
    reading = read_document(TITLE + text)
    assert [draft.item for draft in reading.drafts] == []
    assert all(passage.why for passage in reading.passages)


def test_a_negative_line_that_is_not_known_does_not_inherit_the_heading() -> None:
    text = (
        TITLE
        + "## When to use caching\n\nUse caching when:\n\n- reads repeat\n\nNot here:\n\n- bank balances\n"
    )
    reading = read_document(text)
    assert [draft.item["title"] for draft in reading.of_kind("fit")] == ["reads repeat"]
    assert reading.passages[-1].text == "Not here:\n- bank balances"


def test_when_it_does_not_speaks_of_the_method_above() -> None:
    text = TITLE + "## When caching helps\n\n- reads repeat\n\n## When it does not\n\n- each read is new\n"
    fits = [draft.item for draft in read_document(text).of_kind("fit")]
    assert [(fit["kind"], fit["card"]) for fit in fits] == [("fits", "caching"), ("does_not_help", "caching")]


def test_a_summary_does_not_give_fits_a_second_time() -> None:
    text = TITLE + "## Summary\n\nCaching is the right choice for repeated reads.\n"
    assert read_document(text).of_kind("fit") == []


def test_a_document_called_a_playbook_does_not_make_its_sections_steps() -> None:
    text = "# Playbook: slow pages\n\n## What counts\n\nAny wait.\n\n## Afterwards\n\nWrite it down.\n"
    assert read_document(text).of_kind("ladder_step") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("## Prices\n\n| Plan | Month |\n|---|---|\n| Small | 3 |\n", "a table whose headings"),
        ("## Summary\n\nAll in all.\n", "a closing section"),
        ("## Rooms\n\n- Hall\n- Lab\n", "a list under a heading"),
        ("## Rooms\n\nThere are two.\n", "running text under a heading"),
        ("## When caching helps\n\nThere are cases.\n", "running text that does not begin"),
    ],
)
def test_each_passage_says_why_it_was_not_recognised(text: str, why: str) -> None:
    passage = read_document(TITLE + text).passages[-1]
    assert passage.why.startswith(why)


def test_running_headers_and_menus_are_skipped_with_the_reason() -> None:
    text = (
        "[Home](/)\n[Shop](/shop)\n\n# Guide\n\nCaching notes   Page 1 of 2\n\nOne.\n\n"
        "Caching notes   Page 2 of 2\n\nTwo.\n"
    )
    reasons = {part.text.split("\n")[0]: part.reason for part in read_document(text).skipped}
    assert reasons["[Home](/)"] == "a menu of links"
    assert reasons["Caching notes   Page 1 of 2"] == "a header or footer that every page repeats"
