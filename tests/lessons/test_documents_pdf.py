"""PDF to Markdown."""

from __future__ import annotations

import io
import re

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission
from PIL import Image

from enablement.lessons.documents.limits import LIMITS, Limits, Refused
from enablement.lessons.documents.pdf.documents import to_markdown
from tests.lessons.documents.making import HERE, PROSE, REMARKS, Handbook, Sheet, handbook, sheet_table


def read(data: bytes) -> str:
    return to_markdown(data, LIMITS, lambda done, of: None)[0]


def notes_of(data: bytes) -> list[str]:
    return to_markdown(data, LIMITS, lambda done, of: None)[2]


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        to_markdown(data, limits, lambda done, of: None)
    return f"{caught.value.problem}; {caught.value.advice}"


def scan() -> io.BytesIO:
    picture = io.BytesIO()
    Image.new("L", (600, 850), 200).save(picture, "PNG")
    return picture


def test_a_page_printed_from_a_browser_keeps_its_structure() -> None:
    data = (HERE / "printed-from-a-browser.pdf").read_bytes()
    assert read(data) == (HERE / "printed-from-a-browser.md").read_text(encoding="utf-8")


def test_sizes_rank_headings_and_a_bold_line_is_one() -> None:
    sheet = Sheet()
    sheet.heading("Doors", 20)
    sheet.paragraph(PROSE)
    sheet.heading("Badges", 14)
    sheet.paragraph(PROSE)
    sheet.heading("For visitors", 11)
    sheet.paragraph(PROSE)
    assert [line for line in read(sheet.bytes()).splitlines() if line.startswith("#")] == [
        "# Doors",
        "## Badges",
        "### For visitors",
    ]


def test_wrapped_lines_make_paragraphs() -> None:
    sheet = Sheet()
    sheet.paragraph(f"{PROSE} {PROSE}")
    sheet.paragraph(PROSE)
    assert read(sheet.bytes()) == f"{PROSE} {PROSE}\n\n{PROSE}\n"


def test_lines_that_their_author_ended_stay_apart() -> None:
    sheet = Sheet()
    sheet.lines("Ask for the name.", "Print the badge.", "Keep the slip.")
    assert read(sheet.bytes()) == "Ask for the name.\n\nPrint the badge.\n\nKeep the slip.\n"


def test_words_broken_at_a_line_end_are_made_whole() -> None:
    sheet = Sheet()
    sheet.set_right_margin(110)
    sheet.lines(
        "Whoever keeps the well-known list of infor-",
        "mation decides, as every list of the well-",
        "known kind.",
    )
    assert read(sheet.bytes()) == (
        "Whoever keeps the well-known list of information decides, as every list of the well-known kind.\n"
    )


def test_lists_keep_their_depth_whatever_marks_them() -> None:
    sheet = Sheet()
    sheet.item("\x95", f"First: {PROSE}")
    sheet.item("-", "nested", x=20)
    sheet.item("-", "nested too", x=20)
    sheet.item("\x95", "Second")
    for number, text in enumerate(["ask", f"print, for {PROSE.lower()}", "keep"], start=1):
        sheet.item(f"{number}.", text)
    assert read(sheet.bytes()) == (
        f"- First: {PROSE}\n    - nested\n    - nested too\n- Second\n\n"
        f"1. ask\n2. print, for {PROSE.lower()}\n3. keep\n"
    )


def test_a_ruled_table_keeps_rows_and_merged_cells() -> None:
    sheet = Sheet()
    with sheet.table() as table:
        table.row(("Avoid", "Use", "Why"))
        row = table.row()
        row.cell("Nobody gets in, whatever they do to the door or to the reader beside it")
        row.cell("Entries are recorded")
        row.cell("A promise must be one that can be kept", rowspan=2)
        table.row(("It is safe", "It is checked"))
    assert read(sheet.bytes()).splitlines() == [
        "| Avoid | Use | Why |",
        "| --- | --- | --- |",
        "| Nobody gets in, whatever they do to the door or to the reader beside it | Entries are recorded "
        "| A promise must be one that can be kept |",
        "| It is safe | It is checked | A promise must be one that can be kept |",
    ]


def test_a_table_without_rules_is_found_by_its_columns() -> None:
    sheet = Sheet()
    sheet.paragraph("Words for the door desk:")
    y = sheet.get_y()
    rows = [
        ("Avoid", "Use"),
        (PROSE, "Entries are recorded and reviewed each month by whoever keeps the list of doors"),
        ("It is safe", "It is checked"),
    ]
    for row in rows:
        bottoms = []
        for x, text in zip((10, 105), row, strict=True):
            sheet.set_xy(x, y)
            sheet.multi_cell(80, 5.5, text, align="L")
            bottoms.append(sheet.get_y())
        y = max(bottoms) + 3
    sheet.set_xy(10, y + 4)
    sheet.paragraph(PROSE)
    assert read(sheet.bytes()) == (
        "Words for the door desk:\n\n| Avoid | Use |\n| --- | --- |\n"
        + "".join(f"| {left} | {right} |\n" for left, right in rows[1:])
        + f"\n{PROSE}\n"
    )


def test_columns_of_a_newspaper_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    with sheet.text_columns(ncols=2, gutter=8, text_align="J") as columns:
        columns.write(" ".join([PROSE] * 20))
    assert read(sheet.bytes()) == " ".join([PROSE] * 20) + "\n"


def test_what_stands_on_every_page_alike_is_dropped_and_told() -> None:
    text, pages, notes = to_markdown(handbook(4), LIMITS, lambda done, of: None)
    assert pages == 4
    assert "internal" not in text
    assert "Page" not in text
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        f"# Chapter {number} of the doors" for number in range(1, 5)
    ]
    assert text.count("| Nobody gets in | Entries are recorded |") == 4
    assert text.count(PROSE) == 4 * REMARKS * 2
    assert notes == ["Left out, because it stands on every page alike: “Door handbook, internal”."]


def test_a_chapters_own_running_header_is_dropped_and_a_repeated_sentence_is_not() -> None:
    sheet = Sheet()
    for page in range(12):
        if page:
            sheet.add_page()
        sheet.set_font_size(9)
        sheet.lines("Badges" if page < 6 else "Keys")
        sheet.set_font_size(11)
        sheet.paragraph(f"Remark {chr(97 + page)}: {PROSE}")
        sheet.paragraph(PROSE)
    text = read(sheet.bytes())
    assert text.count(PROSE) == 24
    assert "Badges" not in text
    assert "Keys" not in text


def test_a_header_beside_the_pages_number_is_dropped_and_a_number_in_the_text_is_not() -> None:
    sheet = Sheet()
    for page, chapter in enumerate(("Badges", "Keys", "Locks")):
        if page:
            sheet.add_page()
        sheet.cell(150, 5.5, chapter)
        sheet.lines(str(page + 7))
        sheet.ln(10)
        sheet.paragraph(PROSE)
    sheet.set_auto_page_break(False)
    sheet.set_y(-30)
    sheet.lines("1999")
    assert read(sheet.bytes()) == f"{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n1999\n"


def test_a_bold_label_begins_a_paragraph() -> None:
    sheet = Sheet()
    for label, text in (("Ask", "Does the key turn?"), ("Say", "That sounds like the lock.")):
        sheet.set_font(style="B")
        sheet.write(5.5, label)
        sheet.set_font(style="")
        sheet.write(5.5, f" {text}")
        sheet.ln(5.5)
    sheet.paragraph(PROSE)
    assert read(sheet.bytes()).startswith(
        "**Ask** Does the key turn?\n\n**Say** That sounds like the lock.\n"
    )


def test_a_number_sign_in_the_text_makes_no_heading() -> None:
    sheet = Sheet()
    sheet.lines("# of badges: twelve")
    assert read(sheet.bytes()) == "\\# of badges: twelve\n"


def test_a_paragraph_and_a_table_go_on_over_a_page() -> None:
    sheet = Handbook()
    sheet.set_y(-48)
    sheet.paragraph(f"{PROSE} {PROSE} {PROSE} {PROSE} {PROSE} {PROSE}")
    sheet.set_y(-50)
    rows = [("Avoid", "Use"), *((f"Promise number {n}", f"Fact number {n}") for n in range(1, 9))]
    sheet_table(sheet, rows)
    text = read(sheet.bytes())
    assert " ".join([PROSE] * 6) in text
    assert text.count("| --- |") == 1
    assert text.count("| Avoid | Use |") == 1
    assert all(f"| Promise number {n} | Fact number {n} |" in text for n in range(1, 9))


def test_footnotes_go_to_the_end_and_other_raised_figures_stay() -> None:
    sheet = Sheet()
    for text, raised in (("It resists copying", "1"), (", on each m", "2")):
        sheet.write(5.5, text)
        sheet.char_vpos = "SUP"
        sheet.write(5.5, raised)
        sheet.char_vpos = "LINE"
    sheet.write(5.5, " of the house.")
    sheet.set_auto_page_break(False)
    sheet.set_y(-40)
    sheet.set_font_size(8)
    sheet.lines("1 Door handbook, third edition.")
    assert read(sheet.bytes()) == (
        "It resists copying, on each m2 of the house.\n\n## Notes\n\n1. Door handbook, third edition.\n"
    )


def test_a_watermark_is_left_out() -> None:
    sheet = Sheet()
    sheet.paragraph(PROSE)
    with sheet.rotation(45, 100, 150):
        sheet.text(60, 150, "DRAFT")
    assert read(sheet.bytes()) == f"{PROSE}\n"
    assert notes_of(sheet.bytes()) == ["Words that stand askew, as a watermark does, were left out."]


def test_a_page_that_lies_on_its_side_is_read() -> None:
    sheet = Sheet()
    with sheet.rotation(90, 60, 200):
        for line, text in enumerate(("A badge opens a door.", "A key opens one too.")):
            sheet.text(60, 200 + 6 * line, text)
    assert read(sheet.bytes()) == "A badge opens a door.\n\nA key opens one too.\n"


def test_a_table_of_contents_is_left_out() -> None:
    sheet = Sheet()
    sheet.lines("Badges " + "." * 60 + " 3", "Keys " + ". " * 30 + "14")
    sheet.ln(5)
    sheet.paragraph(PROSE)
    assert read(sheet.bytes()) == f"{PROSE}\n"
    assert notes_of(sheet.bytes()) == ["The table of contents was left out."]


def test_a_scan_is_told_and_so_is_a_scanned_page_among_others() -> None:
    scanned = FPDF()
    scanned.add_page()
    scanned.image(scan(), 0, 0, 210, 297)
    assert refusal(bytes(scanned.output())) == (
        "holds pictures of its pages and no text; run text recognition (OCR) over it, or type its text"
    )
    mixed = Sheet()
    mixed.paragraph(PROSE)
    mixed.add_page()
    mixed.image(scan(), 0, 0, 210, 297)
    text, _, notes = to_markdown(mixed.bytes(), LIMITS, lambda done, of: None)
    assert (text, notes) == (f"{PROSE}\n", ["Page 2 is a picture without text."])


def pages(*texts: str) -> bytes:
    """One page for each text, uncompressed, so that a test can break one of them."""
    sheet = Sheet()
    sheet.set_compression(False)
    for number, text in enumerate(texts):
        if number:
            sheet.add_page()
        sheet.paragraph(text)
    return sheet.bytes()


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    data = pages("A badge opens a door.", "A key opens one too.", "A lock keeps it shut.")
    broken = re.sub(rb"(/Kids \[\d+ 0 R\s)\d+( 0 R)", rb"\g<1>999\2", data)
    assert broken != data
    assert read(broken) == "A badge opens a door.\n\nA lock keeps it shut.\n"
    assert notes_of(broken) == ["Page 2 could not be read, because the file is damaged there."]


def test_a_page_of_signs_without_letters_is_named_and_the_others_are_read() -> None:
    data = pages(PROSE, "qqqqqqqqqqqqqqqq")
    illegible = data.replace(b"qqqqqqqqqqqqqqqq", b"\x01\x02" * 8)
    assert read(illegible) == f"{PROSE}\n"
    assert notes_of(illegible)[0].startswith("Page 2 does not say which letters the signs stand for")
    only = pages("qqqqqqqqqqqqqqqq").replace(b"qqqqqqqqqqqqqqqq", b"\x01\x02" * 8)
    assert refusal(only).startswith(("does not say which letters", "holds no text"))


def test_an_empty_pdf_is_told() -> None:
    assert refusal(Sheet().bytes()).startswith("holds no text; ")


def test_a_password_is_told_and_one_that_only_forbids_printing_is_none() -> None:
    for password, readable in (("badge", False), ("", True)):
        sheet = Sheet()
        sheet.paragraph(PROSE)
        sheet.set_encryption("owner", password, permissions=AccessPermission.none())
        if readable:
            assert read(sheet.bytes()) == f"{PROSE}\n"
        else:
            assert refusal(sheet.bytes()).startswith("is protected with a password; save it without one")


def test_damaged_files_are_told() -> None:
    whole = handbook(1)
    assert refusal(b"%PDF-1.7\nnothing of the kind").startswith("is a damaged PDF")
    assert refusal(whole[:200]).startswith("is a damaged PDF")


def test_more_pages_than_the_limit_are_told() -> None:
    assert refusal(handbook(3), Limits(pages=2)) == "has 3 pages and the most that can be read is 2; split it"


def test_pages_are_counted_as_they_are_read() -> None:
    seen: list[tuple[int, int]] = []
    to_markdown(handbook(3), LIMITS, lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
