"""Which lines of a piece changed their meaning, and whether it touches what somebody was given. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

from enablement.lessons import schema
from enablement.sentences import split_sentences
from enablement.trust.lines import field_name, lines_of
from enablement.trust.meaning import changes_meaning, words_of

# Points of an analogy are numbered, so a point that is left out renumbers those after it.
_NUMBERED = re.compile(r"(holds|breaks)-\d+")
# Two points that share this much of their letters are one point, before and after.
LIKE_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Correction:
    """A line before and after; `new` is empty where it was left out."""

    field: str
    old: str
    new: str


def corrections(
    kind: str,
    old: schema.Item,
    new: schema.Item | None,
    known: Collection[str],
    *,
    forced: bool = False,
) -> list[Correction]:
    """Return the lines of `old` that `new` no longer says. `new` None: the piece was withdrawn.

    `forced`: every line whose text differs counts, however little.
    """
    before, after = lines_of(kind, old), lines_of(kind, new) if new is not None else {}
    found = []
    for field, text in before.items():
        successor = _successor(field, text, before, after, known)
        if text != successor and (forced or changes_meaning(text, successor, known)):
            found.append(Correction(field, text, successor))
    return found


def is_touched(
    given: str, field: str, correction: Correction, known: Collection[str], *, forced: bool = False
) -> bool:
    """Whether somebody who was given `given`, from `field`, must hear of `correction`.

    So it is where a sentence of it no longer stands, or where the whole line was given and now says more.
    """
    if not _is_same_line(given, field, correction, known):
        return False
    return forced or not stands(given, correction.new, known) or stands(correction.old, given, known)


def stands(text: str, within: str, known: Collection[str]) -> bool:
    """Whether every sentence of `text` is said by some sentence of `within`."""
    sentences = split_sentences(within)
    return all(
        any(not changes_meaning(sentence, other, known) for other in sentences) or _contains(within, sentence)
        for sentence in split_sentences(text)
    )


def _contains(text: str, sentence: str) -> bool:
    """Whether the words of `sentence` stand in `text` in one run (a quote may begin inside a sentence)."""
    words, within = words_of(sentence), words_of(text)
    runs = range(len(within) - len(words) + 1)
    return bool(words) and any(within[at : at + len(words)] == words for at in runs)


def _is_same_line(given: str, field: str, correction: Correction, known: Collection[str]) -> bool:
    name = field_name(field)
    numbered = _NUMBERED.fullmatch(correction.field)
    if numbered is None:
        return name == correction.field
    side = _NUMBERED.fullmatch(name)
    return side is not None and side[1] == numbered[1] and stands(given, correction.old, known)


def _successor(
    field: str, text: str, before: dict[str, str], after: dict[str, str], known: Collection[str]
) -> str:
    numbered = _NUMBERED.fullmatch(field)
    if numbered is None:
        return after.get(field, "")
    side = [line for name, line in after.items() if name.startswith(numbered[1])]
    for line in side:
        if not changes_meaning(text, line, known):
            return line
    free = [line for line in side if line not in before.values()]
    likeness = {line: SequenceMatcher(None, text, line).ratio() for line in free}
    best = max(free, key=lambda line: likeness[line], default="")
    return best if likeness.get(best, 0) >= LIKE_ENOUGH else ""
