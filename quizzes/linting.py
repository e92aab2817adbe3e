"""What somebody could guess by in a bank of questions without knowing anything. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from quizzes.kinds import OPTION_NAMES
from quizzes.likeness import NEAR, content_words, likeness
from quizzes.schema import AnyItem, ChoiceItem

# Fewer questions with as many options say nothing about where the right one stands.
FEWEST: Final = 8
# So much more often than its share a place may hold the right option: of 12 questions with three options, 6.
MOST_OF_A_SHARE: Final = 1.5
# Longer than this times the shortest option, the length of an option gives the answer away.
LENGTH_RATIO: Final = 1.6
# The right option is the longest in one of three or four by chance; from here on it tells.
LONGEST_RIGHT: Final = 0.5


def lint_bank(items: Iterable[AnyItem]) -> list[str]:
    """Return what stands out over all of `items`, one sentence each."""
    known = list(items)
    choices = [item for item in known if isinstance(item, ChoiceItem) and item.kind == "one_choice"]
    return [*_places(choices), *_longest(choices), *_uneven(choices), *_doubles(known)]


def key_places(items: Sequence[ChoiceItem]) -> Counter[int]:
    """Return how often the right option of a choice stands at each place, from 0."""
    return Counter(next(at for at, row in enumerate(item.options) if row.correct) for item in items)


def stands_out(item: ChoiceItem) -> bool:
    """Whether the right option of a choice is told by its length: far longer or shorter than all others."""
    right = [len(row.text) for row in item.options if row.correct]
    wrong = [len(row.text) for row in item.options if not row.correct]
    if len(right) != 1 or not wrong:
        return False
    return right[0] > LENGTH_RATIO * max(wrong) or LENGTH_RATIO * right[0] < min(wrong)


def _places(choices: Sequence[ChoiceItem]) -> Iterator[str]:
    by_number: dict[int, list[ChoiceItem]] = defaultdict(list)
    for item in choices:
        by_number[len(item.options)].append(item)
    for number, items in sorted(by_number.items()):
        if len(items) < FEWEST:
            continue
        place, times = key_places(items).most_common(1)[0]
        if times > MOST_OF_A_SHARE * len(items) / number:
            letter = OPTION_NAMES[place].upper()
            yield (
                f"Of {len(items)} questions with {number} options, {letter} is right in {times}. "
                "Move some of the right options."
            )


def _longest(choices: Sequence[ChoiceItem]) -> Iterator[str]:
    longest = sum(_is_longest(item) for item in choices)
    if len(choices) >= FEWEST and longest > LONGEST_RIGHT * len(choices):
        yield f"The right option is the longest in {longest} of {len(choices)} questions. Shorten some."


def _is_longest(item: ChoiceItem) -> bool:
    lengths = [(len(row.text), row.correct) for row in item.options]
    return max(lengths)[1]


def _uneven(choices: Sequence[ChoiceItem]) -> Iterator[str]:
    for item in choices:
        if stands_out(item):
            yield f"The length of an option gives “{item.prompt[:80]}” away."


def _doubles(items: Sequence[AnyItem]) -> Iterator[str]:
    words = [
        (item, content_words(" ".join((item.prompt, *item.tells, *item.option_texts)))) for item in items
    ]
    for (one, said), (other, also) in combinations(words, 2):
        siblings = one.family is not None and one.family == other.family
        if not siblings and likeness(said, also) >= NEAR:
            yield f"“{one.slug}” and “{other.slug}” are nearly the same: make them siblings, or drop one."
