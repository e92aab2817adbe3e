"""The sentences of a Markdown page, as text that is fine: what a check should leave alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SPOKEN = {"text", "code_inline", "softbreak"}


def page_texts(markdown: str) -> Iterator[str]:
    """Yield headings, paragraphs and list items without their marks; no tables, code or pictures."""
    in_table = False
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type in ("table_open", "table_close"):
            in_table = token.type == "table_open"
        elif token.type == "inline" and not in_table and (text := _text(token)):
            yield text


def _text(token: Token) -> str:
    spoken = (child for child in token.children or [] if child.type in _SPOKEN)
    return " ".join("".join(child.content or " " for child in spoken).split())
