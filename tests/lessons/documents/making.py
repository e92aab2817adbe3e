"""Documents made for the tests: what their authors typed is to be seen at a glance."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from fpdf import FPDF

HERE = Path(__file__).parent
REMARKS = 5
"""So many in each chapter of the handbook."""
PROSE = (
    "A badge opens a door because the reader trusts the list behind it, and that list is what an attacker "
    "wants to change first."
)


def word(write: Callable[[WordDocument], None]) -> bytes:
    """Return a Word document that `write` fills."""
    document, buffer = Document(), io.BytesIO()
    write(document)
    document.save(buffer)
    return buffer.getvalue()


def word_table(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text


def word_body(paragraphs: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word document with this WordprocessingML in its body; `parts` are put in besides."""
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    body = f"<w:document {names}><w:body>{paragraphs}</w:body></w:document>"
    return with_parts(word(lambda document: None), {"word/document.xml": body, **(parts or {})})


def with_parts(package: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package with some of its parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


class Sheet(FPDF):
    """A page in Times, 11 points, with short ways to put things on it."""

    def __init__(self) -> None:
        super().__init__()
        self.set_font("times", size=11)
        self.set_auto_page_break(True, 25)
        self.add_page()

    def heading(self, text: str, size: float = 16) -> None:
        self.set_font("times", "B", size)
        self.cell(0, size / 2, text, new_x="LMARGIN", new_y="NEXT")
        self.set_font("times", size=11)

    def lines(self, *texts: str) -> None:
        for text in texts:
            self.cell(0, 5.5, text, new_x="LMARGIN", new_y="NEXT")

    def paragraph(self, text: str, space: float = 3) -> None:
        self.multi_cell(0, 5.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(space)

    def item(self, mark: str, text: str, x: float = 12) -> None:
        self.set_x(x)
        self.cell(7, 5.5, mark)
        self.multi_cell(150, 5.5, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def bytes(self) -> bytes:
        return bytes(self.output())


class Handbook(Sheet):
    """A long document: a running header, page numbers, a heading and a ruled table every so often."""

    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.cell(0, 5, "Door handbook, internal", align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)
        self.set_font("times", size=11)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 5, f"Page {self.page_no()}", align="C")


def handbook(pages: int) -> bytes:
    """Return a handbook of so many pages, one chapter each."""
    sheet = Handbook()
    for chapter in range(1, pages + 1):
        if chapter > 1:
            sheet.add_page()
        sheet.heading(f"Chapter {chapter} of the doors")
        for number in range(REMARKS):
            sheet.paragraph(f"In chapter {chapter}, remark {number}: {PROSE} {PROSE}")
        sheet_table(sheet, [("Avoid", "Use"), ("Nobody gets in", "Entries are recorded")])
    return sheet.bytes()


def sheet_table(sheet: FPDF, rows: Sequence[Sequence[str]]) -> None:
    with sheet.table() as table:
        for row in rows:
            table.row(row)
