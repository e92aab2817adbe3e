"""What answers questions like this one: the pieces that known questions of its kind are answered by.

Learnt from the known questions by kernel ridge regression over their vectors. Without a vector, or with one
of another encoder than theirs, nothing is told. The questions stand in fixtures/questions/;
`manage.py fit_gate --answers` keeps their vectors.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

from enablement.judges.encoder import Vectors

PATH = Path(__file__).with_name("answered_by.npz")
# How far a known question reaches: at this difference of cosine it counts 1/e; and the ridge penalty for each
# question. Both, and what it counts (relevance.py), were chosen by ten folds of the calibration questions:
# reaches from 0.3 to 0.6 and penalties to 0.0005 are alike. Twenty nearest ones that vote were 2 points less.
REACH = 0.6
PENALTY = 0.0003


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """(n, d) unit vectors of known questions, made by `encoder`, and the slugs that answer each."""

    vectors: npt.NDArray[np.float32]
    slugs: Sequence[Sequence[str]]
    encoder: str
    data: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """(n, d) unit vectors of known questions, and (n, m) what each says for each of m slugs."""

    vectors: npt.NDArray[np.float32]
    slugs: Sequence[str]
    weights: npt.NDArray[np.float32]


def answered_by(vector: Vectors | None) -> Mapping[str, float]:
    """Return by slug the share, 0 to about 1, of the questions like this one that a piece answers."""
    if vector is None or shipped_answers().encoder != settings.EMBEDDING_MODEL:
        return {}
    return foretold(vector, shipped_learnt())


def foretold(vector: Vectors, learnt: Learnt) -> Mapping[str, float]:
    """Return what the known questions say of a (d,) unit vector. Pure."""
    shares = _kernel(learnt.vectors @ vector) @ learnt.weights
    return {slug: float(share) for slug, share in zip(learnt.slugs, shares, strict=True) if share > 0}


def learn(known: KnownAnswers) -> Learnt:
    """Solve for what each known question says. Pure; some 50 ms for 800 questions."""
    slugs = sorted({slug for row in known.slugs for slug in row})
    answers = np.array([[slug in row for slug in slugs] for row in map(set, known.slugs)], dtype=np.float64)
    count = len(known.slugs)
    alike = _kernel((known.vectors @ known.vectors.T).astype(np.float64))
    weights = np.linalg.solve(alike + PENALTY * count * np.eye(count), answers)
    return Learnt(known.vectors, slugs, weights.astype(np.float32))


def _kernel(cosines: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.asarray(np.exp((cosines - 1) / REACH))


@functools.cache
def shipped_learnt() -> Learnt:
    """Return what was learnt from the questions that come with the product."""
    return learn(shipped_answers())


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
    shipped_learnt.cache_clear()
