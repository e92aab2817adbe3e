"""What all known questions say of a new one, the more the more it is like them. Pure.

Kernel ridge regression over meaning and figures together: questions are alike where they mean nearly the same
and where as much was found for them. So a question about another product is not taken for the one that it
resembles in everything else, and a region of near questions that are refused is known as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from enablement.chat.gate.evidence import Vector

# How unlike figures that are one spread apart make two questions, beside the cosine of their vectors, and the
# ridge penalty for each question. Both were chosen by grouped folds of the calibration questions.
APART = 0.15
PENALTY = 1e-4
# A figure further from its mean says no more than this many spreads.
MOST_SPREADS = 3.0


@dataclass(frozen=True, slots=True)
class Known:
    """(n, d) unit vectors of known questions and their (n, m) standardised figures."""

    vectors: npt.NDArray[np.float32]
    figures: npt.NDArray[np.float32]

    def alike(self, vectors: npt.NDArray[np.float32], figures: npt.NDArray[np.float32]) -> Vector:
        """Return (k, n) how like k questions are to the known ones, 1 where nothing tells them apart."""
        one, other = _clipped(figures), _clipped(self.figures)
        apart = (one**2).sum(1)[:, None] + (other**2).sum(1) - 2 * one @ other.T
        likeness = vectors @ self.vectors.T - 1 - APART * apart / max(1, other.shape[1])
        return np.asarray(np.exp(likeness), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Known questions and (n,) how much each speaks for an answer to a question like it, or against."""

    known: Known
    counts: npt.NDArray[np.float32]

    def says(self, vector: Vector, figures: npt.NDArray[np.float32]) -> float:
        """Return what speaks for an answer to a question with this (d,) vector and these (m,) figures."""
        return float(self.known.alike(vector[None], figures[None])[0] @ self.counts)

    def times(self, factor: float) -> Likeness:
        """Return the same with all that it says multiplied."""
        return Likeness(self.known, (factor * self.counts).astype(np.float32))


def learn(known: Known, labels: npt.NDArray[np.bool_]) -> Likeness:
    """Solve for what each known question counts; `labels` (n,) says which are answered."""
    targets = labels - labels.mean()
    kernel = known.alike(known.vectors, known.figures).astype(np.float64)
    kernel[np.diag_indices_from(kernel)] += PENALTY * len(labels)
    return Likeness(known, np.linalg.solve(kernel, targets).astype(np.float32))


def _clipped(figures: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.clip(figures, -MOST_SPREADS, MOST_SPREADS)
