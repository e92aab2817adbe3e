"""What Slack would show of a message, a dialogue or a home, as Markdown. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

_LINK = re.compile(r"<(https?://[^|>]+)\|([^>]+)>")
_BOLD = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])")


def shown(view: dict[str, Any]) -> list[str]:
    """The lines of everything in it, as a quotation: what stands between two lines is one bubble."""
    lines = [line for block in view["blocks"] for line in [*_block(block), ""]]
    return [f"> {line}".rstrip() for line in lines[:-1]]


def buttons(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The buttons of a message by what stands on them; of two alike, the first."""
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    found: dict[str, dict[str, Any]] = {}
    for button in (button for row in rows for button in row):
        found.setdefault(button["text"]["text"], button)
    return found


def _block(block: dict[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"**{_plain(block['text'])}**"
        case "section":
            yield from _with_breaks(_marked(block["text"]["text"]))
        case "context":
            yield f"*{_plain(block['elements'][0])}*"
        case "actions":
            yield " ".join(f"`[ {button['text']['text']} ]`" for button in block["elements"])
        case _:
            yield from _field(block)


def _field(block: dict[str, Any]) -> Iterator[str]:
    """A field with its label: what may be chosen, or what stands in it to be written over."""
    element = block["element"]
    yield f"{_plain(block['label'])}:"
    if element["type"] == "plain_text_input":
        yield f"`{element.get('initial_value', '').strip() or ' '}`".replace("\n", " ")
        return
    sign = "☐" if element["type"] in ("checkboxes", "multi_static_select") else "▾"
    yield ", ".join(f"{sign} {option['text']['text']}" for option in element["options"])


def _plain(text: dict[str, Any]) -> str:
    return " ".join(str(text["text"]).split())


def _marked(text: str) -> str:
    return unescape(_BOLD.sub(r"**\1**", _LINK.sub(_link, text)))


def _link(match: re.Match[str]) -> str:
    address, label = match.groups()
    return f"[{label}]({address})"


def _with_breaks(text: str) -> Iterator[str]:
    """Lines that stay lines in Markdown, and after a quotation the end of it."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        is_quote, goes_on = line.startswith(">"), following.startswith(">")
        yield line if not following or (is_quote and not goes_on) else f"{line}  "
        if is_quote and following and not goes_on:
            yield ""
