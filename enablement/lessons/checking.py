"""What is still wrong with a piece that somebody writes: what is missing, and what cannot stay so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from enablement.lessons.live import item_type
from enablement.numbers import number

Path = tuple[str | int, ...]

_EMPTY = ("missing", "string_too_short", "too_short")
_MESSAGES: dict[str, str] = {
    "missing": "This is still empty.",
    "string_too_short": "This is still empty.",
    "string_pattern_mismatch": "Use small letters, digits and single hyphens, as in “what-it-costs”.",
    "int_parsing": "Write a whole number.",
    "extra_forbidden": "There is no such field.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at `path` (`("outcomes", 1, "say")`). `unfinished`: a draft may be kept like this."""

    path: Path
    message: str
    unfinished: bool


class BadItem(Exception):
    """A piece that cannot be kept, or not be released, as it is. `problems` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{where(p.path)}: {p.message}" for p in problems))
        self.problems = list(problems)


def where(path: Path) -> str:
    """Return a path in words: `outcomes 2, say`."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part).replace("_", " "))
    return ", ".join(words).capitalize()


def problems_of(kind: str, item: Mapping[str, Any]) -> list[Problem]:
    """Return everything wrong with a piece as data; an empty list: it can be released."""
    details: list[Any] = []
    try:
        item_type(kind).model_validate(dict(item))
    except ValidationError as error:
        details = list(error.errors())
    found = [problem_of(detail) for detail in details]
    # What has a number where a list belongs cannot be looked through. No form sends that; a program may.
    mistyped = any(d["type"].endswith("_type") and d["input"] not in ("", None) for d in details)
    check = None if mistyped else _CHECKS.get(kind)
    return found + (list(check(item)) if check else [])


def problem_of(detail: Any) -> Problem:
    """Return one of pydantic's errors as a problem in words."""
    path: Path = tuple(part for part in detail["loc"] if part != "[key]")
    given, kind = detail.get("input"), detail["type"]
    empty = kind in _EMPTY or (given in ("", None) and kind != "extra_forbidden")
    if kind == "too_short":
        least = detail["ctx"]["min_length"]
        message = f"At least {least} {'is' if least == 1 else 'are'} needed here."
    elif kind == "string_too_long":
        message = f"This is {number(len(given))} characters long; {number(detail['ctx']['max_length'])} fit."
    elif kind == "too_long":
        message = f"No more than {detail['ctx']['max_length']} fit here."
    else:
        message = _MESSAGES["missing"] if empty else _MESSAGES.get(kind, f"{detail['msg']}.")
    return Problem(path, message, empty)


def _check_distinction(item: Mapping[str, Any]) -> Iterator[Problem]:
    signals = _names(item, "signals", "name")
    outcomes = _names(item, "outcomes", "name")
    yield from _twice(item, "signals", "name")
    yield from _twice(item, "outcomes", "name")
    combinations: dict[frozenset[str], str] = {}
    for at, outcome in enumerate(item.get("outcomes") or []):
        for name in outcome.get("signals") or []:
            if name not in signals:
                yield Problem(("outcomes", at, "signals"), f"There is no signal “{name}”.", True)
        shown = frozenset(outcome.get("signals") or [])
        other = combinations.setdefault(shown, str(outcome.get("title") or at + 1))
        if other != str(outcome.get("title") or at + 1):
            message = f"“{other}” has the same signals, so nothing could tell the two apart."
            yield Problem(("outcomes", at, "signals"), message, True)
    for at, statement in enumerate(item.get("statements") or []):
        name = statement.get("outcome")
        if name and name not in outcomes:
            yield Problem(("statements", at, "outcome"), f"There is no outcome “{name}”.", True)


def _check_ladder(item: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _twice(item, "steps", "slug")
    yield from _twice(item, "questions", "slug")
    known = {"step": _names(item, "steps", "slug"), "question": _names(item, "questions", "slug")}
    for at, question in enumerate(item.get("questions") or []):
        for way in ("yes", "no"):
            for target, slugs in known.items():
                slug = question.get(f"{way}_{target}")
                if slug and slug not in slugs:
                    path = ("questions", at, f"{way}_{target}")
                    yield Problem(path, f"There is no {target} “{slug}”.", True)


def _check_comparison(item: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _twice(item, "traits", "slug")
    cards = set(item.get("cards") or [])
    for at, trait in enumerate(item.get("traits") or []):
        for slug in sorted(cards - {slug for slug, text in (trait.get("cells") or {}).items() if text}):
            yield Problem(("traits", at, "cells", slug), _MESSAGES["missing"], True)


def _names(item: Mapping[str, Any], rows: str, field: str) -> set[str]:
    return {str(row.get(field)) for row in item.get(rows) or [] if row.get(field)}


def _twice(item: Mapping[str, Any], rows: str, field: str) -> Iterator[Problem]:
    """Rows that carry a name which an earlier row has."""
    seen: set[str] = set()
    for at, row in enumerate(item.get(rows) or []):
        name = row.get(field)
        if name and name in seen:
            yield Problem((rows, at, field), f"“{name}” is the name of another row here.", True)
        seen.add(name)


_CHECKS: dict[str, Callable[[Mapping[str, Any]], Iterator[Problem]]] = {
    "distinction": _check_distinction,
    "ladder": _check_ladder,
    "comparison": _check_comparison,
}
