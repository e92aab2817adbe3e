"""Ladder steps and decision trees."""

from __future__ import annotations

import pytest

from enablement.lessons.reading import Draft, read_document

FLAT = """\
How to Decide
Was the data deleted?
↓ No
Check the replica first
↓ Still down
Call the vendor
↓ Yes (someone ran a delete)
Is there a backup?
↓ Yes → Restore it
↓ No
Is there an export?
↓ Yes → Load the export
↓ No → Start again with what people remember
In nearly every case a backup is there and the rest of this tree is never needed by anyone.
"""
BOXES = """\
# How to decide

```
Was the data deleted?
├── Yes → Is there a backup?
│         ├── Yes → Restore it
│         └── No → Start again
└── No → Check the replica
```
"""
NESTED = """\
# Decision tree

- Was the data deleted?
  - **Yes:** Is there a backup?
    - Yes: Restore it
    - No: Start again
  - If no, check the replica
"""


def questions(text: str) -> list[Draft]:
    return read_document(text).of_kind("decision_question")


def test_a_list_of_steps_takes_first_sentences_as_titles() -> None:
    text = (
        "The order of operations\n"
        "Stop as soon as one works, and work through them from the top:\n"
        "- Look. Read the log.\n- Then restart it.\n"
    )
    first, second = [draft.item for draft in read_document(text).of_kind("ladder_step")]
    assert first == {"slug": "look", "title": "Look", "text": "Read the log."}
    assert second == {"slug": "then-restart-it", "title": "Then restart it", "text": "Then restart it."}


def test_numbered_steps_keep_the_paragraphs_between_them() -> None:
    text = (
        "# Guide\n\n## Steps\n\n1. **Look:** at the log.\n\n   Cost: an hour.\n\n2. Restart\n"
        "\nIt helps more often than not.\n\n3. Call\n\nAfter the list.\n"
    )
    reading = read_document(text)
    look, restart, call = [draft.item for draft in reading.of_kind("ladder_step")]
    assert (look["title"], look["text"], look["cost"]) == ("Look", "at the log.", "an hour.")
    assert (restart["title"], restart["text"]) == ("Restart", "It helps more often than not.")
    assert call["title"] == "Call"
    assert [passage.text for passage in reading.passages] == ["After the list."]


def test_sub_headings_as_steps() -> None:
    text = (
        "# Caching vs Indexing\n\n## Order of operations\n\n### 1. Add an index\n\nCheap.\n\n"
        "### Step 2: Cache it\n\nLater.\n"
    )
    items = [draft.item for draft in read_document(text).of_kind("ladder_step")]
    assert [(item["title"], item["text"], item["card"]) for item in items] == [
        ("Add an index", "Cheap.", "indexing"),
        ("Cache it", "Later.", "caching"),
    ]


def test_a_numbered_list_elsewhere_is_no_ladder() -> None:
    assert read_document("# Guide\n\n## Rooms\n\n1. Hall\n2. Lab\n").drafts == ()


def test_a_tree_drawn_with_arrows_on_flat_lines() -> None:
    deleted, backup, export = [draft.item for draft in questions(FLAT)]
    assert deleted["no_text"] == "Check the replica first; Still down; Call the vendor"
    assert deleted["yes_question"] == backup["slug"] == "is-there-a-backup"
    assert deleted["yes_text"] == "someone ran a delete"
    assert (backup["yes_text"], backup["no_question"]) == ("Restore it", export["slug"])
    assert export["no_text"] == "Start again with what people remember"
    assert read_document(FLAT).passages[0].text.startswith("In nearly every case")


@pytest.mark.parametrize("text", [BOXES, NESTED])
def test_a_tree_drawn_with_boxes_or_indentation(text: str) -> None:
    deleted, backup = [draft.item for draft in questions(text)]
    assert deleted["yes_question"] == backup["slug"]
    assert deleted["no_text"].lower() == "check the replica"
    assert (backup["yes_text"], backup["no_text"]) == ("Restore it", "Start again")


def test_a_heading_can_be_the_question() -> None:
    text = "# Guide\n\n## Is it slow?\n\n- Yes: Add an index\n- No: Leave it\n"
    (draft,) = questions(text)
    assert draft.item["text"] == "Is it slow?"
    assert text[slice(*draft.spans["no_text"])] == "- No: Leave it"


def test_a_way_that_names_a_step_of_the_document_leads_to_it() -> None:
    text = (
        "# Guide\n\n## Steps\n\n1. Add an index\n2. Cache\n\n## Decision tree\n\nIs it slow?\n"
        "\n- Yes → Add an index\n- No → Stop\n"
    )
    assert questions(text)[0].item["yes_step"] == "add-an-index"
    assert "no_step" not in questions(text)[0].item


def test_prose_that_begins_with_no_is_not_a_way() -> None:
    assert questions("# Guide\n\nIs it slow?\n\nNo, it is not slow at all.\n") == []


def test_a_question_asked_twice_keeps_its_ways_apart() -> None:
    text = "Is it up?\n↓ No\nIs it plugged in?\n↓ No → Plug it in\n↓ Yes\nIs it up?\n↓ Yes → Done\n"
    items = [draft.item for draft in questions("# Guide\n\n" + text)]
    assert [item["slug"] for item in items] == ["is-it-up", "is-it-plugged-in", "is-it-up-2"]
    assert items[1]["yes_question"] == "is-it-up-2"
