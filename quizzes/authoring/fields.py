"""The boxes of a question's form: first what comes to mind first, and nothing that is for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from enablement.editing.boxes import Box, Form, Row
from enablement.editing.choices import Choice
from enablement.lessons.checking import Problem
from enablement.lessons.fields import fields_of
from quizzes.authoring.offers import QuestionOffer
from quizzes.authoring.words import QUESTION_WORDS, SHARED_HINTS
from quizzes.kinds import QuestionKind
from quizzes.schema import ITEM_TYPES

# What every question has, in the order of writing; what is its kind's own stands after the prompt.
LAST: Final = ("explanation", "topic", "difficulty", "card", "guide_entry", "family")
UNSEEN: Final = ("slug", "kind", "name")
# Written in several lines, though the schema takes a line.
LONG: Final = ("options", "phrases", "bench")
# Fields on which others depend, and the field that is made anew when they change.
RELOADS: Final = {
    **{"distinction": "fields", "ladder": "fields", "outcome": "misconceptions", "step": "misconceptions"},
    **{"answers": "stories", "checks": "bench"},
}


def boxes_of(
    kind: QuestionKind, item: Mapping[str, Any], offer: QuestionOffer, problems: Sequence[Problem] = ()
) -> list[Box]:
    """Return the boxes of a question that may be half written."""
    form = Form(kind.value, item, offer, problems, words=QUESTION_WORDS)
    boxes = {box.name: box for box in form.boxes_of(ITEM_TYPES[kind]) if box.name not in UNSEEN}
    first = [name for name in boxes if name not in LAST and name != "prompt"]
    return [_fitted(boxes[name], offer) for name in ("prompt", *first, *LAST)]


def blank(kind: QuestionKind, offer: QuestionOffer) -> dict[str, Any]:
    """Return a question with nothing in it but rows to begin with."""
    item: dict[str, Any] = {field.name: field.empty for field in fields_of(ITEM_TYPES[kind])}
    item |= {"kind": kind.value, "difficulty": "middle"}
    for name, rows in BEGINNING.get(kind, {}).items():
        item[name] = [dict(row) for row in rows]
    for name in ("distinction", "ladder"):
        near = [choice for choice in offer.of(name) if not choice.far]
        if name in item and len(near) == 1:
            item[name] = near[0].value
    return item


Rows = dict[str, list[dict[str, Any]]]
_OPTION = {"text": "", "correct": False, "misconception": ""}
_PHRASE = {"text": "", "must_go": False, "why": ""}
_CHECK = {"name": "", "title": "", "says": [], "wrong": []}
_WRITTEN: Rows = {"checks": [_CHECK] * 3, "bench": [{"text": "", "met": [], "breaks": False}] * 8}
BEGINNING: Final[dict[QuestionKind, Rows]] = {
    QuestionKind.ONE_CHOICE: {"options": [_OPTION] * 3},
    QuestionKind.SEVERAL_CHOICES: {"options": [_OPTION] * 4},
    QuestionKind.MARK_WORDS: {"phrases": [_PHRASE] * 3},
    QuestionKind.FLIP_PAIR: {"stories": [{"text": "", "answer": "", "why": ""}] * 2},
    QuestionKind.REWRITE: _WRITTEN,
    QuestionKind.FREE_TEXT: _WRITTEN,
    QuestionKind.ANALOGY_BREAK: _WRITTEN,
}


def _fitted(box: Box, offer: QuestionOffer) -> Box:
    hint = box.hint or SHARED_HINTS.get(box.name, "")
    if box.name in ("topic", "family"):
        known = tuple(offer.of(box.name))
        value = box.value or next((c.value for c in box.choices if c.chosen), "")
        words = value.replace("-", " ").capitalize()
        return replace(box, widget="suggested", hint=hint, choices=known, value=words)
    if box.name == "difficulty":
        box = replace(box, required=True)
    return replace(
        box,
        hint=hint,
        is_fixed=box.name == "stories",
        rows=tuple(_row(box.name, row, offer) for row in box.rows),
    )


def _row(name: str, row: Row, offer: QuestionOffer) -> Row:
    kept = [box for box in row.boxes if not box.name.endswith(UNSEEN)]
    return replace(row, boxes=tuple(_inner(name, box, offer) for box in kept))


def _inner(rows: str, box: Box, offer: QuestionOffer) -> Box:
    field = box.name.rpartition("-")[2]
    if rows in LONG and field == "text":
        return replace(box, widget="text", lines=2)
    if rows == "stories" and field == "answer":
        known = [replace(choice, chosen=choice.value == box.value) for choice in offer.of("answer")]
        if box.value and not any(choice.chosen for choice in known):
            known.append(Choice(box.value, f"{box.value} (gone)", True))
        return replace(box, widget="choice", choices=tuple(known))
    return box
