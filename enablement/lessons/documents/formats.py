"""What format a document is in: told by its bytes, with its name as a hint."""

from __future__ import annotations

import re
from enum import StrEnum

from enablement.lessons.documents.limits import Refused

ENDINGS = (".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pdf")
"""The endings to offer where a person chooses a file."""


class Format(StrEnum):
    """The values are what people are told."""

    MARKDOWN = "Markdown"
    TEXT = "plain text"
    HTML = "HTML"
    DOCX = "DOCX"
    PDF = "PDF"


BY_ENDING = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".pdf": Format.PDF,
}
TEXTUAL = (Format.MARKDOWN, Format.TEXT)

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which Office keeps a document that has a password (MS-OFFCRYPTO 2.3)."""
PDF_WITHIN = 1024
"""Readers of PDF accept its mark this far into a file (PDF 1.7, appendix H, note 13)."""
PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


def named_format(name: str) -> Format | None:
    """Return the format that a file's name promises, or None for an ending that says nothing."""
    _, dot, ending = name.lower().rpartition(".")
    return BY_ENDING.get(dot + ending)


def format_of(data: bytes, name: str) -> tuple[Format, str]:
    """Return a document's format, and a note where that is another one than its name says.

    A name that promises text is held to it: whatever else the bytes are, the text decoder names it.
    Raises Refused for a locked Office document.
    """
    named = named_format(name)
    found = _by_content(data, named)
    if named in TEXTUAL or found is None:
        return (named if named in TEXTUAL else Format.TEXT), _note(named, Format.TEXT)
    return found, _note(named, found)


def _by_content(data: bytes, named: Format | None) -> Format | None:
    start = data[:PDF_WITHIN]
    if start.lstrip().startswith(b"%PDF") or (named is Format.PDF and b"%PDF-" in start):
        return Format.PDF
    if data.startswith(OLD_OFFICE) and ENCRYPTED in data and named not in TEXTUAL:
        raise Refused(
            "is protected with a password", "open it in Word, remove the password and save it again"
        )
    # Whether a package holds a Word document or something else is told when it is opened.
    if data.startswith(ZIP):
        return Format.DOCX
    text = (
        start.removeprefix(b"\xef\xbb\xbf").decode("utf-16", "ignore").encode() if _is_wide(start) else start
    )
    if PAGE.match(text.removeprefix(b"\xef\xbb\xbf")):
        return Format.HTML
    return Format.HTML if named is Format.HTML and _may_be_markup(start) else None


def _is_wide(start: bytes) -> bool:
    return start.startswith((b"\xff\xfe", b"\xfe\xff"))


def _may_be_markup(start: bytes) -> bool:
    """Whether bytes that are called HTML may be a piece of it: text, and not the mark of another format."""
    return _is_wide(start) or (
        b"<" in start and b"\x00" not in start and not start.startswith((b"%PDF", ZIP))
    )


def _note(named: Format | None, found: Format) -> str:
    if named is None or named is found or named in TEXTUAL:
        return ""
    return f"Its name promises {named}; it is {found} and was read as that."
