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
from enablement.numbers import number

DAMAGED = ("is a damaged PDF", "open it, print it to a new PDF and try again")
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
        raise Refused(
            f"has {number(count)} pages and the most that can be read is {number(limits.pages)}", "split it"
        )
    pages, unread = _read(document, count, progress)
    _refuse_without_text(pages)
    pages, illegible = _legible(pages)
    sizes = measure(pages)
    pages, repeated = without_margins(pages, sizes)
    blocks, notes = _composed(pages, sizes)
    text = write_markdown(headed_by_bold_lines(blocks))
    about = [*_about_unread(unread, illegible), *_about_pages(pages), *_about_margins(repeated), *notes]
    return text, count, about


def _read(
    document: pypdfium2.PdfDocument, count: int, progress: Callable[[int, int], None]
) -> tuple[list[Page], list[int]]:
    """Return the pages, and the numbers from 0 of those that are damaged. Raises Refused where all are."""
    pages, unread = [], []
    for at in range(count):
        try:
            pages.append(read_page(document, at))
        except pypdfium2.PdfiumError:
            unread.append(at)
        progress(at + 1, count)
    if unread and not pages:
        raise Refused(*DAMAGED)
    return pages, unread


def _legible(pages: Sequence[Page]) -> tuple[list[Page], list[int]]:
    """Return the pages whose signs say which letters they are, and the numbers of the others.

    Raises Refused where none is left with text.
    """
    illegible = {page.number for page in pages if _is_illegible(_text_of(page))}
    kept = [page for page in pages if page.number not in illegible]
    if illegible and not any(_text_of(page).strip() for page in kept):
        raise Refused("does not say which letters its signs stand for", RECOGNISE)
    return kept, sorted(illegible)


def _text_of(page: Page) -> str:
    return "".join(word.text for line in all_lines(page) for word in line.words)


def _is_illegible(text: str) -> bool:
    unreadable = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter < " " for letter in text)
    return unreadable > MOST_UNREADABLE * len(text)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Refused("is protected with a password", "save it without one and try again") from error
        raise Refused(*DAMAGED) from error


def _refuse_without_text(pages: Sequence[Page]) -> None:
    text = "".join(_text_of(page) for page in pages)
    if sum(letter.isalpha() for letter in text) < LEAST_LETTERS and any(page.pictures for page in pages):
        raise Refused("holds pictures of its pages and no text", RECOGNISE)
    if not text.strip():
        raise Refused("holds no text", RECOGNISE)


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


def _about_unread(unread: Sequence[int], illegible: Sequence[int]) -> list[str]:
    """What a person has to know first: which pages the rest was read without, and what to do."""
    notes: list[str] = []
    if unread:
        notes.append(f"{_pages(unread)} could not be read, because the file is damaged there.")
    if illegible:
        say = "does" if len(illegible) == 1 else "do"
        notes.append(
            f"{_pages(illegible)} {say} not say which letters the signs stand for, and could not be read: "
            f"{RECOGNISE}."
        )
    return notes


def _pages(numbers: Sequence[int]) -> str:
    """“Page 3”, “Pages 3, 5 …”; `numbers` count from 0."""
    listed = ", ".join(str(number + 1) for number in numbers[:SHOWN_PAGES])
    return f"Page{'s' if len(numbers) > 1 else ''} {listed}{' …' if len(numbers) > SHOWN_PAGES else ''}"


def _about_pages(pages: Sequence[Page]) -> list[str]:
    notes: list[str] = []
    bare = [page.number for page in pages if page.is_picture and not all_lines(page)]
    if bare:
        what = "is a picture" if len(bare) == 1 else "are pictures"
        notes.append(f"{_pages(bare)} {what} without text.")
    notes += about_pictures(sum(page.pictures for page in pages) - len(bare))
    if any(page.askew for page in pages):
        notes.append("Words that stand askew, as a watermark does, were left out.")
    return notes


def _about_margins(repeated: Sequence[str]) -> list[str]:
    if not repeated:
        return []
    listed = ", ".join(f"“{text[:80]}”" for text in repeated[:SHOWN_MARGINS])
    return [f"Left out, because it stands on every page alike: {listed}."]
