"""Structure: headings of Markdown and of pasted pages, what stands under what, and the page's own lines."""

from __future__ import annotations

from enablement.lessons.reading import Reading, read_document

PASTED = """\
Skip to main content
Back to all posts

Backups and replicas: what each is for

Ann
Lee & Co
7 min read

Replicas keep a service up. Backups bring back what was deleted, and people often mix the two up on a bad day.

Where replicas stand

A replica is a live copy that follows the original.

Restoring

A restore takes as long as the copy is large.

Related articles

How to test a restore

A drill for every quarter.

4 min
"""


def paths(reading: Reading) -> list[tuple[str, ...]]:
    return [passage.title_path for passage in reading.passages]


def test_a_pasted_page_has_its_title_and_sections() -> None:
    reading = read_document(PASTED)
    title = "Backups and replicas: what each is for"
    assert reading.title == title
    assert paths(reading) == [(title,), (title, "Where replicas stand"), (title, "Restoring")]


def test_the_pages_own_lines_are_skipped_with_the_reason() -> None:
    skipped = {part.text: part.reason for part in read_document(PASTED).skipped}
    assert skipped["Skip to main content\nBack to all posts"].startswith("navigation")
    assert skipped["Ann\nLee & Co"] == "the page's author line"
    assert skipped["7 min read"] == "the page's reading time"
    related = next(text for text in skipped if text.startswith("Related articles"))
    assert related.endswith("4 min")


def test_headings_are_found_without_blank_lines() -> None:
    text = "A field guide\nThis text has no blank lines at all, as some paste.\nWhy it matters\nIt does.\n"
    assert paths(read_document(text)) == [("A field guide",), ("A field guide", "Why it matters")]


def test_short_lines_in_a_row_are_not_headings() -> None:
    text = "Colours\n\nThe list is short.\n\nRed\nGreen\nBlue\nGrey\n\nThat was all of it.\n"
    found = {part for path in paths(read_document(text)) for part in path}
    assert not found & {"Red", "Green", "Blue"}


def test_the_first_line_of_a_wrapped_paragraph_is_not_a_heading() -> None:
    text = (
        "Restoring\n\nA restore from the off-site copy takes as long as the New York\n"
        "Office needs to send it, and that was a day when we tried it.\n"
    )
    reading = read_document(text)
    assert paths(reading) == [("Restoring",)]
    assert "the New York Office needs" in reading.passages[0].text


def test_sentence_case_headings_stand_under_title_case_ones() -> None:
    text = (
        "Our Storage Guide\nThe guide begins here.\n"
        "Keeping Copies Safe\nCopies are kept twice.\n"
        "What to do first\nLook at the log.\n"
        "Moving Old Data\nOld data moves monthly.\n"
    )
    guide = "Our Storage Guide"
    assert paths(read_document(text)) == [
        (guide,),
        (guide, "Keeping Copies Safe"),
        (guide, "Keeping Copies Safe", "What to do first"),
        (guide, "Moving Old Data"),
    ]


def test_markdown_headings_nest_by_their_level() -> None:
    text = (
        "# Guide\n\nIntro.\n\n## Part\n\nText that is\nwrapped.\n\n### Detail\n\nMore.\n\n"
        "**Bold line**\n\nLast.\n"
    )
    reading = read_document(text)
    assert paths(reading) == [
        ("Guide",),
        ("Guide", "Part"),
        ("Guide", "Part", "Detail"),
        ("Guide", "Part", "Detail", "Bold line"),
    ]
    assert reading.passages[1].text == "Text that is wrapped."


def test_underlined_headings_and_dividers() -> None:
    reading = read_document("Guide\n=====\n\nIntro.\n\nPart\n----\n\nText.\n\n* * *\n\nMore.\n")
    assert paths(reading) == [("Guide",), ("Guide", "Part"), ("Guide", "Part")]
    assert [part.reason for part in reading.skipped] == ["a dividing line"]


def test_code_is_not_read_for_headings() -> None:
    reading = read_document("# Guide\n\n```\n# a comment\n- Yes\n```\n\nText.\n\n## Part\n\nMore.\n")
    assert paths(reading) == [("Guide",), ("Guide",), ("Guide", "Part")]
    assert reading.passages[0].text == "```\n# a comment\n- Yes\n```"


def test_front_matter_is_skipped() -> None:
    reading = read_document("---\ntitle: x\ntags: [a]\n---\n# Guide\n\nText.\n")
    assert reading.title == "Guide"
    assert reading.skipped[0].reason == "settings at the top of a Markdown file"


def test_a_heading_over_nothing_is_skipped_with_that_reason() -> None:
    reading = read_document("# Guide\n\nText.\n\n## Later\n")
    assert [(part.text, part.reason) for part in reading.skipped] == [
        ("Later", "a heading with nothing under it")
    ]


def test_without_a_title_the_file_name_or_the_first_sentence_serves() -> None:
    text = "A plain paragraph that only talks about one thing. And then it ends.\n"
    assert read_document(text, "notes/Backup_basics-2024.txt").title == "Backup basics 2024"
    assert read_document(text, "0031.txt").title == "A plain paragraph that only talks about one thing"
