"""A piece as the boxes of a form: label, hint, what is in it, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from enablement.editing.choices import Choice, Offering
from enablement.editing.parsing import STATEMENTS, TICKED, statement_line
from enablement.lessons.checking import Path, Problem
from enablement.lessons.fields import SchemaField, Shape, fields_of
from enablement.lessons.labels import LESSON_WORDS, Words
from enablement.lessons.live import item_type
from enablement.lessons.schema import Item

# From so many lines on a list is folded up, with a place to add some above it.
MANY_LINES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list of rows."""

    at: int
    title: str
    name: str
    boxes: tuple[Box, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One field. `widget` names the template that shows it (templates/editing/boxes/).

    `is_fixed`: its rows are as many as they are.
    """

    widget: str
    name: str
    label: str
    hint: str = ""
    value: str = ""
    required: bool = False
    errors: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    far_choices: tuple[Choice, ...] = ()
    boxes: tuple[Box, ...] = ()
    rows: tuple[Row, ...] = ()
    row_title: str = ""
    lines: int = 3
    focus: str = ""
    chosen: int = 0
    is_fixed: bool = False


@dataclass(frozen=True)
class Form:
    """What the boxes of one piece are made from."""

    kind: str
    item: Mapping[str, Any]
    offer: Offering
    problems: Sequence[Problem] = ()
    asks_slug: bool = False
    words: Words = LESSON_WORDS

    def boxes(self) -> list[Box]:
        """Return the boxes of the piece, in the order of the schema; the short name, rarely read, last."""
        made = self.boxes_of(item_type(self.kind))
        return made if self.asks_slug else [box for box in made if box.name != "slug"]

    def boxes_of(self, model: type[Item]) -> list[Box]:
        """Return the boxes of any schema, filled from the item."""
        return self._boxes(model, self.item, self.kind, ())

    def _boxes(self, model: type[Item], values: Mapping[str, Any], owner: str, path: Path) -> list[Box]:
        ordered = sorted(fields_of(model), key=lambda part: part.name in ("slug", "name"))
        return [self._box(part, values.get(part.name), owner, (*path, part.name)) for part in ordered]

    def _box(self, part: SchemaField, value: Any, owner: str, path: Path) -> Box:
        box = Box(
            widget=part.shape.value,
            name="-".join(str(step) for step in path),
            label=self.words.label(owner, part.name),
            hint=self.words.hint(owner, part.name),
            required=part.required and part.name not in ("slug", "name"),
            errors=tuple(problem.message for problem in self.problems if problem.path == path),
        )
        if part.name == "statements":
            return replace(box, widget="statements", boxes=tuple(self._statements(value or [])))
        if part.shape is Shape.ROWS and part.rows:
            rows = tuple(self._rows(part, part.rows, value or [], path))
            return replace(box, rows=rows, row_title=self.words.row_title(part.name))
        if part.shape is Shape.CELLS:
            return replace(box, boxes=tuple(self._cells(part.name, value or {}, box.name, path)))
        if part.shape is Shape.YES:
            return replace(box, value="1" if value else "")
        return self._plain(part, value, box)

    def _plain(self, part: SchemaField, value: Any, box: Box) -> Box:
        choices = self.offer.of(part.name)
        if part.name in TICKED and part.shape is Shape.SLUGS:
            return _ticked(box, choices, value or [])
        if part.shape is Shape.CHOICE or (part.shape is Shape.SLUG and part.name not in ("slug", "name")):
            chosen = tuple(replace(choice, chosen=choice.value == value) for choice in choices)
            lost = (
                ()
                if not value or any(c.chosen for c in chosen)
                else (Choice(str(value), f"{value} (gone)", True),)
            )
            return replace(box, widget="choice", choices=(*chosen, *lost), required=part.required)
        if isinstance(value, list):
            return _lines(box, [" ".join(str(line).split()) for line in value])
        text = "" if value is None else str(value)
        return replace(box, value=text, lines=max(3, min(len(text) // 60 + 2, 14)))

    def _rows(self, part: SchemaField, model: type[Item], values: list[Any], path: Path) -> list[Row]:
        title = self.words.row_title(part.name)
        made = []
        for at, value in enumerate(values):
            boxes = self._boxes(model, value, part.name, (*path, at))
            boxes[0] = replace(boxes[0], focus=f"{part.name}-{at}-first")
            named = str(value.get("title") or value.get("text") or value.get("stance") or "")
            short = str(value.get("slug") or value.get("name") or "")
            heading = f"{title} {at + 1}" + (f": {named[:60]}" if named else "")
            made.append(Row(at, heading, short, tuple(boxes), at == 0, at == len(values) - 1))
        return made

    def _cells(self, field: str, values: Mapping[str, str], name: str, path: Path) -> list[Box]:
        titles = {choice.value: choice.label for choice in self.offer.columns(field)}
        slugs = dict.fromkeys([*titles, *values])
        return [
            Box(
                widget="text",
                name=f"{name}-cell-{slug}",
                label=f"For “{titles.get(slug, slug)}”",
                value=values.get(slug, ""),
                errors=tuple(p.message for p in self.problems if p.path == (*path, slug)),
            )
            for slug in slugs
        ]

    def _statements(self, values: list[Mapping[str, Any]]) -> list[Box]:
        """One box for the statements of each outcome, and one for those whose outcome is gone."""
        names = {choice.value: choice.label for choice in self.offer.of("outcome")}
        lost = {str(row.get("outcome") or "") for row in values} - set(names)
        titles = names | {name: f"{name or 'No outcome'} (there is no such outcome)" for name in sorted(lost)}
        boxes = []
        for name, title in titles.items():
            lines = [statement_line(row) for row in values if str(row.get("outcome") or "") == name]
            count = f"{len(lines)} statement{'' if len(lines) == 1 else 's'}"
            boxes.append(_lines(Box("lines", f"{STATEMENTS}{name}", title, hint=count), lines))
        return boxes


def _lines(box: Box, lines: Sequence[str]) -> Box:
    """A list of sentences, one a line."""
    widget = "many" if len(lines) > MANY_LINES and not box.errors else "lines"
    height = max(3, min(len(lines) + 1, 14))
    return replace(box, widget=widget, value="\n".join(lines), lines=height, chosen=len(lines))


def _ticked(box: Box, choices: Sequence[Choice], value: Sequence[str]) -> Box:
    """Choices with their ticks; what is chosen and gone stays there to be seen and unticked."""
    ticked = [replace(choice, chosen=choice.value in value) for choice in choices]
    known = {choice.value for choice in ticked}
    ticked += [Choice(slug, f"{slug} (gone)", chosen=True) for slug in value if slug not in known]
    near = tuple(choice for choice in ticked if not choice.far or choice.chosen)
    far = tuple(choice for choice in ticked if choice.far and not choice.chosen)
    return replace(box, widget="ticks", choices=near, far_choices=far, chosen=len(value))
