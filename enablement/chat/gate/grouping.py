"""Known questions in groups of near duplicates, and folds that keep a group together. Pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# Questions with a cosine over this are nearly one: what is learnt from one must not be measured on the other.
NEARLY_ONE = 0.85


def groups_of(cosines: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Return (n,) the group of each of n questions with these (n, n) cosines, numbered from 0."""
    groups = np.full(len(cosines), -1)
    for at in range(len(cosines)):
        if groups[at] < 0:
            _spread(at, int(groups.max()) + 1, groups, cosines)
    return groups


def folds_of(groups: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """Return (n,) the fold of each question: groups, the largest first, each to the smallest fold so far."""
    sizes = np.bincount(groups)
    fold_of, filled = np.zeros(len(sizes), dtype=np.int64), np.zeros(count)
    for group in np.argsort(-sizes, kind="stable"):
        fold_of[group] = np.argmin(filled)
        filled[fold_of[group]] += sizes[group]
    return fold_of[groups]


def _spread(at: int, group: int, groups: npt.NDArray[np.int64], cosines: npt.NDArray[np.float32]) -> None:
    groups[at], waiting = group, [at]
    while waiting:
        new = np.flatnonzero((cosines[waiting.pop()] > NEARLY_ONE) & (groups < 0))
        groups[new] = group
        waiting += new.tolist()
