"""A PDF to Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from enablement.lessons.documents.blocks import (
    Block,
    Kind,
    about_pictures,
    headed_by_bold_lines,
    write_markdown,
)
from enablement.lessons.documents.limits import Limits, Refused
from enablement.lessons.documents.pdf.composing import Composer, words_of
from enablement.lessons.documents.pdf.footnotes import Footnote, without_footnotes
from enablement.lessons.documents.pdf.lines import text_of
from enablement.lessons.documents.pdf.margins import without_margins
from enablement.lessons.documents.pdf.pages import Page, read_page
from enablement.lessons.documents.pdf.sizes import Sizes, all_lines, measure

RECOGNISE = "run text recognition (OCR) over it, or type its text"
LEAST_LETTERS = 20
MOST_UNREADABLE = 0.3
SHOWN_PAGES = 8
SHOWN_MARGINS = 3


def to_markdown(
    data: bytes, limits: Limits, progress: Callable[[int, int], None]
) -> tuple[str, int | None, list[str]]:
    """Return (Markdown, number of pages, notes). Raises Refused for what has no text to read."""
    document = _opened(data)
    count = len(document)
    if count > limits.pages:
        raise Refused(f"has {count:,} pages and the most that can be read is {limits.pages:,}", "split it")
    pages: list[Page] = []
    for number in range(count):
        pages.append(read_page(document, number))
        progress(number + 1, count)
    _refuse_without_text(pages)
    sizes = measure(pages)
    pages, repeated = without_margins(pages, sizes)
    blocks, notes = _composed(pages, sizes)
    text = write_markdown(headed_by_bold_lines(blocks))
    return text, count, [*_about_pages(pages), *_about_margins(repeated), *notes]


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Refused("is protected with a password", "save it without one and try again") from error
        raise Refused("is a damaged PDF", "open it, print it to a new PDF and try again") from error


def _refuse_without_text(pages: Sequence[Page]) -> None:
    text = "".join(word.text for page in pages for line in all_lines(page) for word in line.words)
    if sum(letter.isalpha() for letter in text) < LEAST_LETTERS and any(page.pictures for page in pages):
        raise Refused("holds pictures of its pages and no text", RECOGNISE)
    if not text.strip():
        raise Refused("holds no text", RECOGNISE)
    unreadable = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter < " " for letter in text)
    if unreadable > MOST_UNREADABLE * len(text):
        raise Refused("does not say which letters its signs stand for", RECOGNISE)


def _composed(pages: Sequence[Page], sizes: Sizes) -> tuple[list[Block], list[str]]:
    """Return the blocks of all pages, the footnotes after them, and notes on what was moved or left out."""
    composer = Composer(sizes, words_of(pages))
    footnotes: list[Footnote] = []
    for page in pages:
        rest, found = without_footnotes(page, sizes)
        composer.add_page(rest)
        footnotes += found
    blocks = composer.finish()
    notes: list[str] = []
    if footnotes:
        blocks += [Block(Kind.HEADING, "Notes", 2), *(_footnote(note, composer.known) for note in footnotes)]
        notes.append("The footnotes stand at the end, under “Notes”.")
    if any(page.listed for page in pages):
        notes.append("The table of contents was left out.")
    return blocks, notes


def _footnote(note: Footnote, known: frozenset[str]) -> Block:
    return Block(Kind.ITEM, text_of(note.lines, known, marked=False), 0, note.number or None)


def _about_pages(pages: Sequence[Page]) -> list[str]:
    notes: list[str] = []
    bare = [page.number + 1 for page in pages if page.is_picture and not all_lines(page)]
    if bare:
        listed = ", ".join(str(number) for number in bare[:SHOWN_PAGES]) + (
            " …" if len(bare) > SHOWN_PAGES else ""
        )
        notes.append(
            f"Page {listed} is a picture without text."
            if len(bare) == 1
            else f"Pages {listed} are pictures without text."
        )
    notes += about_pictures(sum(page.pictures for page in pages) - len(bare))
    if any(page.askew for page in pages):
        notes.append("Words that stand askew, as a watermark does, were left out.")
    return notes


def _about_margins(repeated: Sequence[str]) -> list[str]:
    if not repeated:
        return []
    listed = ", ".join(f"“{text[:80]}”" for text in repeated[:SHOWN_MARGINS])
    return [f"Left out, because it stands on every page alike: {listed}."]
