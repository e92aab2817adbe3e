"""Files that are not text, told by their first bytes (magic numbers, as in the `file` utility's tables)."""

from __future__ import annotations

PDF_ADVICE = "open it, copy its text and save that as a text file, or bring it in as a .pdf"
OFFICE_ADVICE = "bring it in under its own ending (.docx), or save it as plain text"
HTML_ADVICE = "open it in a browser, copy its text and save that, or bring it in as a .html"
PICTURE_ADVICE = "type its text into a text file"
PROGRAM_ADVICE = "choose the document itself"

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", PDF_ADVICE),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as .docx or as plain text"),
    (b"{\\rtf", "a rich-text (RTF) document", "open it and save it as plain text"),
    (b"\x89PNG", "a picture (PNG)", PICTURE_ADVICE),
    (b"\xff\xd8\xff", "a picture (JPEG)", PICTURE_ADVICE),
    (b"GIF8", "a picture (GIF)", PICTURE_ADVICE),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it and choose the document inside"),
    (b"BZh", "a compressed file (bzip2)", "unpack it and choose the document inside"),
    (b"7z\xbc\xaf", "an archive (7-Zip)", "unpack it and choose the document inside"),
    (b"Rar!", "an archive (RAR)", "unpack it and choose the document inside"),
    (b"\x7fELF", "a program", PROGRAM_ADVICE),
    (b"SQLite format 3", "a database file", PROGRAM_ADVICE),
)
OFFICE_PARTS = (
    (b"word/", "a Word document"),
    (b"xl/", "a spreadsheet"),
    (b"ppt/", "a slide deck"),
    (b"META-INF", "an office document"),
)


def what_it_is(data: bytes) -> tuple[str, str] | None:
    """Return (what the file is, what to do about it), or None when it may be text."""
    head = data[:1024].lstrip()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    for magic, name, advice in SIGNATURES:
        if head.startswith(magic):
            return name, advice
    start = head.removeprefix(b"\xef\xbb\xbf")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page in HTML", HTML_ADVICE
    return None


def _zip(data: bytes) -> tuple[str, str]:
    for part, name in OFFICE_PARTS:
        if part in data[:65_536]:
            return name, OFFICE_ADVICE
    return "a zip archive", "unpack it and choose the document inside"
