"""Which draft of a document's new text is which draft of the text before, and which existing piece it is.

Pure. Two drafts of one kind are the same piece when they carry the same name, or when their words run
mostly alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

Item = Mapping[str, Any]
Key = TypeVar("Key")

# The share of words in common, in their order, from which two texts are taken for versions of one another.
# Two different rows of one table of the sample documents reach 0.45; a row with a reworded end 0.6 and more.
SAME_TEXT = 0.6
# Names are short, so more of them must agree.
SAME_NAME = 0.75

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_NAMES: dict[str, tuple[str, ...]] = {
    "card": ("title",),
    "fit": ("card", "title"),
    "comparison": ("title",),
    "guide_entry": ("dont_say",),
    "analogy": ("familiar",),
    "ladder_step": ("title",),
    "decision_question": ("text",),
    "script": ("question",),
    "term": ("term",),
}


@dataclass(frozen=True, slots=True)
class Known(Generic[Key]):
    """A draft or a piece that is there already."""

    key: Key
    kind: str
    item: Item


def pair_drafts(old: Sequence[Known[Key]], new: Sequence[tuple[str, Item]]) -> dict[int, Key]:
    """Return, by its place in `new`, the old draft that each new (kind, item) is a changed form of.

    Each old draft is taken once: first for the same name, then for the most alike text.
    """
    pairs: dict[int, Key] = {}
    left = list(old)
    for place, (kind, item) in enumerate(new):
        same = next(
            (one for one in left if one.kind == kind and name_of(kind, one.item) == name_of(kind, item)), None
        )
        if same is not None:
            pairs[place] = same.key
            left.remove(same)
    alike = sorted(_alike(left, new, pairs), key=lambda found: -found[0])
    taken: set[int] = set()
    for _, place, at in alike:
        if place not in pairs and at not in taken:
            pairs[place] = left[at].key
            taken.add(at)
    return pairs


def find_same(kind: str, item: Item, known: Sequence[Known[str]]) -> str:
    """Return the key of the existing piece that `item` is about, or an empty string."""
    own = [one for one in known if one.kind == kind]
    name = name_of(kind, item)
    for one in own:
        names = {name_of(kind, one.item), *(_normal(alias) for alias in one.item.get("aliases", []))}
        if name and name in names:
            return one.key
    best = max(own, key=lambda one: likeness(name, name_of(kind, one.item)), default=None)
    if best is None or likeness(name, name_of(kind, best.item)) < SAME_NAME:
        return ""
    return best.key


def name_of(kind: str, item: Item) -> str:
    """Return what names an item, in bare lower-case words."""
    return _normal(" ".join(str(item.get(field, "")) for field in _NAMES.get(kind, ("slug",))))


def likeness(first: str, second: str) -> float:
    """Return how much of two texts runs alike, word by word: 0 to 1."""
    matcher = SequenceMatcher(None, _words(first), _words(second), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= min(SAME_TEXT, SAME_NAME) else 0.0


def text_of(value: Any) -> str:
    """Return all text in a piece as data, without the slugs that name it."""
    if isinstance(value, Mapping):
        return " ".join(text_of(part) for name, part in value.items() if name not in ("slug", "sources"))
    if isinstance(value, list | tuple):
        return " ".join(text_of(part) for part in value)
    return str(value) if isinstance(value, str) else ""


def _alike(
    old: Sequence[Known[Key]], new: Sequence[tuple[str, Item]], paired: Mapping[int, Key]
) -> Iterator[tuple[float, int, int]]:
    for place, (kind, item) in enumerate(new):
        if place in paired:
            continue
        text = text_of(item)
        for at, one in enumerate(old):
            if one.kind == kind and (share := likeness(text, text_of(one.item))) >= SAME_TEXT:
                yield share, place, at


def _normal(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
