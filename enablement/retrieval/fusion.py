"""Rankings of two arms into one. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# What the lexical arm's scores weigh beside the dense one's, and what the ranks weigh beside the scores.
# Chosen on two public collections and on questions of our own (docs/retrieval.md).
LEXICAL_WEIGHT = 0.6
RANK_WEIGHT = 10.0
# The constant of reciprocal rank fusion. 60 is the value of Cormack, Clarke and Büttcher (2009); 10 trusts
# the top of each arm more and measured better on collections of short texts.
RANK_CONSTANT = 10


def fuse_scores(dense: Mapping[Key, float], lexical: Mapping[Key, float]) -> list[tuple[Key, float]]:
    """Return every key of both arms with its fused score, best first; ties keep their order.

    Both mappings are in the order of their scores, best first. Each arm's scores are measured in its own
    standard deviations from its own mean, so an arm that sets a few keys far apart counts for more than one
    whose scores hardly differ. A key that an arm did not find gets that arm's lowest score. To this comes
    the reciprocal rank in each arm, so that what stands at the top of either is not lost.
    """
    arms = [(_standard(arm), share) for arm, share in ((dense, 1.0), (lexical, LEXICAL_WEIGHT)) if arm]
    scores = dict.fromkeys([*dense, *lexical], 0.0)
    for arm, share in arms:
        floor = min(arm.values())
        ranks = {key: rank for rank, key in enumerate(arm, 1)}
        for key in scores:
            scores[key] += share * arm.get(key, floor)
            scores[key] += RANK_WEIGHT / (RANK_CONSTANT + ranks[key]) if key in ranks else 0.0
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _standard(arm: Mapping[Key, float]) -> dict[Key, float]:
    mean, spread = statistics.fmean(arm.values()), statistics.pstdev(arm.values())
    return {key: (score - mean) / spread if spread else 0.0 for key, score in arm.items()}
