"""Bytes to text: what is accepted, and one clear sentence for what is not."""

from __future__ import annotations

import io
import zipfile

import pytest

from enablement.lessons.reading import DocumentError, decode_document

WORDS = "Caches keep “copies” — near the reader’s desk.\n"


def refusal(data: bytes, name: str = "notes.txt") -> str:
    with pytest.raises(DocumentError) as caught:
        decode_document(data, name)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_the_usual_encodings_give_the_same_text(encoding: str) -> None:
    assert decode_document(WORDS.encode(encoding), "notes.txt") == WORDS


def test_line_ends_and_hard_blanks_are_made_plain() -> None:
    assert (
        decode_document("one\r\ntwo\rthree\u2028four\xa0five\n".encode(), "a.txt")
        == "one\ntwo\nthree\nfour five\n"
    )


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n", b"\xef\xbb\xbf\n"])
def test_an_empty_document_is_named_as_empty(data: bytes) -> None:
    assert refusal(data) == "“notes.txt” is empty; choose a document with text in it."


def test_a_pdf_named_txt_is_told_and_what_to_do() -> None:
    message = refusal(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    assert "is a PDF, not text" in message
    assert "copy its text" in message


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("word/document.xml", "a Word document"),
        ("xl/workbook.xml", "a spreadsheet"),
        ("a.csv", "a zip archive"),
    ],
)
def test_zip_files_are_told_apart(member: str, name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    assert f"is {name}, not text" in refusal(buffer.getvalue())


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"{\\rtf1 hello}", "rich-text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"<!DOCTYPE html><p>Hi", "a web page in HTML"),
    ],
)
def test_other_files_are_named_by_their_first_bytes(start: bytes, name: str) -> None:
    assert name in refusal(start + b" and more")


def test_nul_and_control_characters_are_refused_with_their_line() -> None:
    assert "NUL characters (the first in line 2)" in refusal(b"fine\nnot\x00fine")
    assert "control characters (the first in line 1)" in refusal(b"bell \x07")
    assert "control characters" in refusal("a \x9b b".encode())


def test_a_form_feed_is_a_line_end() -> None:
    assert decode_document(b"page one\x0bpage two", "a.txt") == "page one\npage two"
    assert decode_document(b"page one\x0cpage two", "a.txt") == "page one\npage two"


def test_bytes_in_no_known_encoding_are_refused() -> None:
    assert "save it as UTF-8" in refusal("Кэш хранит копии рядом с читателем".encode("cp1251"))
    assert "save it as UTF-8" in refusal(b"undefined there: \x81\x8d")


def test_a_damaged_marked_file_is_refused() -> None:
    assert "begins as UTF-16 but is damaged" in refusal(b"\xff\xfeab\x00\xd8")


def test_more_than_five_megabytes_is_refused_with_the_size() -> None:
    assert "6.0 MB; split it" in refusal(b"a" * (6 * 1024 * 1024))
    assert len(decode_document(b"a" * (5 * 1024 * 1024), "big.txt")) == 5 * 1024 * 1024


def test_pasted_text_has_no_file_name() -> None:
    assert refusal(b"", "").startswith("The document is empty")
