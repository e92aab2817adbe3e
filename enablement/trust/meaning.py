"""Whether a change of words is a change of meaning. Pure.

Case, punctuation, white space, articles, spelling variants and typing slips are none. Numbers, signs,
negations, added, left out, moved and replaced words are one: where in doubt, people are told.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%$€£<>=≤≥±]|(?<![\w-])-(?=\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_CONTRACTED = {"can't": "can not", "won't": "will not", "cannot": "can not", "shan't": "shall not"}
_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED)}
_ARTICLES = frozenset({"a", "an", "the"})
_NEGATIONS = frozenset({"no", "not", "never", "none", "nor", "neither", "nothing", "nobody", "without"})
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly")
# One slip of the hand in a word; two in a long one.
LONG_WORD = 8


def changes_meaning(old: str, new: str, known: Collection[str] = ()) -> bool:
    """Whether somebody who was told `old` was told something else than `new` says.

    `known` are words (lower case) that are spelt right. A replaced word counts as a slip only where one of
    the two is known and the other is not, so without `known` every replaced word changes the meaning.
    """
    before, after = words_of(old), words_of(new)
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return any(tag != "equal" and not _is_same(before[a:b], after[c:d], known) for tag, a, b, c, d in blocks)


def words_of(text: str) -> list[str]:
    """The words, numbers and signs that carry the meaning of `text`, each in one spelling."""
    words: list[str] = []
    for token in _TOKEN.findall(text.casefold().replace("’", "'")):
        words += _spelt(token)
    return words


def _spelt(token: str) -> list[str]:
    if _THOUSANDS.fullmatch(token):
        return [token.replace(",", "")]
    if token in _CONTRACTED:
        return _CONTRACTED[token].split()
    if token.endswith("n't"):
        return [token.removesuffix("n't"), "not"]
    word = token.replace("'", "")
    return [_NUMBERS.get(word, _american(word))]


def _american(word: str) -> str:
    """One spelling for behaviour and behavior, organise and organize."""
    word = re.sub(r"(?<=\w{3})our(?=$|s$|ed$|al$|ing$|able$)", "or", word)
    return re.sub(r"(?<=\w{4})is(?=(e|es|ed|ing|ation|ations)$)", "iz", word)


def _is_same(before: list[str], after: list[str], known: Collection[str]) -> bool:
    if _joined(before) == _joined(after):
        return True
    if len(before) != len(after):
        return False
    return all(_is_slip(one, other, known) for one, other in zip(before, after, strict=True))


def _joined(words: list[str]) -> str:
    """Without articles, and so that “data base” is “database”."""
    return "".join(word for word in words if word not in _ARTICLES)


def _is_slip(one: str, other: str, known: Collection[str]) -> bool:
    if one == other:
        return True
    if _NEGATIONS & {one, other} or not (one.isalpha() and other.isalpha()):
        return False
    if _is_known(one, known) == _is_known(other, known):
        return False
    return _distance(one, other) <= (2 if min(len(one), len(other)) >= LONG_WORD else 1)


def _is_known(word: str, known: Collection[str]) -> bool:
    return word in known or any(
        word.endswith(ending) and word.removesuffix(ending) in known for ending in _ENDINGS
    )


def _distance(one: str, other: str) -> int:
    """How many letters were added, left out, replaced or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, seen in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != seen))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == seen:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
