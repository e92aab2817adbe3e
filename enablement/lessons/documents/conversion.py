"""One document to text: its size and format first, then the right way for that format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enablement.lessons.documents.child_process import run_child
from enablement.lessons.documents.formats import TEXTUAL, format_of
from enablement.lessons.documents.limits import LIMITS, Limits, Refused
from enablement.lessons.reading import DocumentError, decode_document
from enablement.numbers import number


@dataclass(frozen=True, slots=True)
class Converted:
    """`text` is Markdown, or plain text as it stood in the file. `pages` is known of a PDF only.

    `notes` are sentences about what was left out or guessed, for the person who brought the document.
    """

    text: str
    format: str
    pages: int | None
    notes: list[str]


def convert(
    data: bytes,
    name: str,
    *,
    limits: Limits = LIMITS,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Converted:
    """Return a document's text. `on_progress(done, of)` counts the pages of a PDF as they are read.

    `should_stop` is asked several times a second while a document is converted. Raises DocumentError for
    what cannot be read, and ConversionStopped when `should_stop` said so.
    """
    called = f"“{name}”" if name else "The document"
    try:
        if len(data) > limits.bytes:
            raise too_large(len(data), limits)
        format, note = format_of(data, name)
        if format in TEXTUAL:
            return Converted(decode_document(data, name), format, None, [note] if note else [])
        result = run_child(data, format, limits, on_progress=on_progress, should_stop=should_stop)
        if len(result.text) > limits.text:
            raise too_long(len(result.text), limits)
    except Refused as refused:
        raise DocumentError(f"{called} {refused.problem}; {refused.advice}.") from refused
    return Converted(result.text, format, result.pages, [*([note] if note else []), *result.notes])


def too_large(size: int, limits: Limits) -> Refused:
    """Return the refusal of a file of `size` bytes."""
    most = limits.bytes // (1024 * 1024)
    return Refused(
        f"is {number(size / 1024 / 1024, 1)} MB and the most that can be read is {most} MB",
        "split it, or save it without its pictures",
    )


def too_long(length: int, limits: Limits) -> Refused:
    """Return the refusal of a document with `length` characters of text."""
    return Refused(
        f"holds {number(length)} characters of text and the most that can be read is {number(limits.text)}",
        "split it",
    )
