"""What answers questions like this one: the pieces that known questions of its kind are answered by.

The nearest known questions vote, each by how near it is. Without a vector, or with one of another encoder
than theirs, nobody votes. The questions stand in fixtures/questions/; `manage.py fit_gate --answers` keeps
their vectors.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from django.conf import settings

from enablement.judges.encoder import Vectors

PATH = Path(__file__).with_name("answered_by.npz")
# How many known questions vote, and the difference of cosine that makes a vote e times as heavy. Chosen on
# the calibration questions, each left out in turn.
VOTERS = 20
NEARNESS = 0.05


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """(n, d) unit vectors of known questions, made by `encoder`, and the slugs that answer each."""

    vectors: npt.NDArray[np.float32]
    slugs: Sequence[Sequence[str]]
    encoder: str
    data: str


def answered_by(vector: Vectors | None) -> Mapping[str, float]:
    """Return by slug the share, 0 to 1, of the questions like this one that a piece answers."""
    known = shipped_answers()
    if vector is None or known.encoder != settings.EMBEDDING_MODEL:
        return {}
    return votes(vector, known)


def votes(vector: Vectors, known: KnownAnswers) -> Mapping[str, float]:
    """Return the weighed votes of the questions nearest to a (d,) unit vector. Pure."""
    cosines = known.vectors @ vector
    nearest = np.argsort(-cosines)[:VOTERS]
    weights = np.exp((cosines[nearest] - cosines[nearest[:1]]) / NEARNESS)
    found: dict[str, float] = defaultdict(float)
    for at, weight in zip(nearest, weights / weights.sum(), strict=True):
        for slug in known.slugs[at]:
            found[slug] += float(weight)
    return found


@functools.cache
def shipped_answers() -> KnownAnswers:
    """Return what comes with the product."""
    with np.load(PATH, allow_pickle=False) as kept:
        slugs = [row.split() for row in kept["slugs"].tolist()]
        return KnownAnswers(
            kept["vectors"].astype(np.float32), slugs, str(kept["encoder"]), str(kept["data"])
        )


def save_answers(known: KnownAnswers) -> None:
    """Write them to the file that is shipped."""
    np.savez_compressed(
        PATH,
        vectors=known.vectors.astype(np.float16),
        slugs=np.array([" ".join(row) for row in known.slugs]),
        encoder=np.array(known.encoder),
        data=np.array(known.data),
    )
    shipped_answers.cache_clear()
