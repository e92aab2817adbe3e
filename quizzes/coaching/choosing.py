"""Which questions go with a note, and which with its re-check: siblings, never the same ones. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Final, TypeVar

from quizzes.drawing import Drawable, draw, siblings

# Questions with a note. With six, an interval begins to say something, and it takes five minutes.
SET_SIZE: Final = 6

T = TypeVar("T")


def first_set(
    pool: Sequence[Drawable[T]], met: Mapping[T, datetime], random: Random, size: int = SET_SIZE
) -> list[T]:
    """Return at most half of `pool`, those met longest ago: as many are left for the re-check."""
    count = min(size, len(pool) // 2)
    ranked = sorted(pool, key=lambda one: met[one.item].timestamp() if one.item in met else 0.0)
    return draw(ranked[: 2 * count], count, random)


def second_set(
    first: Sequence[Drawable[T]], pool: Sequence[Drawable[T]], met: Collection[T], random: Random
) -> list[T]:
    """Return for each question of `first` another: of its family, else of its topic. Never one of `first`.

    `pool` must not hold any of `first`. Those in `met`, seen since the note, come only where others run out.
    """
    new = [one for one in pool if one.item not in met]
    asked = {one.item for one in first}
    chosen = [item for item in siblings(first, new, random) if item not in asked]
    if len(chosen) < len(first):
        more = [one for one in pool if one.item not in chosen]
        fill = [item for item in siblings(first, more, random) if item not in asked and item not in chosen]
        chosen += fill[: len(first) - len(chosen)]
    return chosen
