"""A tree of markup to blocks, without recursion: a page may be nested as deep as it likes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4.element import NavigableString, PageElement, Tag

from enablement.lessons.documents.blocks import Block, Kind, plain_text
from enablement.lessons.documents.tables import Cell, table_blocks

ON, OFF = "\ue000", "\ue001"
"""Stand for the begin and the end of bold text until a block is complete."""
BREAK = "\ue002"
PRIVATE = re.compile("[\ue000-\ue002]")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = {"b", "strong"}
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small "
    "span strike strong sub sup time tt u var wbr br ruby rb rt rp tcxspan o:p"
)
INLINE = set(_INLINE.split())
REFERENCE = re.compile(r"\[?[\d*†‡§]{1,3}\]?|\[?[a-z]\]?")
BACK = re.compile(r"[↑↩↵⏎^\ufe0e\ufe0f\s]+|(?:jump )?back(?: to (?:the )?(?:content|text|top))?", re.I)
SENTENCE_END = re.compile(r"[.!?:;…”\"’)*]$")
DRAWN = re.compile("[│├└┌↓→⇒↳⟶➜➔➡▶►]|-->|==>")
LONG_CELL = 600


@dataclass
class Walk:
    """Goes over a tree once. `pictures` counts those passed by."""

    blocks: list[Block] = field(default_factory=list)
    pictures: int = 0
    _pieces: list[str] = field(default_factory=list)
    _lists: list[int | None] = field(default_factory=list)  # the number of the last item, None: bullets
    _items: list[bool] = field(default_factory=list)  # for each open item: whether its marker is written
    _heading: int = 0
    _bold: int = 0
    _term: str = ""

    def blocks_of(self, root: Tag) -> list[Block]:
        """Return the blocks under `root`."""
        for node, entering in _steps(root):
            if isinstance(node, Tag):
                self._enter(node) if entering else self._leave(node)
            elif isinstance(node, NavigableString):
                self._pieces.append(PRIVATE.sub("", plain_text(str(node))))
        self._flush()
        return self.blocks

    def _enter(self, tag: Tag) -> None:
        if tag.name in INLINE:
            self._enter_inline(tag)
            return
        self._flush()
        if tag.name in HEADINGS:
            self._heading = HEADINGS[tag.name]
        elif tag.name in ("ul", "ol", "menu"):
            self._lists.append(_start_of(tag) - 1 if tag.name == "ol" else None)
        elif tag.name == "li":
            if not self._lists:
                self._lists.append(None)
            self._items.append(False)
            if self._lists[-1] is not None:
                self._lists[-1] += 1
        elif tag.name == "pre":
            self._keep_preformatted(tag)
        elif tag.name == "table":
            self._keep_table(tag)

    def _enter_inline(self, tag: Tag) -> None:
        if tag.name == "br":
            self._pieces.append(BREAK)
        elif tag.name == "img":
            self.pictures += 1
        elif tag.name in BOLD:
            self._bold += 1
            if self._bold == 1:
                self._pieces.append(ON)

    def _leave(self, tag: Tag) -> None:
        if tag.name in BOLD:
            self._bold -= 1
            if self._bold == 0:
                self._pieces.append(OFF)
        if tag.name in INLINE:
            return
        if tag.name == "dt":
            self._keep_term()
        self._flush()
        if tag.name in HEADINGS:
            self._heading = 0
        elif tag.name in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
        elif tag.name == "li" and self._items:
            self._items.pop()

    def _keep_term(self) -> None:
        """A term of a definition list goes in bold before its meaning."""
        term = shown("".join(self._pieces)).replace("**", "").strip().rstrip(":")
        self._pieces = []
        self._term = f"{self._term}, {term}" if self._term and term else term or self._term

    def _flush(self) -> None:
        """End the block at hand. A break within it parts two lines unless the sentence runs on."""
        source = "".join(self._pieces)
        self._pieces = [ON] if self._bold else []
        if self._bold:
            source += OFF
        for line in _lines(source):
            text = shown(line)
            if not text.replace("*", "").strip():
                continue
            if self._term:
                text, self._term = f"**{self._term}**: {text}", ""
            self.blocks.append(self._block(text))

    def _block(self, text: str) -> Block:
        if self._heading:
            return Block(Kind.HEADING, text.replace("**", ""), self._heading)
        if not self._items:
            return Block(Kind.PARAGRAPH, text)
        level = max(len(self._lists) - 1, 0)
        if self._items[-1]:
            return Block(Kind.PARAGRAPH, text, level, inside=True)
        self._items[-1] = True
        return Block(Kind.ITEM, text, level, self._lists[-1] if self._lists else None)

    def _keep_preformatted(self, tag: Tag) -> None:
        """Code is fenced. What has arrows is a drawing, a decision tree say, and is read line by line."""
        text = plain_text(tag.get_text()).strip("\n").expandtabs(4)
        tag.clear()
        if text.strip():
            self.blocks.append(Block(Kind.DRAWING if DRAWN.search(text) else Kind.CODE, text))

    def _keep_table(self, tag: Tag) -> None:
        if is_layout(tag):
            return
        found = tag.find("caption")
        caption = shown(found.get_text(" ")) if isinstance(found, Tag) else ""
        self.blocks += table_blocks(
            [[_cell(cell) for cell in cells_of(row)] for row in rows_of(tag)], caption
        )
        tag.clear()


def shown(source: str) -> str:
    """Return a block's text on one line, its bold parts between `**`."""
    text = " ".join(source.split())
    text = re.sub(f"{OFF}(\\s*){ON}", r"\1", text)
    text = re.sub(f"{ON}(\\s*){OFF}", r"\1", text)
    text = re.sub(f"{ON}(\\s+)", rf"\1{ON}", text)
    text = re.sub(f"(\\s+){OFF}", rf"{OFF}\1", text)
    # A literal pair of asterisks would end the bold that is begun here.
    return " ".join(text.replace(ON, "**").replace(OFF, "**").split())


def is_layout(table: Tag) -> bool:
    """Return whether a table only places things on the page: its cells are then read one after the other."""
    if str(table.get("role", "")).lower() in ("presentation", "none"):
        return True
    if table.find(["table", "h1", "h2", "h3"]) is not None:
        return True
    rows = [cells_of(row) for row in rows_of(table)]
    if all(len(row) <= 1 for row in rows):
        return True
    return len(rows) == 1 and any(len(cell.get_text()) > LONG_CELL for cell in rows[0])


def rows_of(table: Tag) -> list[Tag]:
    """Return a table's own rows, not those of a table within it."""
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def cells_of(row: Tag) -> list[Tag]:
    """Return a row's cells."""
    return row.find_all(["td", "th"], recursive=False)


def _cell(tag: Tag) -> Cell:
    text = "\n".join(block.text for block in Walk().blocks_of(tag))
    in_head = tag.find_parent("thead") is not None
    return Cell(text, _span(tag, "colspan"), _span(tag, "rowspan"), tag.name == "th" or in_head)


def _span(tag: Tag, name: str) -> int:
    value = str(tag.get(name, "1")).strip()
    return max(int(value), 1) if value.isdigit() and len(value) < 5 else 1


def _start_of(tag: Tag) -> int:
    value = str(tag.get("start", "1"))
    return int(value) if value.isdigit() and len(value) < 6 else 1


def _steps(root: Tag) -> Iterator[tuple[PageElement, bool]]:
    """Yield every node under `root`, a tag once before and once after what it holds."""
    stack: list[tuple[PageElement, bool]] = [(child, True) for child in reversed(root.contents)]
    while stack:
        node, entering = stack.pop()
        if entering and isinstance(node, Tag):
            if is_reference(node):
                continue
            stack.append((node, False))
            yield node, True
            stack.extend((child, True) for child in reversed(node.contents))
        else:
            yield node, entering


def is_reference(tag: Tag) -> bool:
    """Return whether a tag is only the mark of a footnote, or the arrow that leads back from one."""
    if tag.name not in ("sup", "a"):
        return False
    link = tag if tag.name == "a" else tag.find("a")
    if not isinstance(link, Tag) or not str(link.get("href", "")).startswith("#"):
        return False
    text = tag.get_text().strip()
    if tag.name == "sup":
        return bool(REFERENCE.fullmatch(text))
    return bool(text and BACK.fullmatch(text)) or (bool(REFERENCE.fullmatch(text)) and text.startswith("["))


def _lines(source: str) -> list[str]:
    """Part a block at its breaks. A line that goes on in lower case was only wrapped."""
    lines: list[str] = []
    bold = False
    for piece in source.split(BREAK):
        line = (ON if bold else "") + piece
        bold = line.count(ON) > line.count(OFF)
        line += OFF if bold else ""
        words = PRIVATE.sub("", line).strip()
        before = PRIVATE.sub("", lines[-1]).strip() if lines else ""
        if before and words and words[0].islower() and not SENTENCE_END.search(before):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return lines
