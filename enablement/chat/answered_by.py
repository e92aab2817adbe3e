"""What answers questions like this one: the pieces that known questions of its kind are answered by.

Learnt from the known questions by kernel ridge regression over their vectors. Pieces are chosen one after
the other, each for what the questions say that the ones before it do not answer: a question may be meant in
more than one way, and three pieces that answer the same reading help no more than one. Without a vector, or
with one of another encoder than theirs, nothing is told. The questions stand in fixtures/questions/;
`manage.py fit_gate --answers` keeps their vectors.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

from enablement.judges.encoder import Vectors

PATH = Path(__file__).with_name("answered_by.npz")
# How far a known question reaches: at this difference of cosine it counts 1/e; and the ridge penalty for each
# question. Both, and what it counts (relevance.py), were chosen by ten folds of the calibration questions:
# reaches from 0.4 to 1 and penalties from 0.0001 to 0.0003 are alike.
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
    """What is solved once: `solve` (n, n) turns how like a question n known ones are into what each counts.

    `answers` (n, m): what a known question says for each of m slugs, together as long as a unit vector, so
    that a broad question, which many pieces answer, counts less for each.
    """

    vectors: npt.NDArray[np.float32]
    solve: npt.NDArray[np.float32]
    slugs: Sequence[str]
    answers: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Foretold:
    """What known questions say of one that is asked: (n,) how much each of them counts, and its cosine."""

    learnt: Learnt
    counts: npt.NDArray[np.float32]
    cosines: npt.NDArray[np.float32]

    def shares(self) -> Mapping[str, float]:
        """Return by slug how much speaks for the piece, 0 to about 1."""
        shares = self.counts @ self.learnt.answers
        return {
            slug: float(share) for slug, share in zip(self.learnt.slugs, shares, strict=True) if share > 0
        }

    def nearest(self, slug: str) -> float:
        """Return the cosine of the nearest known question that the piece answers, 0 where there is none."""
        if slug not in self.learnt.slugs:
            return 0.0
        answered = self.learnt.answers[:, self.learnt.slugs.index(slug)] > 0
        return max(0.0, float(self.cosines[answered].max()))

    def beside(self, slug: str) -> Foretold:
        """Return what the questions say that the piece `slug` does not answer: what else may be meant."""
        if slug not in self.learnt.slugs:
            return self
        answered = self.learnt.answers[:, self.learnt.slugs.index(slug)] > 0
        return replace(self, counts=np.where(answered, np.float32(0), self.counts))


def answered_by(vector: Vectors | None) -> Foretold:
    """Return what the shipped questions say of a question with this (d,) unit vector."""
    return foretold(vector, shipped_learnt()) if vector is not None and fits_encoder() else NOTHING


def fits_encoder() -> bool:
    """Whether the shipped questions were read by the encoder that is set: else they tell nothing."""
    return shipped_answers().encoder == settings.EMBEDDING_MODEL


def foretold(vector: Vectors, learnt: Learnt) -> Foretold:
    """Return what the known questions say of a (d,) unit vector. Pure."""
    cosines = learnt.vectors @ vector
    return Foretold(learnt, np.asarray(_kernel(cosines) @ learnt.solve, dtype=np.float32), cosines)


def learn(known: KnownAnswers) -> Learnt:
    """Solve for what each known question counts. Pure; some 0.8 s of one core for 1,800 questions."""
    slugs = sorted({slug for row in known.slugs for slug in row})
    answers = np.array([[slug in row for slug in slugs] for row in map(set, known.slugs)], dtype=np.float32)
    count = len(known.slugs)
    alike = _kernel((known.vectors @ known.vectors.T).astype(np.float64))
    solve = np.linalg.inv(alike + PENALTY * count * np.eye(count))
    answers /= np.sqrt(answers.sum(axis=1, keepdims=True))
    return Learnt(known.vectors, solve.astype(np.float32), slugs, answers)


def _kernel(cosines: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.asarray(np.exp((cosines - 1) / REACH))


_NONE = np.empty((0, 0), dtype=np.float32)
NOTHING = Foretold(Learnt(_NONE, _NONE, (), _NONE), *[np.empty(0, dtype=np.float32)] * 2)


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
