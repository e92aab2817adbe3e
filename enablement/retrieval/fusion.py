"""Rankings of several arms into one. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# The constant of reciprocal rank fusion. 60 is the value of Cormack, Clarke and Büttcher (2009); 10 trusts
# the top of each arm more and measured better on collections of short texts.
RANK_CONSTANT = 10


def fuse_ranks(rankings: Sequence[Sequence[Key]], constant: int = RANK_CONSTANT) -> list[tuple[Key, float]]:
    """Return every key with its fused score, best first; ties keep the order of first appearance.

    The score of a key is the sum over the rankings of 1 / (constant + rank), ranks counted from 1.
    """
    scores: defaultdict[Key, float] = defaultdict(float)
    for ranking in rankings:
        for rank, key in enumerate(ranking, 1):
            scores[key] += 1 / (constant + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
