"""What a careful reader finds in a document, and how a reading compares with that.

Beside each document stands a YAML list: one entry an item, `kind: {field: words}`. Words are compared without
case and punctuation: “first words … last words” gives both ends of a field, “first words…” its beginning,
anything else all of it. A field that is not listed must not be there, except those in GIVEN_BY_THE_READER.

An entry may say `missed: why` or `in_part: why`; `- wrong: {kind: …, starts: …, why: …}` names a draft that
no careful reader would make. So every shortcoming that is known is written down, and none other passes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from enablement.lessons.reading import Draft

GIVEN_BY_THE_READER = {"slug", "title", "card"}
NAMING = {
    "card": ("title",),
    "fit": ("text", "title"),
    "guide_entry": ("dont_say", "do_say"),
    "analogy": ("familiar", "title", "holds"),
    "comparison": ("traits",),
    "term": ("term",),
    "ladder_step": ("title",),
    "decision_question": ("text",),
    "script": ("question",),
}
SHORTCOMINGS = ("missed", "in_part")


@dataclass(frozen=True, slots=True)
class Expected:
    """One item. `known` is "", "missed" or "in_part": what is written down about it, with `why`."""

    kind: str
    fields: dict[str, Any]
    known: str = ""
    why: str = ""

    @property
    def name(self) -> str:
        """The first words of the field that names it."""
        value = next((self.fields[key] for key in NAMING[self.kind] if key in self.fields), "")
        return str(value[0].get("title", "") if value and isinstance(value[0], dict) else value)


@dataclass(frozen=True, slots=True)
class WrongDraft:
    """A draft that no careful reader would make."""

    kind: str
    starts: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How one expected item fared: "recognised", "in_part" (`faults` are the fields) or "missed"."""

    expected: Expected
    result: str
    faults: tuple[str, ...] = ()


def read_expected(path: Path) -> tuple[list[Expected], list[WrongDraft]]:
    """Return the items that a careful reader finds, and the wrong drafts that are known of."""
    items: list[Expected] = []
    wrong: list[WrongDraft] = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        if "wrong" in entry:
            wrong.append(WrongDraft(**entry["wrong"]))
            continue
        known = next((name for name in SHORTCOMINGS if name in entry), "")
        (kind,) = entry.keys() - set(SHORTCOMINGS)
        assert kind in NAMING, f"{path.name}: {kind} is no kind of item"
        items.append(Expected(kind, entry[kind], known, entry.get(known, "")))
    return items, wrong


def compare(expected: list[Expected], drafts: list[Draft]) -> tuple[list[Found], list[Draft]]:
    """Pair items with drafts, the best pairs first. Return how each item fared, and the drafts left over."""
    rated = []
    for (place, item), (index, draft) in product(enumerate(expected), enumerate(drafts)):
        if item.kind == draft.kind and _is_same(item, draft):
            rated.append((len(faults_of(item, draft)), place, index))
    pairs: dict[int, int] = {}
    for _, place, index in sorted(rated):
        if place not in pairs and index not in pairs.values():
            pairs[place] = index
    found = [
        _found(item, drafts[pairs[place]] if place in pairs else None) for place, item in enumerate(expected)
    ]
    return found, [draft for index, draft in enumerate(drafts) if index not in pairs.values()]


def faults_of(item: Expected, draft: Draft) -> tuple[str, ...]:
    """Return the fields that are wrong, absent or too many."""
    wrong = [key for key, value in item.fields.items() if not says(draft.item.get(key), value)]
    extra = draft.item.keys() - item.fields.keys() - GIVEN_BY_THE_READER
    return (*wrong, *sorted(extra))


def says(value: Any, wanted: Any) -> bool:
    """Return whether a field has what is wanted of it, with all that is in it."""
    if isinstance(wanted, dict):
        extra = (value or {}).keys() - wanted.keys() - GIVEN_BY_THE_READER
        return not extra and all(says((value or {}).get(key), inner) for key, inner in wanted.items())
    if isinstance(wanted, list):
        return len(value or []) == len(wanted) and all(map(says, value or [], wanted))
    head, dots, tail = (part for part in re.split(r"(…|$)", str(wanted), maxsplit=1))
    words, first, last = _words(str(value or "")), _words(head), _words(tail)
    if not dots:
        return words == first
    return bool(words) and words[: len(first)] == first and words[len(words) - len(last) :] == last


def _is_same(item: Expected, draft: Draft) -> bool:
    if item.kind == "comparison":
        titles = [trait.get("title") for trait in draft.item.get("traits", [])]
        wanted = [trait["title"] for trait in item.fields["traits"]]
        return any(says(title, name) for title in titles for name in wanted)
    naming = [key for key in NAMING[item.kind] if key in item.fields]
    if item.kind == "guide_entry":
        naming = naming[:1]
    return any(says(draft.item.get(key), item.fields[key]) for key in naming)


def _found(item: Expected, draft: Draft | None) -> Found:
    if draft is None:
        return Found(item, "missed")
    faults = faults_of(item, draft)
    return Found(item, "in_part" if faults else "recognised", faults)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'").replace("_", " "))
