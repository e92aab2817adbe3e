"""What is different between two versions of a piece: field by field, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from enablement.lessons.fields import SchemaField, Shape, fields_of
from enablement.lessons.labels import LESSON_WORDS, Words
from enablement.lessons.schema import Item

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
# A line break that only wraps a paragraph: Markdown shows a blank there, and so do we.
_SOFT_BREAK = re.compile(r"(?<=\S)(?<!\|)\n(?!\s|[>|#]|[-*+] |\d+[.)] )")
# Two lines at least this alike are one line that was changed; below, one went and another came.
ALIKE = 0.5
# More lines than this are not paired by likeness: the time grows with the square.
MOST_PAIRED = 60
# So few words in common between two longer changes are chance: “a lock [is] made of …”.
CRUMB_WORDS = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: the same in both versions, `added` or `removed`."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: where (`Outcomes › A lock problem › Line to say`), and its changed lines.

    `field` is the top-level field that it stands in. `note` says what words cannot show.
    """

    field: str
    label: str
    lines: tuple[tuple[Piece, ...], ...]
    note: str = ""


def compare(
    kind: str,
    item: type[Item],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    words: Words = LESSON_WORDS,
) -> list[Change]:
    """Return the fields of a piece of `kind` that differ between two versions, in the order of the schema."""
    return [
        change
        for field in fields_of(item)
        for change in _compare_field(kind, field, old.get(field.name), new.get(field.name), words)
    ]


def compare_text(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words of both texts, in one line of reading: what stayed, what went, what came."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(before[a:b])))
            continue
        pieces += [Piece(REMOVED, "".join(before[a:b]))] if b > a else []
        pieces += [Piece(ADDED, "".join(after[c:d]))] if d > c else []
    return tuple(_joined(pieces))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """A blank or a crumb between two changes belongs to them: marks of whole phrases read better."""
    run: dict[str, str] = {REMOVED: "", ADDED: ""}
    for at, piece in enumerate(pieces):
        inside = 0 < at < len(pieces) - 1 and any(run.values())
        if piece.op == SAME and not (inside and _is_crumb(piece.text, run, pieces[at + 1 : at + 3])):
            yield from (Piece(op, text) for op, text in run.items() if text)
            run = {REMOVED: "", ADDED: ""}
            yield piece
        else:
            for op in (REMOVED, ADDED) if piece.op == SAME else (piece.op,):
                run[op] += piece.text
    yield from (Piece(op, text) for op, text in run.items() if text)


def _is_crumb(text: str, before: Mapping[str, str], after: Sequence[Piece]) -> bool:
    """Whether a text that stayed is blank, or a word or two between changes that are both longer."""
    following = [len(piece.text) for piece in after if piece.op != SAME]
    shortest = min(max(len(words) for words in before.values()), max(following, default=0))
    return text.isspace() or (len(text.split()) <= CRUMB_WORDS and len(text.strip()) < shortest)


def _compare_field(owner: str, field: SchemaField, old: Any, new: Any, words: Words) -> Iterator[Change]:
    label = words.label(owner, field.name)
    if field.shape is Shape.ROWS and field.rows:
        yield from _compare_rows(field, label, old or [], new or [], words)
    elif field.shape is Shape.CELLS:
        for slug in dict.fromkeys([*(old or {}), *(new or {})]):
            pieces = compare_text((old or {}).get(slug, ""), (new or {}).get(slug, ""))
            if _differs(pieces):
                yield Change(field.name, f"{label} › {slug}", (pieces,))
    elif isinstance(old or new, list):
        lines = tuple(_compare_lists(field, old or [], new or []))
        if lines:
            yield Change(field.name, label, lines)
        elif (old or []) != (new or []) and field.shape is not Shape.SLUGS:
            yield Change(field.name, label, (), "In another order.")
    else:
        pieces = compare_text(_text(old), _text(new))
        if _differs(pieces):
            yield Change(field.name, label, (pieces,))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else _SOFT_BREAK.sub(" ", str(value))


def _differs(pieces: Sequence[Piece]) -> bool:
    return any(piece.op != SAME for piece in pieces)


def _compare_lists(field: SchemaField, old: list[str], new: list[str]) -> Iterator[tuple[Piece, ...]]:
    """The lines that went, came or were changed."""
    gone = [line for line in old if line not in set(new)]
    come = [line for line in new if line not in set(old)]
    pairs = {} if field.shape is Shape.SLUGS else _pair(gone, come)
    for line in gone:
        yield compare_text(line, pairs[line]) if line in pairs else (Piece(REMOVED, line),)
    for line in come:
        if line not in pairs.values():
            yield (Piece(ADDED, line),)


def _pair(gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    """Lines that went with the lines that came in their place."""
    if len(gone) * len(come) > MOST_PAIRED**2:
        return {}
    alike = sorted(
        (
            (SequenceMatcher(None, _WORD.findall(a), _WORD.findall(b)).ratio(), a, b)
            for a in gone
            for b in come
        ),
        key=lambda row: -row[0],
    )
    pairs: dict[str, str] = {}
    for ratio, a, b in alike:
        if ratio >= ALIKE and a not in pairs and b not in pairs.values():
            pairs[a] = b
    return pairs


def _compare_rows(
    field: SchemaField, label: str, old: list[Any], new: list[Any], words: Words
) -> Iterator[Change]:
    before, after = _keyed(old), _keyed(new)
    renamed = _pair([key for key in before if key not in after], [key for key in after if key not in before])
    matched = {key: renamed.get(key, key) for key in before if key in after or key in renamed}
    for key, row in before.items():
        there = after.get(matched.get(key, ""), {})
        yield from _compare_row(field, f"{label} › {_row_name(field, row, key, words)}", row, there, words)
    for key, row in after.items():
        if key not in matched.values():
            yield from _compare_row(field, f"{label} › {_row_name(field, row, key, words)}", {}, row, words)
    order = [key for key in before if key in after]
    if order != [key for key in after if key in before]:
        yield Change(field.name, label, (), "In another order.")


def _compare_row(
    field: SchemaField, label: str, old: Mapping[str, Any], new: Mapping[str, Any], words: Words
) -> Iterator[Change]:
    if field.rows is None:
        return
    for inner in fields_of(field.rows):
        for change in _compare_field(field.name, inner, old.get(inner.name), new.get(inner.name), words):
            yield Change(field.name, f"{label} › {change.label}", change.lines, change.note)


def _keyed(rows: list[Any]) -> dict[str, Mapping[str, Any]]:
    """Rows by what names them: a slug, a name, or their text."""
    keyed: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        key = next((str(row[name]) for name in ("slug", "name", "text", "stance") if row.get(name)), "")
        while key in keyed:
            key += " "
        keyed[key] = row
    return keyed


def _row_name(field: SchemaField, row: Mapping[str, Any], key: str, words: Words) -> str:
    name = str(row.get("title") or key.strip()) or words.row_title(field.name)
    return name if len(name) <= 60 else name[:59] + "…"
