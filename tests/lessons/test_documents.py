"""Documents from bytes and a name: formats, limits, and what happens when a conversion goes wrong."""

from __future__ import annotations

from collections.abc import Callable

import psutil
import pytest

from enablement.lessons.documents import (
    LIMITS,
    ConversionStopped,
    Converted,
    DocumentError,
    Limits,
    convert,
)
from tests.lessons.documents.making import PROSE, REMARKS, Sheet, handbook, with_parts, word

PAGE = b"<!DOCTYPE html><h1>Badges</h1><p>They open doors.</p>"
READ = "# Badges\n\nThey open doors.\n"
LOCKED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99
)


def refusal(data: bytes, name: str, limits: Limits = LIMITS) -> str:
    with pytest.raises(DocumentError) as caught:
        convert(data, name, limits=limits)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "documents.child" in " ".join(child.cmdline())]


def a_badge_memo() -> bytes:
    def write(document: object) -> None:
        document.add_heading("Badges", 1)  # type: ignore[attr-defined]
        document.add_paragraph("They open doors.")  # type: ignore[attr-defined]

    return word(write)


def a_badge_sheet() -> bytes:
    sheet = Sheet()
    sheet.heading("Badges", 20)
    sheet.paragraph("They open doors.")
    return sheet.bytes()


@pytest.mark.parametrize(
    ("data", "name", "format", "pages"),
    [
        (READ.encode(), "badges.md", "Markdown", None),
        (READ.encode(), "badges.txt", "plain text", None),
        (READ.encode("utf-16"), "badges", "plain text", None),
        (PAGE, "badges.html", "HTML", None),
        (PAGE.decode().encode("utf-16"), "badges.htm", "HTML", None),
        (b"<h1>Badges</h1><p>They open doors.", "badges.html", "HTML", None),
        (PAGE, "", "HTML", None),
        (a_badge_memo(), "badges.docx", "DOCX", None),
        (a_badge_memo(), "badges", "DOCX", None),
        (a_badge_sheet(), "BADGES.PDF", "PDF", 1),
        (a_badge_sheet(), "", "PDF", 1),
        (b"junk before it\n" + a_badge_sheet(), "badges.pdf", "PDF", 1),
    ],
)
def test_every_format_becomes_the_same_text(data: bytes, name: str, format: str, pages: int | None) -> None:
    assert convert(data, name) == Converted(READ, format, pages, [])


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (a_badge_sheet(), "badges.docx", "PDF"),
        (a_badge_sheet(), "badges.html", "PDF"),
        (a_badge_memo(), "badges.pdf", "DOCX"),
        (PAGE, "badges.docx", "HTML"),
        (READ.encode(), "badges.pdf", "plain text"),
    ],
)
def test_a_name_that_promises_something_else_is_noted(data: bytes, name: str, format: str) -> None:
    converted = convert(data, name)
    promised = {"pdf": "PDF", "docx": "DOCX", "html": "HTML"}[name.rpartition(".")[2]]
    assert (converted.text, converted.format) == (READ, format)
    assert converted.notes == [f"Its name promises {promised}; it is {format} and was read as that."]


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (a_badge_sheet(), "badges.txt", "“badges.txt” is a PDF, not text;"),
        (a_badge_memo(), "badges.md", "“badges.md” is a Word document, not text;"),
        (PAGE, "badges.txt", "“badges.txt” is a web page in HTML, not text;"),
        (
            LOCKED,
            "badges.docx",
            "“badges.docx” is protected with a password; open it in Word, remove the password",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            "badges.doc",
            "is an old Office document, not text;",
        ),
        (b"\x89PNG\r\n\x1a\n\0", "badges.pdf", "is a picture (PNG), not text;"),
        (
            with_parts(b"PK\x05\x06" + b"\0" * 18, {"a": "b"}),
            "badges.docx",
            "is a zip archive and not a Word",
        ),
        (b"", "badges.docx", "“badges.docx” is empty;"),
        (b"", "badges.pdf", "“badges.pdf” is empty;"),
        (b"\x00\x01\x02 <p>", "badges.html", "control characters"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(data: bytes, name: str, told: str) -> None:
    message = refusal(data, name)
    assert told in message.replace("NUL characters", "control characters")


def test_fifty_megabytes_are_refused_before_anything_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("enablement.lessons.documents.child_process.subprocess.Popen")
    assert refusal(b"%PDF-1.7" + b"\0" * (50 * 1024 * 1024), "badges.pdf") == (
        "“badges.pdf” is 50.0 MB and the most that can be read is 20 MB; "
        "split it, or save it without its pictures."
    )


def test_more_text_than_the_limit_is_refused() -> None:
    assert refusal(PAGE, "badges.html", Limits(text=10)) == (
        "“badges.html” holds 27 characters of text and the most that can be read is 10; split it."
    )


def test_a_bomb_of_real_size_is_refused_within_the_limits() -> None:
    data = with_parts(a_badge_memo(), {"word/media/image1.png": b"\0" * (LIMITS.unpacked + 1)})
    assert len(data) < LIMITS.bytes
    assert "unpacks to more than 200 MB" in refusal(data, "badges.docx")


def test_a_child_without_memory_is_an_error_of_the_document() -> None:
    page = b"<p>badge</p>" * 60_000
    message = refusal(page, "badges.html", Limits(memory=100 * 1024 * 1024))
    assert message == (
        "“badges.html” takes more memory to read than a document may; split it into smaller documents."
    )


def test_a_child_without_processor_time_is_an_error_of_the_document() -> None:
    page = b"<p>badge</p>" * 300_000
    assert "takes more time or memory to read" in refusal(page, "badges.html", Limits(cpu_seconds=1))


def test_a_child_that_takes_too_long_is_ended() -> None:
    assert "took longer than the 0.05 seconds" in refusal(PAGE, "badges.html", Limits(seconds=0.05))
    assert children() == []


def killing() -> Callable[[], bool]:
    """Return a question that kills the child the first time it finds one."""

    def kill() -> bool:
        for child in children():
            child.kill()
        return False

    return kill


def test_a_child_that_is_killed_is_an_error_and_the_next_document_is_read() -> None:
    with pytest.raises(DocumentError, match="takes more time or memory"):
        convert(PAGE, "badges.html", should_stop=killing())
    assert convert(PAGE, "badges.html").text == READ


def test_a_conversion_can_be_stopped_between_pages() -> None:
    seen: list[tuple[int, int]] = []
    data = handbook(40)
    with pytest.raises(ConversionStopped):
        convert(
            data,
            "handbook.pdf",
            on_progress=lambda done, of: seen.append((done, of)),
            should_stop=lambda: bool(seen),
        )
    assert seen[0] == (1, 40)
    assert seen[-1][0] < 40
    assert children() == []


def test_the_child_sees_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    seen: list[dict[str, str]] = []

    def look() -> bool:
        seen.extend(child.environ() for child in children())
        return False

    assert convert(PAGE, "badges.html", should_stop=look).text == READ
    assert seen
    assert all(set(environment) <= {"PATH", "LANG", "PYTHONPATH", "LC_CTYPE"} for environment in seen)


def test_three_hundred_pages_are_read_within_the_limits() -> None:
    seen: list[int] = []
    converted = convert(handbook(300), "handbook.pdf", on_progress=lambda done, of: seen.append(done))
    assert converted.pages == 300
    assert seen == list(range(1, 301))
    assert converted.text.count(PROSE) == 300 * REMARKS * 2
