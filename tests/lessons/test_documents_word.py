"""Word documents to Markdown."""

from __future__ import annotations

import io

import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from PIL import Image

from enablement.lessons.documents.limits import LIMITS, Limits, Refused
from enablement.lessons.documents.word.documents import to_markdown
from tests.lessons.documents.making import with_parts, word, word_body, word_table

NUMBERED = '<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'


def read(data: bytes) -> str:
    return to_markdown(data, LIMITS, lambda done, of: None)[0]


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        to_markdown(data, limits, lambda done, of: None)
    return f"{caught.value.problem}; {caught.value.advice}"


def test_styles_become_headings_under_the_title() -> None:
    def write(document: WordDocument) -> None:
        document.add_heading("Doors", 0)
        document.add_heading("Badges", 1)
        document.add_heading("Visitors", 2)
        document.add_paragraph("A visitor’s badge — “for today” — is red.")

    assert read(word(write)) == (
        "# Doors\n\n## Badges\n\n### Visitors\n\nA visitor’s badge — “for today” — is red.\n"
    )


def test_a_style_of_the_authors_own_is_the_heading_that_it_is_based_on() -> None:
    def write(document: WordDocument) -> None:
        style = document.styles.add_style("Our topic", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("Badges", style="Our topic")
        document.add_paragraph("They open doors.")

    assert read(word(write)) == "## Badges\n\nThey open doors.\n"


def test_a_bold_line_is_a_heading_and_a_bold_label_is_not() -> None:
    def write(document: WordDocument) -> None:
        document.add_heading("Badges", 1)
        document.add_paragraph().add_run("Where they break").bold = True
        document.add_paragraph("At the back door.")
        label = document.add_paragraph()
        label.add_run("What it is:").bold = True
        label.add_run(" a card with a chip.")

    assert read(word(write)) == (
        "# Badges\n\n## Where they break\n\nAt the back door.\n\n**What it is:** a card with a chip.\n"
    )


def test_large_type_without_a_style_is_a_heading() -> None:
    def write(document: WordDocument) -> None:
        for text, size in (("Doors", 20), ("A door is a promise.", None), ("Badges", 14), ("Red.", None)):
            run = document.add_paragraph().add_run(text)
            run.font.size = Pt(size) if size else None

    assert read(word(write)) == "# Doors\n\nA door is a promise.\n\n## Badges\n\nRed.\n"


def test_lists_keep_their_depth_and_numbers() -> None:
    def write(document: WordDocument) -> None:
        for style, text in (
            ("List Bullet", "red"),
            ("List Bullet 2", "for visitors"),
            ("List Bullet 3", "for one day"),
            ("List Bullet", "blue"),
            ("List Number", "ask"),
            ("List Number", "print"),
        ):
            document.add_paragraph(text, style=style)

    assert read(word(write)) == (
        "- red\n    - for visitors\n        - for one day\n- blue\n\n1. ask\n2. print\n"
    )


def test_the_first_row_of_a_table_is_its_header_and_merged_cells_are_filled() -> None:
    def write(document: WordDocument) -> None:
        word_table(
            document,
            [
                ("Don't say", "Do say", "Why"),
                ("It never fails", "It is checked each month", "A promise must be one that can be kept."),
                ("Nobody gets in | ever", "Entries are recorded", ""),
            ],
        )
        table = document.tables[0]
        table.cell(1, 2).merge(table.cell(2, 2))

    assert read(word(write)).splitlines() == [
        "| Don't say | Do say | Why |",
        "| --- | --- | --- |",
        "| It never fails | It is checked each month | A promise must be one that can be kept. |",
        "| Nobody gets in \\| ever | Entries are recorded | A promise must be one that can be kept. |",
    ]


def test_a_table_without_a_header_gets_an_empty_one() -> None:
    rows = [("A badge is a card.", "Red badges are for one day."), ("A slip is paper.", "It is kept.")]
    lines = read(word(lambda document: word_table(document, rows))).splitlines()
    assert lines[:3] == ["|  |  |", "| --- | --- |", "| A badge is a card. | Red badges are for one day. |"]


def test_a_box_made_of_a_table_is_text() -> None:
    assert read(word(lambda document: word_table(document, [("A note in a box.",)]))) == "A note in a box.\n"


def test_a_title_row_over_a_table_stands_above_it() -> None:
    def write(document: WordDocument) -> None:
        word_table(
            document, [("Words", "", ""), ("Avoid", "Use", "Why"), ("never", "each month", "It is so.")]
        )
        table = document.tables[0]
        table.cell(0, 0).merge(table.cell(0, 2))

    lines = read(word(write)).splitlines()
    assert lines[:4] == ["Words", "", "| Avoid | Use | Why |", "| --- | --- | --- |"]


def test_a_break_within_a_paragraph_parts_it_unless_the_sentence_runs_on() -> None:
    text = "Don't say: never.\nDo say: each month.\nThat is kinder and\nalso true."
    assert read(word(lambda document: document.add_paragraph(text) and None)) == (
        "Don't say: never.\n\nDo say: each month.\n\nThat is kinder and also true.\n"
    )


def test_footnotes_stand_at_the_end_and_leave_no_mark_in_the_text() -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = (
        f'<w:footnotes {names}><w:footnote w:id="2">'
        "<w:p><w:r><w:t>Until midnight.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    body = (
        "<w:p><w:r><w:t>For one day</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t>, no more.</w:t></w:r></w:p>"
    )
    data = word_body(body, {"word/footnotes.xml": note})
    text, _, notes = to_markdown(data, LIMITS, lambda done, of: None)
    assert text == "For one day, no more.\n\n## Notes\n\n1. Until midnight.\n"
    assert notes == ["The footnotes stand at the end, under “Notes”."]


def test_deleted_text_stays_deleted() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Badges are </w:t></w:r>"
        "<w:del w:id='1'><w:r><w:delText>green</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>red.</w:t></w:r></w:ins></w:p>"
    )
    assert read(word_body(body)) == "Badges are red.\n"


def test_pictures_are_left_out_and_counted() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "PNG")

    def write(document: WordDocument) -> None:
        document.add_paragraph("A badge:")
        document.add_picture(io.BytesIO(picture.getvalue()))

    text, _, notes = to_markdown(word(write), LIMITS, lambda done, of: None)
    assert (text, notes) == ("A badge:\n", ["A picture was left out."])


def test_a_document_without_text_is_told() -> None:
    assert refusal(word(lambda document: None)).startswith("holds no text; ")


def test_entities_that_multiply_are_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    wide = bomb.replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")
    for document in (bomb.encode(), wide):
        data = with_parts(word(lambda empty: None), {"word/document.xml": document})
        assert refusal(data).startswith("declares an XML document type")


def test_a_package_that_unpacks_too_large_is_refused() -> None:
    data = with_parts(word(lambda document: None), {"word/media/image1.png": b"\0" * 3_000_000})
    assert len(data) < 100_000
    assert refusal(data, Limits(unpacked=2_000_000)).startswith("unpacks to more than 1 MB")


def test_a_package_with_countless_parts_is_refused() -> None:
    data = with_parts(word(lambda document: None), {f"word/media/{n}.png": b"" for n in range(60)})
    assert refusal(data, Limits(parts=50)).startswith("unpacks to more than")


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("notes.txt", "is a zip archive and not a Word document; unpack it"),
        ("xl/workbook.xml", "is a spreadsheet"),
        ("ppt/presentation.xml", "is a slide deck"),
        ("content.xml", "is an OpenDocument file; save it as .docx"),
    ],
)
def test_other_packages_are_told_apart(member: str, told: str) -> None:
    empty = b"PK\x05\x06" + b"\0" * 18
    assert refusal(with_parts(empty, {member: "x"})).startswith(told)


def test_a_cut_off_document_is_told_as_damaged() -> None:
    whole = word(lambda document: document.add_paragraph("Doors") and None)
    assert refusal(whole[: len(whole) // 2]).startswith("is a damaged Word document")


def test_broken_xml_is_told_as_damaged() -> None:
    assert refusal(word_body("<w:p><w:r>")).startswith("is a damaged Word document")
