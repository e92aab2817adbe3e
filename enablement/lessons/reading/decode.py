"""Bytes of a file to the text that is read, or one sentence that says why not."""

from __future__ import annotations

import codecs
import re

from enablement.lessons.reading.signatures import what_it_is
from enablement.numbers import number

MAX_BYTES = 5 * 1024 * 1024
MAX_ODD_SHARE = 0.25
"""Above this share of bytes beyond ASCII a text is hardly English in windows-1252, but another encoding."""

# The longer marks first: the UTF-32 one begins with the UTF-16 one.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


class DocumentError(Exception):
    """A document that cannot be read. The message is one sentence for the person who chose the file."""


def decode_document(data: bytes, name: str) -> str:
    """Return the text of a file with `\\n` line ends and plain spaces.

    Accepts UTF-8 (with or without its mark), UTF-16 and UTF-32 with a mark, and windows-1252 where that is
    plausible. Raises DocumentError for anything else, for an empty file and for more than 5 MB.
    """
    called = f"“{name}”" if name else "The document"
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise DocumentError(f"{called} is {number(size, 1)} MB; split it into documents of at most 5 MB.")
    found = what_it_is(data)
    if found is not None:
        raise DocumentError(f"{called} is {found[0]}, not text; {found[1]}.")
    text = LINE_ENDS.sub("\n", _decoded(data, called)).replace("\xa0", " ")
    _refuse_control_characters(text, called)
    if not text.strip():
        raise DocumentError(f"{called} is empty; choose a document with text in it.")
    return text


def _decoded(data: bytes, called: str) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, called)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows(data, called)


def _strict(data: bytes, encoding: str, called: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        label = encoding.removesuffix("-sig").upper()
        raise DocumentError(f"{called} begins as {label} but is damaged; save it again as UTF-8.") from error


def _windows(data: bytes, called: str) -> str:
    odd = sum(byte >= 0x80 for byte in data)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or odd > MAX_ODD_SHARE * len(data):
        raise DocumentError(f"{called} is not in an encoding that can be told; save it as UTF-8 text.")
    return text


def _refuse_control_characters(text: str, called: str) -> None:
    match = CONTROL.search(text)
    if match is None:
        return
    line = text.count("\n", 0, match.start()) + 1
    what = "NUL characters" if match.group() == "\x00" else "control characters"
    raise DocumentError(
        f"{called} has {what} (the first in line {line}), so it is not plain text; save it as UTF-8 text."
    )
