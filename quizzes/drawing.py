"""Which questions an attempt asks, in which order: pure, the randomness comes from the caller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def draw(items: Sequence[tuple[T, str]], count: int | None, random: Random) -> list[T]:
    """Draw `count` of `items` (each with its topic), every topic by its share, and shuffle them.

    Within a topic of n items the i-th stands at (i + u) / n with u random from 0 to 1, and the items with
    the lowest places are taken: a topic with twice the items is drawn twice as often. `count` of None, or
    past the end, takes all.
    """
    by_topic: dict[str, list[T]] = defaultdict(list)
    for item, topic in items:
        by_topic[topic].append(item)
    placed: list[tuple[float, int, T]] = []
    for group in by_topic.values():
        random.shuffle(group)
        for index, item in enumerate(group):
            placed.append(((index + random.random()) / len(group), len(placed), item))
    drawn = [item for _, _, item in sorted(placed, key=lambda place: place[:2])]
    drawn = drawn if count is None else drawn[:count]
    random.shuffle(drawn)
    return drawn
