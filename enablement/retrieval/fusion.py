"""Rankings of two arms into one. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# How many points of score are one step of certainty: a passage that lies so far ahead of another is taken for
# e times as likely. Chosen together on collections of questions, abstracts and documentation
# (docs/retrieval.md); neighbouring values measure alike.
DENSE_STEP = 0.08
LEXICAL_STEP = 2.7
# What the ranks weigh beside the scores.
RANK_WEIGHT = 80.0
# The constant of reciprocal rank fusion. 60 is the value of Cormack, Clarke and Büttcher (2009); 10 trusts
# the top of each arm more and measured better on collections of short texts.
RANK_CONSTANT = 10


def fuse_scores(dense: Mapping[Key, float], lexical: Mapping[Key, float]) -> list[tuple[Key, float]]:
    """Return every key of both arms with its fused score, best first; ties keep their order.

    Both mappings are in the order of their scores, best first. Each arm counts as much as it is certain. What
    it says of a key is its score, in standard deviations from the arm's mean, and its reciprocal rank; a key
    that it did not find gets its lowest score.
    """
    arms = [
        (arm, certainty(arm, step)) for arm, step in ((dense, DENSE_STEP), (lexical, LEXICAL_STEP)) if arm
    ]
    whole = sum(weight for _, weight in arms)
    scores = dict.fromkeys([*dense, *lexical], 0.0)
    for arm, weight in arms:
        standard = _standard(arm)
        floor = min(standard.values())
        ranks = {key: rank for rank, key in enumerate(arm, 1)}
        for key in scores:
            rank = RANK_WEIGHT / (RANK_CONSTANT + ranks[key]) if key in ranks else 0.0
            scores[key] += weight / whole * (standard.get(key, floor) + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def certainty(arm: Mapping[Key, float], step: float) -> float:
    """Return how sure an arm is of its first: the share that a softmax over its scores gives it (0 to 1).

    An arm that sets one key far apart is sure; one whose scores hardly differ is not.
    """
    best = max(arm.values())
    return 1.0 / sum(math.exp((score - best) / step) for score in arm.values())


def _standard(arm: Mapping[Key, float]) -> dict[Key, float]:
    mean, spread = statistics.fmean(arm.values()), statistics.pstdev(arm.values())
    return {key: (score - mean) / spread if spread else 0.0 for key, score in arm.items()}
