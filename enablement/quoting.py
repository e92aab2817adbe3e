"""Quotes shown where they stand: an address that carries the quote, and HTML with the quote marked.

The page that holds a quoted sentence gets it as `?quote=` and marks it on the server, so that it works in
every browser, without script and on paper. Pure functions.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.utils.safestring import SafeString, mark_safe

# Long enough to be found once on a page, short enough for an address bar.
MAX_QUOTE = 240

OPENING_FIRST, OPENING = '<mark id="quote">', "<mark>"

# Signs that Markdown takes away when it becomes HTML, and blanks, which HTML runs together.
_UNSEEN = re.compile(r"[\s*_`#>|]+")


# A page of hits has twenty, and the same ones come again and again.
@lru_cache(maxsize=2_000)
def quoted_url(url: str, quote: str) -> str:
    """Return `url` with the beginning of `quote` (up to 240 characters, whole words) to be marked there."""
    words = " ".join(quote.split())
    if not words:
        return url
    if len(words) > MAX_QUOTE:
        words = words[:MAX_QUOTE].rsplit(" ", 1)[0]
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, urlencode({"quote": words})]))
    return urlunsplit(parts._replace(query=query, fragment="quote"))


def mark_quote(html: SafeString, quote: str) -> SafeString:
    """Return `html` with the first place where it reads `quote` in `<mark>`; unchanged where it does not.

    Only escaped or sanitised HTML comes in (SafeString), and only `<mark>` is added to it.
    """
    wanted = _bare(quote)
    if not wanted:
        return html
    reader = _Reader()
    reader.feed(html)
    reader.close()
    at = "".join(letter for letter, _, _ in reader.letters).find(wanted)
    if at < 0:
        return html
    marked = {(piece, offset) for _, piece, offset in reader.letters[at : at + len(wanted)]}
    return mark_safe(_write(reader.pieces, marked))  # safe HTML came in, see above


def _bare(text: str) -> str:
    return _UNSEEN.sub("", text).casefold()


class _Reader(HTMLParser):
    """Splits HTML into tags and texts, and lists the letters that can be read in it.

    `pieces`: (is text, content); `letters`: (folded letter, number of the piece, place in the piece).
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[bool, str]] = []
        self.letters: list[tuple[str, int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append((False, self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append((False, self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append((False, f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        number = len(self.pieces)
        self.pieces.append((True, data))
        for offset, character in enumerate(data):
            self.letters.extend((letter, number, offset) for letter in _bare(character))


def _write(pieces: list[tuple[bool, str]], marked: set[tuple[int, int]]) -> str:
    out: list[str] = []
    first = True
    for number, (is_text, content) in enumerate(pieces):
        offsets = [offset for offset in range(len(content)) if (number, offset) in marked]
        if not is_text or not offsets:
            out.append(escape(content, quote=False) if is_text else content)
            continue
        start, end = offsets[0], offsets[-1] + 1
        before, inside, after = (
            escape(part, quote=False) for part in (content[:start], content[start:end], content[end:])
        )
        out.append(f"{before}{OPENING_FIRST if first else OPENING}{inside}</mark>{after}")
        first = False
    return "".join(out)
