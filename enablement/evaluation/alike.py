"""How many of our own examples are nearly another one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

# Unit vectors of a greater cosine are nearly the same text.
NEAR = 0.9
ROWS_AT_ONCE = 1_000


def near_duplicate_rate(vectors: npt.NDArray[np.float32], kinds: Sequence[str]) -> float:
    """Return the share of the (n, d) unit vectors that come after a near one of the same kind.

    Two texts of different kinds that are near are a pair made to be told apart, and no duplicate.
    """
    names = np.unique(np.asarray(kinds), return_inverse=True)[1]
    near = 0
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        rows = vectors[start : start + ROWS_AT_ONCE]
        before = np.arange(len(vectors))[None] < np.arange(start, start + len(rows))[:, None]
        same = names[None] == names[start : start + len(rows), None]
        near += int(((rows @ vectors.T > NEAR) & before & same).any(axis=1).sum())
    return near / len(vectors) if len(vectors) else 0.0
